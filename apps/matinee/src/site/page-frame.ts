import { groupedHex } from '../publisher/publisher-options.ts'
import { html, htmlText, joined, linkTo, type Html } from '../feed/html.ts'
import type { SiteModel } from './site-model.ts'
import { pagePolicy } from './site-policy.ts'
import { siteWords } from './site-words.ts'

/** A page before its frame. */
export interface PageParts {
  /** From the site's root: how many folders up it is depends on that. */
  readonly path: string
  readonly title: string
  /** A sentence for search engines and previews; empty = none. */
  readonly description: string
  readonly main: Html
  /** Origins that films come from. */
  readonly mediaOrigins: readonly string[]
  /** For previews elsewhere, from the site's root. */
  readonly picture: string | null
}

/** The feed's name and description in the site's language, else in any. */
export function namesOf({ head, language }: Pick<SiteModel, 'head' | 'language'>): {
  readonly name: string
  readonly description: string
  readonly tag: string
} {
  const all = Object.entries(head.translations)
  const [tag, found] = all.find(([each]) => each === language) ?? all[0] ?? [language, undefined]
  return { name: found?.name ?? head.id, description: found?.description ?? '', tag }
}

/** The way from a page to the site's root: empty or `../`s. */
export function upFrom(path: string): string {
  return '../'.repeat(path.split('/').length - 1)
}

/** A whole page. Nothing of it runs but the site's own script, and nothing is asked of anybody else before a film is started. */
export function page(model: SiteModel, parts: PageParts): string {
  const { language, baseUrl, head, fingerprint } = model
  const say = siteWords(language)
  const { name, tag } = namesOf(model)
  const up = upFrom(parts.path)
  const { contact } = head
  const contacts = [
    ...(contact?.email === undefined
      ? []
      : [html`<a href="mailto:${contact.email}">${contact.email}</a>`]),
    ...(contact?.url === undefined ? [] : [linkTo(contact.url, contact.url)]),
  ]
  const written = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${pagePolicy(parts.mediaOrigins)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${parts.title === name ? name : `${parts.title} · ${name}`}</title>
        ${parts.description === '' ? '' : html`<meta name="description" content="${parts.description}" />`}
        ${
          baseUrl === null
            ? ''
            : joined([
                html`<meta property="og:title" content="${parts.title}" />
                  <link rel="canonical" href="${new URL(parts.path, baseUrl).href}" />
                  <link
                    rel="alternate"
                    type="application/rss+xml"
                    title="${name}"
                    href="${up}feed.xml"
                  /> `,
                ...(parts.picture === null
                  ? []
                  : [
                      html`<meta
                        property="og:image"
                        content="${new URL(parts.picture, baseUrl).href}"
                      />`,
                    ]),
              ])
        }
        <link rel="icon" href="${up}assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${up}assets/site.css" />
        <script type="module" src="${up}assets/search.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">${say('skip')}</a>
        <header class="top">
          <a class="site-name" href="${up}index.html" lang="${tag}" dir="auto">${name}</a>
          <form
            role="search"
            class="search"
            data-root="${up}"
            data-found="${say('found')}"
            data-failed="${say('search-failed')}"
            hidden
          >
            <label for="search">${say('search')}</label>
            <input id="search" type="search" autocomplete="off" />
            <p class="found" role="status"></p>
            <ul class="results"></ul>
          </form>
        </header>
        <main id="main" tabindex="-1">${parts.main}</main>
        <footer class="foot">
          <h2>${say('follow')}</h2>
          <p>${say('follow-matinee')}</p>
          <p><code>${groupedHex(fingerprint)}</code></p>
          ${
            baseUrl === null
              ? ''
              : html`<p class="ways">
                  <a href="${up}feed.xml">${say('follow-rss')}</a>
                  <a href="${baseUrl.replace(/^https?:/u, 'stremio:')}manifest.json"
                    >${say('follow-stremio')}</a
                  >
                </p>`
          }
          <p>
            ${say('by', { name: head.operator.name })}${contacts.length === 0 ? '' : html` · ${say('contact')}: ${joined(contacts, html`, `)}`}
          </p>
        </footer>
      </body>
    </html> `
  return htmlText(written)
}

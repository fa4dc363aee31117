import type { BundledFeed, FeedManifest, RightsEntry, WorkRecord } from '@matinee/catalogue'
import { creditOf } from '@matinee/catalogue'
import { creditParts, creditTerms, dateText, rightsText, scopeText } from '@matinee/rights'
import { DOSSIER_WORDS, type DossierLanguage, type DossierWords } from './dossier-words.ts'
import { type Html, html, htmlText, joined, linkTo } from './html.ts'
import { type JudgedWork, judgeWorks } from './judged-feed.ts'

/** Nothing is loaded or run by this page, wherever it's opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const STYLE = `
body { font: 10pt/1.4 Georgia, serif; margin: 2rem auto; max-width: 48rem; padding: 0 1rem }
h1 { font-size: 1.6rem; margin-bottom: 0 }
h2 { border-bottom: 1px solid; font-size: 1.1rem; margin: 1.4rem 0 .4rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #999; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere }
ul { margin: 0; padding-left: 1.2rem }
footer { margin-top: 4rem; border-top: 1px solid; width: 20rem }
@media print { body { margin: 0; max-width: none } tr { break-inside: avoid } a { color: inherit } }
`

/**
 * The dossier of a feed as one HTML page that loads nothing: who offers what, why each work may be
 * offered, and under which conditions. The same feed gives the same bytes: its date is the feed's.
 */
export function dossierPage(feed: BundledFeed, language: DossierLanguage): string {
  const words = DOSSIER_WORDS[language]
  const { manifest } = feed
  const name = nameOf(manifest, language)
  const works = judgeWorks(feed.offered, feed)
  const page = html`<!doctype html>
    <html lang="${language}">
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
      <title>${words.title}: ${name}</title>
      <style>
        ${STYLE}
      </style>
      <h1>${words.title}</h1>
      <p>${name} · ${words.asOf} ${dateText(language, manifest.issued)}</p>
      <h2>${words.operator}</h2>
      <p>${operatorOf(manifest, language)}</p>
      <h2>${words.contact}</h2>
      <p>${contactOf(manifest, words)}</p>
      <h2>${words.hosting}</h2>
      <p>${words.hostingText}</p>
      <h2>${words.works} (${String(works.length)})</h2>
      ${works.length === 0 ? html`<p>${words.noWorks}</p>` : tableOf(works, language)}
      <h2>${words.access}</h2>
      <ul>
        ${joined(words.accessPoints.map((point) => html`<li>${point}</li>`))}
      </ul>
      <h2>${words.notice}</h2>
      <p>${words.noticeText}</p>
      <h2>${words.declaration}</h2>
      <p>${words.declarationText}</p>
      <footer>${words.signed}</footer>
    </html> `
  return htmlText(page)
}

function nameOf({ translations, id }: FeedManifest, language: string): string {
  const all = Object.entries(translations)
  const [, named] = all.find(([tag]) => tag === language) ?? all[0] ?? []
  return named?.name ?? id
}

function operatorOf({ operator }: FeedManifest, language: DossierLanguage): string {
  const { name, country } = operator
  if (country === undefined) return name
  return `${name}, ${new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country}`
}

function contactOf({ contact }: FeedManifest, words: DossierWords): Html {
  if (contact === null) return html`<strong>${words.noContact}</strong>`
  const { email, url } = contact
  const parts = [
    ...(email === undefined ? [] : [html`${email}`]),
    ...(url === undefined ? [] : [linkTo(url, url)]),
  ]
  return joined(parts, html`, `)
}

function tableOf(works: readonly JudgedWork[], language: DossierLanguage): Html {
  const words = DOSSIER_WORDS[language]
  const rows = works.map((judged) => rowOf(judged, language, words))
  return html`<table>
    <thead>
      <tr>
        <th>${words.work}
        <th>${words.free}
        <th>${words.where}
        <th>${words.evidence}
      </tr>
    </thead>
    <tbody>
      ${joined(rows)}
    </tbody>
  </table>`
}

function rowOf(
  { work, places, verdict }: JudgedWork,
  language: DossierLanguage,
  words: DossierWords,
): Html {
  const { record } = work
  const basis = verdict.kind === 'offered' ? creditTerms(verdict.entry.basis, places) : null
  const credit = verdict.kind === 'offered' ? creditOf(record, verdict.entry) : null
  const parts = basis === null || credit === null ? [] : creditParts(language, credit, basis)
  const free = parts.map(({ text, url }) => (url === null ? html`${text}` : linkTo(url, text)))
  const entries = record.rights.filter(({ verified }) => verified)
  return html`<tr>
    <td>${titleOf(record, language)}<br /><code>${record.id}</code>
    <td>${joined(free, html`, `)}
    <td>${places.map((place) => scopeText(language, place)).join(', ')}
    <td>${joined(entries.map((entry) => evidenceOf(entry, language, words)))}
  </tr> `
}

function titleOf({ title, year, translations }: WorkRecord, language: string): Html {
  const here = Object.entries(translations).find(([tag]) => tag === language)?.[1].title
  const other = here === undefined || here === title.text ? '' : ` (${here})`
  return html`<cite>${title.text}</cite>${other}${year === undefined ? '' : `, ${year}`}`
}

function evidenceOf(entry: RightsEntry, language: DossierLanguage, words: DossierWords): Html {
  const items = entry.evidence.map(({ kind, speaker, url, on, sha256 }) => {
    const what = `${rightsText(language, `rights.evidence.${kind}`)} ${rightsText(language, `rights.speaker.${speaker}`)}`
    const place = url === null ? html`${words.notPublic}` : linkTo(url, url)
    const copy = sha256 === null ? words.noCopy : `${words.copyKept} ${sha256}`
    return html`<li>${what}, ${dateText(language, on)}: ${place} (${copy})</li>`
  })
  const checks = entry.checks.map(({ by, on }) => `${by} (${dateText(language, on)})`).join(', ')
  const component = rightsText(language, `rights.component.${entry.component}`)
  return html`<b>${component}</b>
    <ul>
      ${joined(items)}
      <li>${words.checkedBy} ${checks === '' ? '–' : checks}</li>
    </ul>`
}

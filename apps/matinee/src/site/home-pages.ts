import { html, joined, type Html } from '../feed/html.ts'
import { namesOf, page, upFrom } from './page-frame.ts'
import { posterSvg } from './poster-svg.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { siteWords } from './site-words.ts'
import { picturePlace, posterPath, wordsOf, workPath } from './work-words.ts'

/** So many posters are on one page. */
const ON_A_PAGE = 120

/** The pages with all posters, by their paths; the first has the feed's lists besides. */
export function homePages(model: SiteModel): ReadonlyMap<string, string> {
  const { works } = model
  const pages = new Map<string, string>()
  const count = Math.max(1, Math.ceil(works.length / ON_A_PAGE))
  for (let at = 0; at < count; at++) {
    const path = pagePath(at)
    const shown = works.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE)
    const { name, description } = namesOf(model)
    const [first] = shown
    pages.set(
      path,
      page(model, {
        path,
        title: name,
        description,
        main: mainOf(model, path, shown, at, count),
        mediaOrigins: [],
        picture: first === undefined ? null : posterPath(first),
      }),
    )
  }
  return pages
}

/** A card of a work: poster, title, facts. */
export function workCard(model: SiteModel, work: SiteWork, from: string): Html {
  const { title, titleLanguage, facts, poster } = wordsOf(work, model)
  const up = upFrom(from)
  const picture =
    work.poster === null
      ? posterSvg(poster)
      : html`<img
          src="${up}${picturePlace(work.poster)}"
          alt=""
          width="${String(work.poster.picture.width)}"
          height="${String(work.poster.picture.height)}"
          loading="lazy"
        />`
  const lang = titleLanguage === null ? html`` : html` lang="${titleLanguage}"`
  return html`<li>
    <a class="card" href="${up}${workPath(work)}"
      ><span class="poster">${picture}</span><strong dir="auto" ${lang}>${title}</strong
      ><span class="card-facts">${factsPart(facts)}</span></a
    >
  </li> `
}

/** Facts in a row, none of which turns the others around. */
export function factsPart(facts: readonly string[]): Html {
  return joined(
    facts.map((fact) => html`<bdi>${fact}</bdi>`),
    html` · `,
  )
}

function pagePath(at: number): string {
  return at === 0 ? 'index.html' : `page-${at + 1}.html`
}

function mainOf(
  model: SiteModel,
  path: string,
  shown: readonly SiteWork[],
  at: number,
  count: number,
): Html {
  const { works, language } = model
  const say = siteWords(language)
  const { name, description, tag } = namesOf(model)
  const said =
    works.length === 0
      ? say('none')
      : works.length === 1
        ? say('work')
        : say('works', { count: works.length.toLocaleString(language) })
  const lists = at === 0 ? listsOf(model, path) : []
  const cards = joined(shown.map((work) => workCard(model, work, path)))
  return html`<h1 lang="${tag}" dir="auto">${name}</h1>
    ${description === '' ? '' : html`<p class="lead" lang="${tag}" dir="auto">${description}</p>`}
    <p class="note">${said}</p>
    ${joined(lists)}
    ${
      shown.length === 0
        ? ''
        : html`<section>
            <h2>${at === 0 ? say('all') : say('page', { page: String(at + 1) })}</h2>
            <ul class="grid">
              ${cards}
            </ul>
          </section>`
    }
    ${count === 1 ? '' : pagesOf(model, at, count)}`
}

function listsOf(model: SiteModel, path: string): Html[] {
  const byId = new Map<string, SiteWork>(model.works.map((work) => [work.record.id, work]))
  return model.head.lists.flatMap(({ translations, works }) => {
    const shown = works.flatMap((id) => byId.get(id) ?? [])
    const all = Object.entries(translations)
    const [tag, words] = all.find(([each]) => each === model.language) ?? all[0] ?? []
    if (shown.length === 0 || words === undefined || tag === undefined) return []
    const note =
      words.note === undefined
        ? ''
        : html`<p class="note" lang="${tag}" dir="auto">${words.note}</p>`
    return [
      html`<section>
        <h2 lang="${tag}" dir="auto">${words.title}</h2>
        ${note}
        <ul class="grid">
          ${joined(shown.map((work) => workCard(model, work, path)))}
        </ul>
      </section> `,
    ]
  })
}

function pagesOf({ language }: SiteModel, at: number, count: number): Html {
  const say = siteWords(language)
  const links = Array.from({ length: count }, (_, index) =>
    index === at
      ? html`<li><a href="${pagePath(index)}" aria-current="page">${String(index + 1)}</a></li>`
      : html`<li><a href="${pagePath(index)}">${String(index + 1)}</a></li>`,
  )
  return html`<nav class="pages" aria-label="${say('pages')}">
    <ul>
      ${joined(links)}
    </ul>
  </nav>`
}

import type { Episode, EpisodeId } from '@matinee/catalogue'
import { episodeSynopsis, episodeTitle, seasonName, seasonsInOrder } from '@matinee/viewer'
import { html, joined, type Html } from '../feed/html.ts'
import { factsPart } from './home-pages.ts'
import { page, upFrom } from './page-frame.ts'
import { filmPart } from './film-part.ts'
import { posterSvg } from './poster-svg.ts'
import { thanksPart } from './thanks-part.ts'
import { slipPart } from './slip-part.ts'
import { filmsOf, type SiteFilm } from './site-film.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { originsOf } from './site-policy.ts'
import { siteWords } from './site-words.ts'
import { episodePath, picturePlace, posterPath, wordsOf, workPath } from './work-words.ts'

/** The pages of a work by their paths: one, and of a series one for each episode besides. */
export function workPages(model: SiteModel, work: SiteWork): ReadonlyMap<string, string> {
  const { record } = work
  const isSeries = record.kind === 'series'
  const path = workPath(work)
  const pages = new Map<string, string>()
  const { title, synopsis } = wordsOf(work, model)
  const films = isSeries ? [] : filmsFor(model, work, null)
  const films0 = isSeries ? html`${seasonsPart(model, work)}` : filmPart(model, work, films, path)
  pages.set(
    path,
    page(model, {
      path,
      title,
      description: firstWords(synopsis?.text ?? ''),
      main: workMain(model, work, path, films0),
      mediaOrigins: originsOf(films.flatMap(({ urls }) => urls)),
      picture: posterPath(work),
    }),
  )
  if (isSeries)
    for (const { episodes } of record.seasons)
      for (const episode of episodes) {
        const at = episodePath(work, episode.id)
        pages.set(at, episodePage(model, work, episode, at))
      }
  return pages
}

/** The films of a work or an episode as this site may load them. */
export function filmsFor(
  { baseUrl }: Pick<SiteModel, 'baseUrl'>,
  work: SiteWork,
  episodeId: EpisodeId | null,
): readonly SiteFilm[] {
  return filmsOf(work, episodeId, baseUrl?.startsWith('https:') ?? false)
}

function workMain(model: SiteModel, work: SiteWork, path: string, films: Html): Html {
  const { title, titleLanguage, originalTitle, synopsis, facts, poster } = wordsOf(work, model)
  const say = siteWords(model.language)
  const up = upFrom(path)
  const { poster: picture } = work
  const drawn =
    picture === null
      ? posterSvg(poster)
      : html`<img
          src="${up}${picturePlace(picture)}"
          alt="${say('poster', { title })}"
          width="${String(picture.picture.width)}"
          height="${String(picture.picture.height)}"
        />`
  const credit = [picture, work.still].flatMap((each) => each?.picture.credit ?? [])
  const lang = titleLanguage === null ? html`` : html` lang="${titleLanguage}"`
  return html`<article class="work">
    <div>
      <div class="work-head">
        <div class="poster">${drawn}</div>
        <div>
          <h1 dir="auto" ${lang}>${title}</h1>
          ${originalTitle === null ? '' : html`<p class="note" dir="auto">${say('original', { title: originalTitle })}</p>`}
          <p class="facts">${factsPart(facts)}</p>
          ${synopsis === null ? '' : paragraphs(synopsis.text, synopsis.language)}
        </div>
      </div>
      ${films}
      ${peoplePart(model, work)}${thanksPart(model, work)}${linksPart(model, work)}${joined([...new Set(credit)].map((each) => html`<p class="note" dir="auto">${say('caption', { credit: each })}</p>`))}
    </div>
    ${slipPart(model, work)}
  </article>`
}

function episodePage(model: SiteModel, work: SiteWork, episode: Episode, path: string): string {
  const { title } = wordsOf(work, model)
  const own = episodeTitle(episode, model.viewer)
  const films = filmsFor(model, work, episode.id)
  const synopsis = episodeSynopsis(episode, model.viewer)
  const up = upFrom(path)
  const main = html`<article class="work">
    <div>
      <p class="facts"><a href="${up}${workPath(work)}" dir="auto">${title}</a></p>
      <h1 dir="auto">${own}</h1>
      ${synopsis === null ? '' : paragraphs(synopsis, null)} ${filmPart(model, work, films, path)}
      ${thanksPart(model, work)}
    </div>
    ${slipPart(model, work)}
  </article>`
  return page(model, {
    path,
    title: `${own} · ${title}`,
    description: firstWords(synopsis ?? ''),
    main,
    mediaOrigins: originsOf(films.flatMap(({ urls }) => urls)),
    picture: posterPath(work),
  })
}

function seasonsPart(model: SiteModel, work: SiteWork): Html {
  const { viewer, language } = model
  const say = siteWords(language)
  const up = upFrom(workPath(work))
  const seasons = seasonsInOrder(work.record).map((season) => {
    const episodes = season.episodes
      .toSorted((a, b) => a.number - b.number)
      .map((episode) => {
        const minutes = episode.durationSeconds
        const length =
          minutes === undefined
            ? ''
            : html` <span class="card-facts"
                >${say('minutes', { count: String(Math.max(1, Math.round(minutes / 60))) })}</span
              >`
        return html`<li>
          <span class="card-facts">${String(episode.number)}</span>
          <a href="${up}${episodePath(work, episode.id)}" dir="auto"
            >${episodeTitle(episode, viewer)}</a
          >${length}
        </li> `
      })
    return html`<section>
      <h2 dir="auto">${seasonName(season, viewer)}</h2>
      <ol class="episodes">
        ${joined(episodes)}
      </ol>
    </section>`
  })
  return joined(seasons)
}

function peoplePart({ language }: SiteModel, { record }: SiteWork): Html {
  if (record.people.length === 0) return html``
  const say = siteWords(language)
  const people = record.people.slice(0, 60).map(({ name, characters }) => {
    const [as] = characters
    return html`<li dir="auto">
      ${name}${as === undefined ? '' : html` <span class="card-facts">(${as})</span>`}
    </li>`
  })
  return html`<section>
    <h2>${say('people')}</h2>
    <ul class="people">
      ${joined(people)}
    </ul>
  </section>`
}

function linksPart({ language }: SiteModel, { record }: SiteWork): Html {
  if (record.links.length === 0) return html``
  const links = record.links.map(
    ({ url, title }) =>
      html`<li><a href="${url}" rel="noreferrer" dir="auto">${title ?? url}</a></li>`,
  )
  return html`<section>
    <h2>${siteWords(language)('more')}</h2>
    <ul class="plain">
      ${joined(links)}
    </ul>
  </section>`
}

function paragraphs(text: string, language: string | null): Html {
  const lang = language === null ? html`` : html` lang="${language}"`
  return joined(
    text.split(/\n+/u).map((each) => html`<p class="lead" dir="auto" ${lang}>${each}</p> `),
  )
}

/** What a preview has room for. */
function firstWords(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ')
  return line.length <= 200 ? line : `${line.slice(0, 200).replace(/\s\S*$/u, '')} …`
}

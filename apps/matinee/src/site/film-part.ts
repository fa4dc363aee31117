import { formatMagnet } from '@matinee/protocol'
import { ownLanguageName } from '@matinee/viewer'
import { html, joined, type Html } from '../feed/html.ts'
import { upFrom } from './page-frame.ts'
import type { SiteFilm } from './site-film.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { siteWords } from './site-words.ts'
import { picturePlace, wordsOf } from './work-words.ts'
import { magnetOf, torrentPaths } from './release-places.ts'

/** The player of a film where a browser can play it, else how to see it; and its files and torrents. */
export function filmPart(
  model: SiteModel,
  work: SiteWork,
  films: readonly SiteFilm[],
  path: string,
): Html {
  const say = siteWords(model.language)
  const [best] = films
  if (best === undefined) return html``
  const { attribution } = best.release.slip
  const isPlayed = best.urls.length > 0 && best.choice.plays
  return html`<section class="film" id="film" aria-labelledby="watch">
      <h2 id="watch">${say('watch')}</h2>
      ${isPlayed ? player(model, work, best, path) : html`<p class="lead">${best.urls.length > 0 ? say('watch-other') : say('watch-in-matinee')}</p>`}
      ${attribution === '' ? '' : html`<p class="credit" dir="auto">${attribution}</p>`}
    </section>
    <section class="take">
      <h2>${say('take')}</h2>
      <p class="note">${say('take-note')}</p>
      ${joined(films.map((film) => waysPart(model, work, film, path)))}
    </section>`
}

/** NOTE: preload="none": whoever only looks at the page asks nothing of the film's server. */
function player(model: SiteModel, work: SiteWork, film: SiteFilm, path: string): Html {
  const up = upFrom(path)
  const { urls, tracks, choice } = film
  const { container, codecs, width = 16, height = 9 } = choice.video
  const type = container === 'webm' ? 'video/webm' : 'video/mp4'
  const said = codecs.length === 0 ? type : `${type}; codecs="${codecs.join(', ')}"`
  const sources = urls.map((url) => html`<source src="${url}" type="${said}" />`)
  const lines = tracks.map(({ path: place, language, use }) => {
    const kind = use === 'sdh' ? 'captions' : 'subtitles'
    return html`<track
      kind="${kind}"
      src="${up}${place}"
      srclang="${language}"
      label="${ownLanguageName(language)}${use === 'full' ? '' : ` (${use})`}"
    />`
  })
  const poster = work.still === null ? html`` : html` poster="${up}${picturePlace(work.still)}"`
  return html`<video
    controls
    preload="none"
    playsinline
    width="${String(width)}"
    height="${String(height)}"
    ${poster}
    aria-label="${wordsOf(work, model).title}"
  >
    ${joined(sources)}${joined(lines)}
  </video>`
}

function waysPart(model: SiteModel, work: SiteWork, film: SiteFilm, path: string): Html {
  const say = siteWords(model.language)
  const up = upFrom(path)
  const { release } = film.release
  const { height } = film.choice.video
  const label = release.label ?? (height === undefined ? release.id : `${height}p`)
  const { own, twin } = torrentPaths(film.release)
  const [url] = film.urls
  const ways = [
    ...(url === undefined ? [] : [html`<a href="${url}" rel="noreferrer">${say('file')}</a>`]),
    ...(own === null ? [] : [html`<a href="${up}${own}">${say('torrent')}</a>`]),
    ...(twin === null ? [] : [html`<a href="${up}${twin}">${say('torrent-v1')}</a>`]),
    html`<a href="${formatMagnet(magnetOf(film.release, wordsOf(work, model).title))}"
      >${say('magnet')}</a
    >`,
  ]
  return html`<p class="ways"><strong dir="auto">${label}</strong> ${joined(ways, html``)}</p> `
}

/** The posters that Matinee draws for works without one, as flat shapes in the page itself: its faces are the page's. */
import {
  SHEET,
  inksOf,
  planPoster,
  spacingOf,
  type Inks,
  type Layer,
  type PosterRecord,
} from '@matinee/viewer/poster'
import { html, joined, type Html } from '../feed/html.ts'

/** A poster without a name of its own: what stands beside it says the title. */
export function posterSvg(record: PosterRecord): Html {
  const inks = inksOf(record)
  const [first] = record.makers
  const makersWays = [record.makers.join(', '), ...(first === undefined ? [] : [first])]
  const { layers } = planPoster({ record, inks, mode: 'poster', makersWays })
  const { width, height } = SHEET
  return html`<svg
    viewBox="0 0 ${String(width)} ${String(height)}"
    aria-hidden="true"
    focusable="false"
  >
    <rect width="${String(width)}" height="${String(height)}" fill="${inks.ground}"></rect>
    ${joined(layers.map((layer) => layerSvg(layer, inks)))}
  </svg>`
}

function layerSvg({ turnDegrees, shapes, lines }: Layer, inks: Inks): Html {
  const turn = `rotate(${turnDegrees} ${SHEET.width / 2} ${SHEET.height / 2})`
  const flat = shapes.map((shape) => {
    if (shape.kind === 'path') return html`<path d="${shape.d}" fill="${inks[shape.ink]}"></path>`
    const { x, y, r, width, ink } = shape
    const [cx, cy, radius] = [String(x), String(y), String(r)]
    return width === undefined
      ? html`<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${inks[ink]}"></circle>`
      : html`<circle
          cx="${cx}"
          cy="${cy}"
          r="${radius}"
          fill="none"
          stroke="${inks[ink]}"
          stroke-width="${String(width)}"
        ></circle>`
  })
  const words = lines.map(
    ({ text, x, y, size, face, width = 100, anchor = 'start', ink, room, isStretched = false }) => {
      const [left, base, letters, stretch] = [String(x), String(y), String(size), `${width}%`]
      const spacing = String(spacingOf(face) * size)
      const fill = inks[ink]
      // Only a stretched line is told its length: a browser without our faces would squeeze the others.
      const exactly = isStretched
        ? html`textLength="${String(room)}" lengthAdjust="spacingAndGlyphs"`
        : ''
      return html`<text
        class="poster-face-${face}"
        x="${left}"
        y="${base}"
        font-size="${letters}"
        font-stretch="${stretch}"
        letter-spacing="${spacing}"
        text-anchor="${anchor}"
        fill="${fill}"
        ${exactly}
        >${text}</text
      >`
    },
  )
  return html`<g transform="${turn}">${joined([...flat, ...words])}</g>`
}

import { INITIAL_BOUNDS } from '../poster-advances.ts'
import { footLines } from '../poster-foot.ts'
import { MEASURES } from '../poster-measure.ts'
import {
  box,
  disc,
  hasMarks,
  SHEET,
  straight,
  WIDE,
  type Layout,
  type Line,
  type PosterMatter,
} from '../poster-plan.ts'
import { fitBlock } from '../title-block.ts'

/** Of a letter's ink in thousandths of an em: left, right, top, depth. */
const BOUNDS = new Map(
  INITIAL_BOUNDS.split(',').map((row) => {
    const [letter = '', ...numbers] = row.split(' ')
    return [letter, numbers.map((value) => Number(value) / 1000)] as const
  }),
)
const ARTICLE =
  /^(?:(?:the|a|an|le|la|les|un|une|der|die|das|ein|eine|il|lo|el|los|las|o|os|as)\s|l[’'])/iu

/** The title's first letter, as large as the sheet. */
export const initial: Layout = {
  poster(matter) {
    const { title, side } = matter
    const block = fitBlock(
      title,
      { width: SHEET.measure, height: 150, most: 78, lead: 0.95, mostLines: 2 },
      (line) => MEASURES.display(line, 80),
    )
    const first = SHEET.margin + block.size * (hasMarks(title) ? 0.92 : 0.72)
    const titleLines = block.lines.map((text, at) => ({
      text,
      x: SHEET.margin,
      y: first + at * block.size * 0.95,
      size: block.size,
      face: 'display' as const,
      width: 80,
      ink: 'ink' as const,
      on: 'ground' as const,
      room: SHEET.measure,
    }))
    const top = (titleLines.at(-1)?.y ?? first) + block.size * 0.2 + 26
    const letter = initialLetter(matter, {
      top,
      bottom: 786,
      width: 640,
      edge: SHEET.width,
      off: 30,
    })
    return [
      straight([], letter === null ? [] : [letter]),
      straight(
        [
          disc(side === 1 ? SHEET.width - 96 : 96, 740, 54, 'second'),
          box(SHEET.margin, 822, SHEET.measure, 3, 'ink'),
        ],
        [...titleLines, ...footLines(matter)],
      ),
    ]
  },
  art(matter) {
    const letter = initialLetter(matter, {
      top: -70,
      bottom: 600,
      width: 900,
      edge: WIDE.width,
      off: -120,
    })
    const x = matter.side === 1 ? WIDE.width - 210 : 210
    return [straight([disc(x, 400, 74, 'ground')], letter === null ? [] : [letter])]
  },
}

/** The letter that a title is filed under; null when it begins with none that can be drawn. */
export function initialOf(title: string): string | null {
  const rest = title.replace(ARTICLE, '')
  const letter = /[\p{L}\p{N}]/u.exec(rest)?.[0]?.toLocaleUpperCase('en') ?? ''
  return BOUNDS.has(letter) ? letter : null
}

function initialLetter(
  { title, side }: PosterMatter,
  room: {
    readonly top: number
    readonly bottom: number
    readonly width: number
    readonly edge: number
    readonly off: number
  },
): Line | null {
  const letter = initialOf(title)
  const bounds = letter === null ? undefined : BOUNDS.get(letter)
  if (letter === null || bounds === undefined) return null
  const [left = 0, right = 1, top = 0.7, depth = 0] = bounds
  const size = Math.min(980, room.width / (right - left), (room.bottom - room.top) / (top + depth))
  return {
    text: letter,
    // Its ink goes off one edge by `off`.
    x: side === 1 ? -room.off - left * size : room.edge + room.off - right * size,
    y: room.bottom - depth * size,
    size,
    face: 'display',
    width: 100,
    ink: 'spot',
    on: 'ground',
    room: room.edge,
    isPicture: true,
  }
}

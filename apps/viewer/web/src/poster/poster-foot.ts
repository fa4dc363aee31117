import { isMeasured } from './advance.ts'
import { MEASURES } from './poster-measure.ts'
import { SHEET, type InkName, type Line, type PosterMatter } from './poster-plan.ts'
import { graphemes } from './poster-title.ts'

const SIZE = 25
/** The makers may take this part of the foot. */
const MAKERS_ROOM = 0.75 * SHEET.measure

/** Makers on the left, year on the right, on the foot line. */
export function footLines(
  matter: PosterMatter,
  ink: InkName = 'ink',
  on: InkName = 'ground',
  y = 864,
): readonly Line[] {
  const { record, makers } = matter
  const lines: Line[] = []
  const common = { y, size: SIZE, ink, on, isFoot: true }
  if (makers !== '')
    lines.push({
      ...common,
      text: makers,
      x: SHEET.margin,
      face: isMeasured(makers) ? 'foot' : 'script',
      room: MAKERS_ROOM,
    })
  if (record.year !== null)
    lines.push({
      ...common,
      text: String(record.year),
      x: SHEET.width - SHEET.margin,
      anchor: 'end',
      face: 'foot',
      room: SHEET.measure - MAKERS_ROOM,
    })
  return lines
}

/** The first way to name the makers that fits the foot; the last is cut to fit. */
export function makersThatFit(ways: readonly string[]): string {
  for (const way of ways) if (widthOf(way) <= MAKERS_ROOM) return way
  const letters = [...graphemes(ways.at(-1) ?? '')]
  while (letters.length > 0 && widthOf(`${letters.join('')}…`) > MAKERS_ROOM) letters.pop()
  return letters.length === 0 ? '' : `${letters.join('').trimEnd()}…`
}

function widthOf(text: string): number {
  return MEASURES[isMeasured(text) ? 'foot' : 'script'](text, 100) * SIZE
}

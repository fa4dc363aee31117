import { isMeasured } from './advance.ts'
import { MEASURES } from './poster-measure.ts'
import { hasMarks, SHEET, type Face, type Line, type PosterMatter } from './poster-plan.ts'
import { lettersOf } from './poster-title.ts'
import { fitBlock, type TitleBlock } from './title-block.ts'

const SUBTITLE_SIZE = 34
const SUBTITLE_LEAD = 1.15

/** How a layout sets its title, in one block that stands on `bottom`. */
export interface BlockStyle {
  readonly face: 'display' | 'didone'
  /** Width axis. */
  readonly width: number
  readonly most: number
  readonly lead: number
  readonly height: number
  /** Baseline of the last line. */
  readonly bottom: number
  readonly anchor: 'start' | 'end'
}

/** A title set as a block, and where it begins. */
export interface SetBlock {
  readonly lines: readonly Line[]
  readonly top: number
}

/**
 * The title as large as its box allows, on its last baseline, with the subtitle under it. Scripts that the
 * face lacks take the system's, a tenth smaller; those that run from right to left stand on the right.
 */
export function setBlock(matter: PosterMatter, style: BlockStyle): SetBlock {
  const { title, subtitle, isLatin, isRightToLeft } = matter
  const face: Face = isLatin ? style.face : 'script'
  const isLong = lettersOf(title) > 40
  const width = isLong && style.face === 'display' ? 75 : style.width
  const measure = MEASURES[face]
  const lead = isLatin ? style.lead * (hasMarks(title) ? 1.08 : 1) : 1.18
  const under = subtitle === null ? { lines: [], size: 0 } : subtitleBlock(subtitle)
  const underStep = under.size * SUBTITLE_LEAD
  const bottom = style.bottom - under.lines.length * underStep
  const { lines, size } = fitBlock(
    title,
    {
      width: SHEET.measure,
      height: style.height * (isLong ? 1.25 : 1),
      most: style.most * (isLatin ? 1 : 0.9),
      lead,
      mostLines: isLong ? 7 : 4,
    },
    (line) => measure(line, width),
  )
  const anchor = isRightToLeft ? 'end' : style.anchor
  const common = {
    x: anchor === 'end' ? SHEET.width - SHEET.margin : SHEET.margin,
    anchor,
    ink: 'ink',
    on: 'ground',
    room: SHEET.measure,
  } as const
  return {
    lines: [
      ...lines.map((text, at) => ({
        ...common,
        text,
        y: bottom - (lines.length - 1 - at) * size * lead,
        size,
        face,
        width,
      })),
      ...under.lines.map((text, at) => ({
        ...common,
        text,
        y: bottom + (at + 1) * underStep + 6,
        size: under.size,
        face: subtitleFace(under.lines),
      })),
    ],
    top: bottom - (lines.length - 1) * size * lead - size * (isLatin ? 0.74 : 0.95),
  }
}

function subtitleBlock(subtitle: string): TitleBlock {
  const measure = MEASURES[subtitleFace([subtitle])]
  const box = { width: SHEET.measure, height: 400, most: SUBTITLE_SIZE, lead: SUBTITLE_LEAD }
  return fitBlock(subtitle, { ...box, mostLines: 4 }, (line) => measure(line, 100))
}

function subtitleFace(lines: readonly string[]): Face {
  return lines.every(isMeasured) ? 'foot' : 'script'
}

import type { Inks } from './inks.ts'
import { isMeasured } from './advance.ts'
import { contrastOf } from './contrast.ts'
import { LAYOUTS, layoutOf, type LayoutName } from './poster-choice.ts'
import { makersThatFit } from './poster-foot.ts'
import type { Layer, Line, PosterMatter } from './poster-plan.ts'
import type { PosterRecord } from './poster-record.ts'
import { posterTitle } from './poster-title.ts'
import { seededChoice, seededNumbers } from './seed.ts'

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/** A poster, ready to be drawn. */
export interface PosterPlan {
  readonly layout: LayoutName
  readonly layers: readonly Layer[]
}

/** What a poster is planned from. */
export interface PosterOrder {
  readonly record: PosterRecord
  readonly inks: Inks
  readonly mode: 'poster' | 'art'
  /** Ways to name the makers, the fullest first: all names, then the first "and 1 other". */
  readonly makersWays: readonly string[]
}

/** The drawing of a work: the same for the same record, everywhere. */
export function planPoster({ record, inks, mode, makersWays }: PosterOrder): PosterPlan {
  const { main, subtitle } = posterTitle(record.title)
  const layout = layoutOf(record, main)
  const isRightToLeft = RIGHT_TO_LEFT.test(main)
  const matter: PosterMatter = {
    record,
    title: main,
    subtitle,
    makers: makersThatFit(makersWays),
    number: seededNumbers(record.id),
    side: seededChoice('side', record.id, 2) === 1 || isRightToLeft ? -1 : 1,
    isLatin: isMeasured(main),
    isRightToLeft,
  }
  const layers = LAYOUTS[layout][mode](matter)
  return {
    layout,
    layers: layers.map((layer) => ({
      ...layer,
      lines: layer.lines.map((line) => (line.on === 'spot' ? readable(line, inks) : line)),
    })),
  }
}

/** Text on spot takes the better of ink and ground. */
function readable(line: Line, inks: Inks): Line {
  const isInkBetter = contrastOf(inks.ink, inks.spot) >= contrastOf(inks.ground, inks.spot)
  return { ...line, ink: isInkBetter ? 'ink' : 'ground' }
}

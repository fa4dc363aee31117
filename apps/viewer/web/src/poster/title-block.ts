/**
 * Where a title breaks, and how large it can be set: of all ways to break it the one whose longest line is
 * shortest, and of all numbers of lines the one that can be set largest. No line ends on a little word.
 */

/** A title in lines, all of one size. */
export interface TitleBlock {
  readonly lines: readonly string[]
  readonly size: number
}

const LITTLE = new Set(
  'a an the of in on at to for and or with from by is vs de du des le la les un une et au aux en à der die das den dem ein eine und von vom zu il lo gli i una di del della e el los las y o os as do da dos das no na dr. mr. mrs. ms. st. m. mme'.split(
    ' ',
  ),
)
/** Han, kana and hangul may break anywhere but before what closes. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ーっゃゅょッャュョ゛゜々]$/u
const MOST_UNITS = 24

/** The parts of a title that no line may split: words, with the little words that lean on the next. */
export function titleUnits(title: string): readonly string[] {
  const units: string[] = []
  let leaning = ''
  for (const word of title.split(/\s+/u).filter((part) => part !== '')) {
    const whole = leaning === '' ? word : `${leaning} ${word}`
    if (LITTLE.has(word.toLowerCase())) leaning = whole
    else {
      leaning = ''
      if (UNSPACED.test(whole)) units.push(...unspacedUnits(whole))
      else units.push(whole)
    }
  }
  if (leaning !== '') units.push(leaning)
  return units
}

function unspacedUnits(word: string): string[] {
  const units: string[] = []
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)
  for (const { segment } of segments) {
    const before = units.at(-1)
    if (before !== undefined && CLOSING.test(segment)) units[units.length - 1] = before + segment
    // A zero-width join: the lines put no space between these units.
    else units.push(before === undefined ? segment : `\u200b${segment}`)
  }
  return units
}

/** The best break of units into `count` lines: the one whose longest line is shortest. */
export function breakUnits(
  units: readonly string[],
  count: number,
  widthOf: (line: string) => number,
): readonly string[] | null {
  if (count < 1 || count > units.length) return null
  let best: { lines: readonly string[]; longest: number } | null = null
  for (const lines of breaksOf(units, count)) {
    const longest = Math.max(...lines.map(widthOf))
    if (best === null || longest < best.longest - 1e-9) best = { lines, longest }
  }
  return best?.lines ?? null
}

/** Every way to put units into `count` lines; long titles are broken evenly instead. */
export function* breaksOf(units: readonly string[], count: number): Generator<readonly string[]> {
  if (units.length > MOST_UNITS) {
    const each = Math.ceil(units.length / count)
    yield Array.from({ length: count }, (_, at) =>
      joined(units.slice(at * each, (at + 1) * each)),
    ).filter((line) => line !== '')
    return
  }
  if (count === 1) {
    yield [joined(units)]
    return
  }
  for (let first = 1; first <= units.length - count + 1; first++)
    for (const rest of breaksOf(units.slice(first), count - 1))
      yield [joined(units.slice(0, first)), ...rest]
}

function joined(units: readonly string[]): string {
  return units.join(' ').replaceAll(' \u200b', '').replaceAll('\u200b', '')
}

/** Properties of {@link fitBlock}; lengths in one unit. */
export interface BlockBox {
  readonly width: number
  readonly height: number
  /** Largest size. */
  readonly most: number
  /** Line height, as a part of the size. */
  readonly lead: number
  /** Default: 4. */
  readonly mostLines?: number
  /** How much narrower the box gets per unit of height used, at a cut. Default: 0. */
  readonly cut?: number
}

/** The largest setting of a title in a box. A word too long for it makes all of it smaller. */
export function fitBlock(
  title: string,
  box: BlockBox,
  widthOf: (line: string) => number,
): TitleBlock {
  const units = titleUnits(title)
  let best: TitleBlock = { lines: [title], size: 0 }
  for (let count = 1; count <= Math.min(box.mostLines ?? 4, units.length); count++) {
    const lines = breakUnits(units, count, widthOf)
    if (lines === null) continue
    const longest = Math.max(...lines.map(widthOf), 0.001)
    const size = Math.min(
      // The width that is left, width - cut * lines * lead * size, holds the longest line.
      box.width / (longest + (box.cut ?? 0) * lines.length * box.lead),
      box.height / (lines.length * box.lead),
      box.most,
    )
    if (size > best.size + 0.01) best = { lines, size }
  }
  return best
}

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
/** A word longer than this is set in parts of about that. */
const [LONGEST_WORD, PART] = [20, 13]
/** Before a unit that follows the one before it without a space. */
const JOIN = '\u200b'
const SOFT_HYPHEN = '\u00ad'
/** Han, kana and hangul may break anywhere but before what closes. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}ーっゃゅょッャュョ゛゜々]$/u

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
      else units.push(...partsOf(whole))
    }
  }
  if (leaning !== '') units.push(leaning)
  return units
}

/** A word that is too long for any line, in parts of one length; a line that ends on one gets a hyphen. */
function partsOf(word: string): readonly string[] {
  const last = word.lastIndexOf(' ') + 1
  const letters = graphemesOf(word.slice(last))
  if (letters.length <= LONGEST_WORD) return [word]
  const count = Math.ceil(letters.length / PART)
  const each = Math.ceil(letters.length / count)
  return Array.from({ length: count }, (_, at) => {
    const part = letters.slice(at * each, (at + 1) * each).join('')
    const start = at === 0 ? word.slice(0, last) : JOIN
    return `${start}${part}${at === count - 1 ? '' : SOFT_HYPHEN}`
  }).filter((part) => part !== JOIN)
}

function graphemesOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)).map(
    ({ segment }) => segment,
  )
}

function unspacedUnits(word: string): string[] {
  const units: string[] = []
  for (const segment of graphemesOf(word)) {
    const before = units.at(-1)
    if (before !== undefined && CLOSING.test(segment)) units[units.length - 1] = before + segment
    else units.push(before === undefined ? segment : JOIN + segment)
  }
  return units
}

/** Every way to put a few units into `count` lines. There are many: for titles of some words only. */
export function* breaksOf(units: readonly string[], count: number): Generator<readonly string[]> {
  if (count === 1) {
    yield [joined(units)]
    return
  }
  for (let first = 1; first <= units.length - count + 1; first++)
    for (const rest of breaksOf(units.slice(first), count - 1))
      yield [joined(units.slice(0, first)), ...rest]
}

/** The breaks into 1, 2, … lines whose longest line is shortest. */
function bestBreaks(
  units: readonly string[],
  mostLines: number,
  widthOf: (line: string) => number,
): readonly { readonly lines: readonly string[]; readonly longest: number }[] {
  const count = units.length
  const width = (from: number, to: number): number => widthOf(joined(units.slice(from, to)))
  const widths = Array.from({ length: count }, (_, from) =>
    Array.from({ length: count - from }, (__, length) => width(from, from + length + 1)),
  )
  // longest[start] for the units from `start` on, with one line more in each round.
  let longest = widths.map((row) => row.at(-1) ?? 0)
  const cuts: number[][] = [units.map(() => count)]
  const breaks = [{ lines: [joined(units)], longest: longest[0] ?? 0 }]
  for (let lines = 2; lines <= Math.min(mostLines, count); lines++) {
    const cut = units.map(() => count)
    const next = units.map((_, start) => {
      let best = Number.POSITIVE_INFINITY
      for (let end = start + 1; end <= count - lines + 1; end++) {
        const worst = Math.max(widths[start]?.[end - start - 1] ?? 0, longest[end] ?? 0)
        if (worst >= best - 1e-9) continue
        best = worst
        cut[start] = end
      }
      return best
    })
    longest = next
    cuts.push(cut)
    const texts: string[] = []
    let from = 0
    for (let left = lines - 1; left >= 0; left--) {
      const to = cuts[left]?.[from] ?? count
      texts.push(joined(units.slice(from, to)))
      from = to
    }
    breaks.push({ lines: texts, longest: longest[0] ?? 0 })
  }
  return breaks
}

function joined(units: readonly string[]): string {
  const line = units.join(' ').replaceAll(` ${JOIN}`, '').replaceAll(JOIN, '')
  const isBroken = line.endsWith(SOFT_HYPHEN)
  return `${line.replaceAll(SOFT_HYPHEN, '')}${isBroken ? '-' : ''}`
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
  let best: TitleBlock = { lines: [title], size: 0 }
  const breaks = bestBreaks(titleUnits(title), box.mostLines ?? 4, widthOf)
  for (const { lines, longest } of breaks) {
    const size = Math.min(
      // The width that is left, width - cut * lines * lead * size, holds the longest line.
      box.width / (Math.max(longest, 0.001) + (box.cut ?? 0) * lines.length * box.lead),
      box.height / (lines.length * box.lead),
      box.most,
    )
    if (size > best.size + 0.01) best = { lines, size }
  }
  return best
}

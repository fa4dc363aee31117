/**
 * What of the overrides in a dialogue line is handed on to be drawn: known tags with numbers in bounds, written anew.
 * Whatever else stands in a block, names of type faces among it, goes.
 */

/** Bounds of a tag's number. */
type Bounds = readonly [least: number, most: number]

const COORDINATE: Bounds = [-20_000, 20_000]
const MILLISECONDS: Bounds = [-3_600_000, 3_600_000]
const ANGLE: Bounds = [-36_000, 36_000]
const SWITCH: Bounds = [0, 1]
const ALPHA_LIMITS: Bounds = [0, 255]

/** Tags with one number. */
const NUMBERS: Readonly<Record<string, Bounds>> = {
  a: [1, 11],
  an: [1, 9],
  b: [0, 900],
  be: [0, 20],
  blur: [0, 50],
  bord: [0, 100],
  fax: [-10, 10],
  fay: [-10, 10],
  fr: ANGLE,
  frx: ANGLE,
  fry: ANGLE,
  frz: ANGLE,
  fs: [1, 500],
  fscx: [0, 1000],
  fscy: [0, 1000],
  fsp: [-200, 200],
  i: SWITCH,
  k: [0, 360_000],
  kf: [0, 360_000],
  ko: [0, 360_000],
  p: [0, 10],
  pbo: COORDINATE,
  q: [0, 3],
  s: SWITCH,
  shad: [0, 100],
  u: SWITCH,
  xbord: [0, 100],
  xshad: [-500, 500],
  ybord: [0, 100],
  yshad: [-500, 500],
}

/** Tags with several numbers in brackets: how many there may be, and the bounds of each. */
const LISTS: Readonly<
  Record<string, { readonly counts: readonly number[]; bounds: readonly Bounds[] }>
> = {
  pos: { counts: [2], bounds: [COORDINATE] },
  org: { counts: [2], bounds: [COORDINATE] },
  move: {
    counts: [4, 6],
    bounds: [COORDINATE, COORDINATE, COORDINATE, COORDINATE, MILLISECONDS],
  },
  fad: { counts: [2], bounds: [MILLISECONDS] },
  fade: { counts: [7], bounds: [ALPHA_LIMITS, ALPHA_LIMITS, ALPHA_LIMITS, MILLISECONDS] },
  clip: { counts: [4], bounds: [COORDINATE] },
  iclip: { counts: [4], bounds: [COORDINATE] },
}

const COLOURS = ['c', '1c', '2c', '3c', '4c']
const ALPHAS = ['alpha', '1a', '2a', '3a', '4a']
const NAMES = [...Object.keys(NUMBERS), ...Object.keys(LISTS), ...COLOURS, ...ALPHAS, 'K', 'r', 't']
/** The longest first: `fscx` isn't `fs`. What isn't known is a name, too, so that it takes its value along. */
const TAG = new RegExp(
  `\\\\(${NAMES.toSorted((a, b) => b.length - a.length).join('|')}|[a-zA-Z]+)`,
  'gu',
)
/** What plain captions show as well: italics, bold and the place by a key of the number pad. */
const SHOWN_ANYWAY: ReadonlySet<string> = new Set(['a', 'an', 'b', 'i', 'q', 'r'])

/** The text of a line as it may be drawn. */
export interface DrawnText {
  readonly text: string
  /** Whether more is drawn than plain captions show. */
  readonly isStyled: boolean
  /** What is read, without overrides and drawings. */
  readonly letters: string
}

/** @param isStyle whether a style is called so */
export function drawnText(text: string, isStyle: (name: string) => boolean): DrawnText {
  let [written, letters] = ['', '']
  let isStyled = false
  let isDrawing = false
  for (let at = 0; at < text.length;) {
    const open = text.indexOf('{', at)
    const close = open === -1 ? -1 : text.indexOf('}', open)
    const plain = text.slice(at, close === -1 ? text.length : open)
    const shown = isDrawing ? drawingOf(plain) : withoutControls(plain)
    // Two parts of a shape, with a block between them that wasn't handed on: their numbers don't run together.
    if (isDrawing && shown !== '' && !written.endsWith('}')) written += ' '
    written += shown
    if (!isDrawing) letters += plain
    if (close === -1) break
    let block = ''
    for (const { name, tag } of tagsOf(text.slice(open + 1, close), isStyle, 2)) {
      block += tag
      isStyled ||= !SHOWN_ANYWAY.has(name)
      if (name === 'p') isDrawing = tag !== '\\p0' && tag !== '\\p'
    }
    if (block !== '') written += `{${block}}`
    at = close + 1
  }
  return { text: written, isStyled, letters }
}

/** The tags of a block that are handed on, one after another. */
function* tagsOf(
  block: string,
  isStyle: (name: string) => boolean,
  depth: number,
): Generator<{ readonly name: string; readonly tag: string }> {
  TAG.lastIndex = 0
  const found: { readonly name: string; readonly value: string }[] = []
  for (let match = TAG.exec(block); match !== null; match = TAG.exec(block)) {
    const from = TAG.lastIndex
    const isOpen = block[from] === '('
    const end = isOpen ? bracketEnd(block, from) : nextTag(block, from)
    found.push({ name: match[1] ?? '', value: block.slice(from, end) })
    TAG.lastIndex = end
  }
  for (const { name, value } of found) {
    const tag = name === 't' ? moved(value, isStyle, depth) : writtenTag(name, value, isStyle)
    if (tag !== null) yield { name, tag }
  }
}

/** Behind the bracket that closes the one at `from`; one that nothing closes takes the rest. */
function bracketEnd(block: string, from: number): number {
  let depth = 0
  for (let at = from; at < block.length; at++) {
    if (block[at] === '(') depth++
    else if (block[at] === ')' && --depth === 0) return at + 1
  }
  return block.length
}

function nextTag(block: string, from: number): number {
  const next = block.indexOf('\\', from)
  return next === -1 ? block.length : next
}

/** A tag written anew; null = it isn't handed on. */
function writtenTag(
  name: string,
  value: string,
  isStyle: (name: string) => boolean,
): string | null {
  const trimmed = value.trim()
  if (name === 'r') return isStyle(trimmed) ? `\\r${trimmed}` : '\\r'
  if (COLOURS.includes(name) || ALPHAS.includes(name)) {
    const hex = /^&?H?([0-9a-f]{1,8})&?$/iu.exec(trimmed)?.[1]
    return hex === undefined ? (trimmed === '' ? `\\${name}` : null) : `\\${name}&H${hex}&`
  }
  const list = LISTS[name]
  if (list !== undefined) return listTag(name, trimmed, list)
  const bounds = NUMBERS[name === 'K' ? 'kf' : name]
  if (bounds === undefined) return null
  if (trimmed === '') return `\\${name}`
  const number = bounded(trimmed, bounds)
  return number === null ? null : `\\${name}${number}`
}

function listTag(
  name: string,
  value: string,
  { counts, bounds }: (typeof LISTS)[string],
): string | null {
  const inner = value.replace(/^\(|\)$/gu, '')
  const parts = inner.split(',', 8)
  if (!counts.includes(parts.length)) {
    // A clip may be a shape, with a scale before it.
    const [, scale = '', shape = ''] = /^\s*(?:(\d{1,2})\s*,)?\s*(m[^,]*)$/u.exec(inner) ?? []
    if (!name.endsWith('clip') || shape === '') return null
    return `\\${name}(${scale === '' ? '' : `${Math.max(1, Number(scale))},`}${drawingOf(shape)})`
  }
  const numbers = parts.map((part, at) =>
    bounded(part.trim(), bounds[Math.min(at, bounds.length - 1)] ?? COORDINATE),
  )
  return numbers.includes(null) ? null : `\\${name}(${numbers.join(',')})`
}

/** `\t([from, to,] [acceleration,] tags)`. */
function moved(value: string, isStyle: (name: string) => boolean, depth: number): string | null {
  const inner = value.trim().replace(/^\(|\)$/gu, '')
  const first = inner.indexOf('\\')
  if (depth === 0 || first === -1) return null
  const numbers = inner
    .slice(0, first)
    .split(',', 4)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => bounded(part, MILLISECONDS))
  if (numbers.includes(null) || numbers.length > 3) return null
  const tags = [...tagsOf(inner.slice(first), isStyle, depth - 1)].map(({ tag }) => tag)
  if (tags.length === 0) return null
  return `\\t(${[...numbers, tags.join('')].join(',')})`
}

function bounded(text: string, [least, most]: Bounds): string | null {
  if (!/^[-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})$/u.test(text)) return null
  // Finer than a thousandth nobody sees.
  const number = Math.round(Number(text) * 1000) / 1000
  return String(Math.min(most, Math.max(least, number)))
}

/** Shapes of `\p`: letters that move a pen, and places. */
function drawingOf(text: string): string {
  const pens = text.match(/[mnlbspc]|-?\d{1,9}(?:\.\d{1,9})?/gu) ?? []
  return pens.map((pen) => bounded(pen, COORDINATE) ?? pen).join(' ')
}

function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/gu, ' ')
}

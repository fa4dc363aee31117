/**
 * A postcard before it's drawn: where the frame goes, flat shapes, and lines of text that fit. A pure function, so that what stands
 * on a card can be tested without drawing it.
 */

/** What a card is made of. Every text is a stranger's but the time. */
export interface PostcardMatter {
  readonly title: string
  /** An episode's, or null. */
  readonly subtitle: string | null
  /** "One frame, at 12:05", in the viewer’s language. */
  readonly time: string
  /** Title, author, source, licence, in one line. */
  readonly credit: string
  readonly licenceUrl: string | null
  /** `unmodified`: the frame is shown whole, and nothing lies over it. */
  readonly rule: 'free' | 'unmodified'
  /** The frame's own pixels. */
  readonly frame: { readonly width: number; readonly height: number }
}

/** In pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A colour by what it's for; the house's, as on the stage. */
export type PostcardInk = 'ground' | 'text' | 'second' | 'lamp'

/** A line of text; `y` is its baseline. */
export interface PostcardLine {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly face: PostcardFace
  readonly ink: PostcardInk
}

/** A face at a size: what a canvas takes as `font`, and whether it's set narrow. */
export interface PostcardFace {
  readonly font: string
  readonly isNarrow: boolean
}

/** A card, ready to be drawn. */
export interface PostcardLayout {
  readonly width: number
  readonly height: number
  /** What of the frame is shown, in its own pixels, and where. */
  readonly source: Box
  readonly target: Box
  /** Corners in turn, drawn over the frame. */
  readonly shapes: readonly {
    readonly ink: PostcardInk
    readonly points: readonly (readonly [x: number, y: number])[]
  }[]
  readonly lines: readonly PostcardLine[]
}

/** How wide a text is in a face, in pixels. */
export type PostcardMeasure = (text: string, face: PostcardFace) => number

const WIDTH = 1200
const MARGIN = 56
/** tan 12°: the one diagonal. */
const BEAM = 0.2126
const TALLEST_FRAME = 900
const LEDGE = 60
const DISPLAY = '"Bricolage Grotesque Variable", "Arial Narrow", system-ui, sans-serif'
const INTERFACE = '"Hanken Grotesk Variable", system-ui, sans-serif'
const SMALL: PostcardFace = { font: `500 24px ${INTERFACE}`, isNarrow: false }
const TIME: PostcardFace = { font: `600 28px ${INTERFACE}`, isNarrow: false }
const TITLE_SIZES = [84, 72, 60, 50, 42] as const
const MOST_TITLE_LINES = 2
const MOST_CREDIT_LINES = 6

/** The card of a frame. */
export function postcardLayout(matter: PostcardMatter, measure: PostcardMeasure): PostcardLayout {
  const { rule } = matter
  const frame = frameOn(matter)
  const room = WIDTH - 2 * MARGIN
  const lines: PostcardLine[] = []
  let y = frame.bottom
  const add = (
    texts: readonly string[],
    face: PostcardFace,
    ink: PostcardInk,
    step: number,
  ): void => {
    for (const text of texts) {
      y += step
      lines.push({ text, x: MARGIN, y, face, ink })
    }
  }
  const { face, size, texts } = titleLines(matter.title, room, measure)
  const isFree = rule === 'free'
  y += isFree ? 12 : 24
  add(texts, face, 'text', size)
  y += 12
  const below = [matter.subtitle, isFree ? null : matter.time].filter((each) => each !== null)
  const when = wrapped(below.join(' · '), room, 2, (text) => measure(text, TIME))
  add(when, TIME, 'lamp', 36)
  y += 14
  const credit = wrapped(matter.credit, room, MOST_CREDIT_LINES, (text) => measure(text, SMALL))
  add(credit, SMALL, 'second', 32)
  // Its address is never cut: what is cut leads nowhere.
  if (matter.licenceUrl !== null)
    add(
      wrapped(matter.licenceUrl, room, 3, (text) => measure(text, SMALL)),
      SMALL,
      'second',
      32,
    )
  const height = y + MARGIN - 8
  // A ledge over the frame's foot, cut as everything is: nothing lies over a frame that has to stay as it is.
  const ledge = Math.min(WIDTH / 2, MARGIN + measure(matter.time, TIME) + 28)
  const top = frame.bottom - LEDGE
  const panel = {
    ink: 'ground',
    points: [
      [0, top],
      [ledge, top],
      [ledge + LEDGE * BEAM, frame.bottom + 1],
      [0, frame.bottom + 1],
    ],
  } as const
  const time = { text: matter.time, x: MARGIN, y: top + 42, face: TIME, ink: 'lamp' } as const
  // The wedge over the e of the name, as a sign of where it's from.
  const wedge = {
    ink: 'lamp',
    points: [
      [WIDTH - MARGIN - 52, height - MARGIN + 24],
      [WIDTH - MARGIN - 20, height - MARGIN],
      [WIDTH - MARGIN, height - MARGIN + 9],
    ],
  } as const
  return {
    width: WIDTH,
    height,
    source: frame.source,
    target: frame.target,
    shapes: isFree ? [panel, wedge] : [wedge],
    lines: isFree ? [time, ...lines] : lines,
  }
}

/** `free`: over the whole width, cut to 16 by 9. `unmodified`: whole, within margins. */
function frameOn({ rule, frame }: PostcardMatter): {
  readonly source: Box
  readonly target: Box
  readonly bottom: number
} {
  if (rule === 'unmodified') {
    const scale = Math.min((WIDTH - 2 * MARGIN) / frame.width, TALLEST_FRAME / frame.height)
    const [width, height] = [Math.round(frame.width * scale), Math.round(frame.height * scale)]
    const target = { x: Math.round((WIDTH - width) / 2), y: MARGIN, width, height }
    return { source: { x: 0, y: 0, ...frame }, target, bottom: MARGIN + height }
  }
  const height = (WIDTH * 9) / 16
  const [cutWidth, cutHeight] = [
    Math.min(frame.width, (frame.height * 16) / 9),
    Math.min(frame.height, (frame.width * 9) / 16),
  ]
  const source = {
    x: (frame.width - cutWidth) / 2,
    y: (frame.height - cutHeight) / 2,
    width: cutWidth,
    height: cutHeight,
  }
  return { source, target: { x: 0, y: 0, width: WIDTH, height }, bottom: height }
}

/** The largest size at which a title fits its lines; at the smallest its end goes. */
function titleLines(
  title: string,
  room: number,
  measure: PostcardMeasure,
): { readonly face: PostcardFace; readonly size: number; readonly texts: readonly string[] } {
  const faceOf = (size: number): PostcardFace => ({
    font: `800 ${size}px ${DISPLAY}`,
    isNarrow: true,
  })
  const at = (size: number): readonly string[] =>
    wrapped(title, room, MOST_TITLE_LINES, (text) => measure(text, faceOf(size)))
  const isWhole = (texts: readonly string[]): boolean => !(texts.at(-1) ?? '').endsWith('…')
  const size = TITLE_SIZES.find((each) => isWhole(at(each))) ?? 42
  return { face: faceOf(size), size, texts: at(size) }
}

/** A text in lines that fit; words that are too long are broken, and behind the last line an ellipsis stands for the rest. */
export function wrapped(
  text: string,
  room: number,
  most: number,
  widthOf: (text: string) => number,
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of piecesOf(text, room, widthOf)) {
    const longer = line === '' ? word.text : `${line}${word.isJoined ? '' : ' '}${word.text}`
    if (widthOf(longer) <= room) line = longer
    else {
      lines.push(line)
      line = word.text
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  let last = kept[most - 1] ?? ''
  while (last !== '' && widthOf(`${last}…`) > room) last = last.slice(0, -1)
  return [...kept.slice(0, -1), `${last.trimEnd()}…`]
}

interface Piece {
  readonly text: string
  /** Without a space before it. */
  readonly isJoined: boolean
}

function piecesOf(text: string, room: number, widthOf: (text: string) => number): Piece[] {
  return text.split(/\s+/u).flatMap((word): Piece[] => {
    if (widthOf(word) <= room) return word === '' ? [] : [{ text: word, isJoined: false }]
    const pieces: Piece[] = []
    let piece = ''
    for (const letter of word) {
      if (piece !== '' && widthOf(piece + letter) > room) {
        pieces.push({ text: piece, isJoined: pieces.length > 0 })
        piece = ''
      }
      piece += letter
    }
    return [...pieces, { text: piece, isJoined: pieces.length > 0 }]
  })
}

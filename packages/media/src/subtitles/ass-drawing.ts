import { LIMITS, utf8Bytes } from '@matinee/base'
import { alignmentOf, assLines, embeddedFields, isOn, type AssFields } from './ass-lines.ts'
import { drawnText } from './ass-overrides.ts'
import { parseCueTime } from './cue-time.ts'
import type { Cue } from './cue.ts'

/** The type face that everything is drawn in: scripts name others, which nobody has here. */
export const DRAWN_FACE = 'Liberation Sans'

/** What can be drawn of a script, and why it's shown plainly instead. */
export type AssDrawing =
  /** A script written anew, of nothing but known words with numbers in bounds. */
  | { readonly kind: 'drawn'; readonly script: string }
  /**
   * `unstyled`: plain captions show as much. `letters`: {@link DRAWN_FACE} lacks some. `too-much`: more than is drawn
   * of one script, or at one moment.
   */
  | { readonly kind: 'plain'; readonly why: 'unstyled' | 'letters' | 'too-much' }

const STYLE_HEAD =
  'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding'
const EVENT_HEAD = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text'

/** Whatever {@link DRAWN_FACE} hasn't, among letters. */
const OTHER_LETTERS =
  /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Cyrillic}|\p{Script=Hebrew}|\p{Script=Common}|\p{Script=Inherited})\p{L}/u

/** How a script says what its lengths are measured in, and which of them are numbers. */
const INFO: Readonly<Record<string, readonly [least: number, most: number]>> = {
  PlayResX: [64, 10_000],
  PlayResY: [64, 10_000],
  LayoutResX: [64, 10_000],
  LayoutResY: [64, 10_000],
  WrapStyle: [0, 3],
}

interface DrawnEvent {
  /** Of two in one layer the later one is above. */
  readonly order: number
  readonly startSeconds: number
  readonly endSeconds: number
  readonly line: string
}

/**
 * A script of Advanced SubStation Alpha on its way to whoever draws it (S3): read line by line, and written anew
 * from what was understood. Fonts, pictures and whatever else it carries stay behind.
 */
export class AssScript {
  readonly #info = new Map<string, string>()
  readonly #styles = new Map<string, string>()
  readonly #events: DrawnEvent[] = []
  #bytes = 0
  #isStyled = false
  #hasOtherLetters = false
  #isOver = false

  /** Takes in a file, or the head of a track inside a film. */
  addText(text: string): void {
    for (const line of assLines(text)) {
      if (line.kind === 'info') this.#addInfo(line.key, line.value)
      else if (line.kind === 'style') this.#addStyle(line.field, line.isSsa)
      else {
        const startSeconds = parseCueTime(line.field('start'))
        const endSeconds = parseCueTime(line.field('end'))
        if (startSeconds !== null && endSeconds !== null)
          this.#addEvent({ startSeconds, endSeconds }, line.field, this.#events.length)
      }
    }
  }

  /** Takes in an event inside a film: `ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text`. */
  addEmbedded(times: Pick<Cue, 'startSeconds' | 'endSeconds'>, event: string): void {
    const field = embeddedFields(event)
    this.#addEvent(times, field, whole(field('readorder'), 0, 10_000_000, this.#events.length))
  }

  /** What there is up to now. */
  get drawing(): AssDrawing {
    if (this.#isOver || mostAtOnce(this.#events) > LIMITS.drawnAtOnce)
      return { kind: 'plain', why: 'too-much' }
    if (!this.#isStyled || this.#events.length === 0) return { kind: 'plain', why: 'unstyled' }
    if (this.#hasOtherLetters) return { kind: 'plain', why: 'letters' }
    const events = this.#events.toSorted((a, b) => a.order - b.order)
    const script = [
      HEAD,
      'ScriptType: v4.00+',
      ...[...this.#info].map(([key, value]) => `${key}: ${value}`),
      '[V4+ Styles]',
      STYLE_HEAD,
      ...this.#styles.values(),
      '[Events]',
      EVENT_HEAD,
      ...events.map(({ line }) => line),
      '',
    ]
    return { kind: 'drawn', script: script.join('\n') }
  }

  #addInfo(key: string, value: string): void {
    const bounds = INFO[key]
    if (bounds !== undefined) this.#info.set(key, String(whole(value, ...bounds, bounds[0])))
    else if (key === 'ScaledBorderAndShadow')
      this.#info.set(key, value.trim().toLowerCase() === 'no' ? 'no' : 'yes')
  }

  #addStyle(field: AssFields, isSsa: boolean): void {
    const name = nameOf(field('name'))
    const colour = colourOf(field('primarycolour'), '&H00FFFFFF')
    const scale = (column: string): number => within(field(column), 1, 1000, 100)
    const line = [
      name,
      DRAWN_FACE,
      within(field('fontsize'), 1, 500, 18),
      colour,
      colourOf(field('secondarycolour'), '&H000000FF'),
      // What SSA calls tertiary.
      colourOf(field('outlinecolour') || field('tertiarycolour'), '&H00000000'),
      colourOf(field('backcolour'), '&H00000000'),
      ...['bold', 'italic', 'underline', 'strikeout'].map((column) =>
        isOn(field(column)) ? -1 : 0,
      ),
      scale('scalex'),
      scale('scaley'),
      within(field('spacing'), -200, 200, 0),
      within(field('angle'), -360, 360, 0),
      field('borderstyle') === '3' ? 3 : 1,
      within(field('outline'), 0, 100, 2),
      within(field('shadow'), 0, 100, 0),
      alignmentOf(field, isSsa),
      ...margins(field),
      1,
    ].join(',')
    this.#isStyled ||= !/^&H(?:00)?FFFFFF$/u.test(colour)
    if (this.#take(line)) this.#styles.set(name, `Style: ${line}`)
  }

  #addEvent(
    { startSeconds, endSeconds }: Pick<Cue, 'startSeconds' | 'endSeconds'>,
    field: AssFields,
    order: number,
  ): void {
    if (endSeconds <= startSeconds) return
    const { text, isStyled, letters } = drawnText(field('text'), (name) => this.#styles.has(name))
    const style = nameOf(field('style').replace(/^\*/u, ''))
    const line = [
      whole(field('layer'), 0, 10_000, 0),
      formatAssTime(startSeconds),
      formatAssTime(endSeconds),
      this.#styles.has(style) ? style : 'Default',
      '',
      ...margins(field),
      effectOf(field('effect')),
      text,
    ].join(',')
    this.#isStyled ||= isStyled
    this.#hasOtherLetters ||= OTHER_LETTERS.test(letters)
    if (this.#take(line))
      this.#events.push({ order, startSeconds, endSeconds, line: `Dialogue: ${line}` })
  }

  /** S3: false when a line is one too many; then nothing more is kept, and nothing is drawn. */
  #take(line: string): boolean {
    const count = this.#styles.size + this.#events.length
    this.#bytes += utf8Bytes(line).length
    this.#isOver ||= count >= LIMITS.subtitleCues || this.#bytes > LIMITS.subtitleBytes
    return !this.#isOver
  }
}

/** What can be drawn of a script of Advanced SubStation Alpha or SSA. */
export function assDrawing(text: string): AssDrawing {
  const script = new AssScript()
  script.addText(text)
  return script.drawing
}

const HEAD = '[Script Info]'
const PLAIN = /^\[Script Info\]\n; plain: (unstyled|letters|too-much)\n$/u

/** A drawing as text: its script, or one of nothing but the reason why it's shown plainly. */
export function formatDrawing(drawing: AssDrawing): string {
  return drawing.kind === 'drawn' ? drawing.script : `${HEAD}\n; plain: ${drawing.why}\n`
}

/** What {@link formatDrawing} wrote. */
export function parseDrawing(text: string): AssDrawing {
  const why = PLAIN.exec(text)?.[1]
  if (why === 'unstyled' || why === 'letters' || why === 'too-much') return { kind: 'plain', why }
  return { kind: 'drawn', script: text }
}

/** How many show at the moment when most do. */
function mostAtOnce(events: readonly DrawnEvent[]): number {
  const starts = events.map(({ startSeconds }) => startSeconds).toSorted((a, b) => a - b)
  const ends = events.map(({ endSeconds }) => endSeconds).toSorted((a, b) => a - b)
  let [over, most] = [0, 0]
  for (const [begun, start] of starts.entries()) {
    while ((ends[over] ?? Infinity) <= start) over++
    most = Math.max(most, begun + 1 - over)
  }
  return most
}

function margins(field: AssFields): readonly number[] {
  return ['marginl', 'marginr', 'marginv'].map((column) => whole(field(column), 0, 10_000, 0))
}

/** Without the comma that ends it, and what a style's name in an override would end at. */
function nameOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 100)
}

function colourOf(text: string, usual: string): string {
  const hex = /^&H([0-9a-f]{1,8})&?$/iu.exec(text)?.[1]
  if (hex !== undefined) return `&H${hex.toUpperCase()}`
  // SSA writes the number itself.
  return /^\d{1,10}$/u.test(text) ? `&H${(Number(text) >>> 0).toString(16).toUpperCase()}` : usual
}

/** Text that runs along, or up and down: the words and their numbers. */
function effectOf(text: string): string {
  return /^(?:Banner|Scroll up|Scroll down)(?:;\d{1,5}){1,4}$/u.test(text) ? text : ''
}

function within(text: string, least: number, most: number, usual: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : usual
}

function whole(text: string, least: number, most: number, usual: number): number {
  return Math.round(within(text, least, most, usual))
}

/** `H:MM:SS.cc`. */
function formatAssTime(seconds: number): string {
  const total = Math.round(seconds * 100)
  const pad = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(total / 360_000), Math.floor(total / 6000) % 60]
  return `${hours}:${pad(minutes)}:${pad(Math.floor(total / 100) % 60)}.${pad(total % 100)}`
}

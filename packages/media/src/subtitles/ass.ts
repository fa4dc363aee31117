import { parseAssText } from './ass-text.ts'
import { keypadPlace } from './cue-place.ts'
import { parseCueTime } from './cue-time.ts'
import { USUAL_PLACE, type Cue } from './cue.ts'
import { TextLines } from './text-lines.ts'

/** What we keep of a style: the rest is decoration. */
interface AssStyle {
  readonly isItalic: boolean
  readonly isBold: boolean
  /** As on a number pad. */
  readonly alignment: number
}

const PLAIN: AssStyle = { isItalic: false, isBold: false, alignment: 2 }

/** More styles than any file has. */
const MAX_STYLES = 1000

const STYLE_COLUMNS =
  'Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,Encoding'
const EVENT_COLUMNS = 'Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text'

/** Dialogue of Advanced SubStation Alpha and SSA in file order; `null` for a line whose times can't be read. */
export function parseAss(text: string): Generator<Cue | null> {
  return readScript(text, new Map())
}

/** @param styles takes in the script's styles */
function* readScript(text: string, styles: Map<string, AssStyle>): Generator<Cue | null> {
  const lines = new TextLines(text)
  let [styleColumns, eventColumns] = [columnsOf(STYLE_COLUMNS), columnsOf(EVENT_COLUMNS)]
  let section = ''
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.startsWith('[')) section = line.trim().toLowerCase()
    const isStyles = section.endsWith('styles]')
    const colon = line.indexOf(':')
    const key = line.slice(0, Math.max(0, colon)).trim()
    const value = line.slice(colon + 1)
    if (key === 'Format' && isStyles) styleColumns = columnsOf(value)
    else if (key === 'Format') eventColumns = columnsOf(value)
    else if (key === 'Style' && isStyles && styles.size < MAX_STYLES) {
      const field = fieldsOf(value, styleColumns)
      styles.set(field('name'), styleOf(field, section === '[v4 styles]'))
    } else if (key === 'Dialogue') yield cueOf(fieldsOf(value, eventColumns), styles)
  }
}

/** A line's value by the name of its column. */
type Fields = (column: string) => string

function columnsOf(format: string): string[] {
  return format.split(',', 40).map((column) => column.trim().toLowerCase())
}

/** The last column takes the rest of the line: text has commas. */
function fieldsOf(value: string, columns: readonly string[]): Fields {
  const parts = value.split(',')
  const last = columns.length - 1
  return (column) => {
    const index = columns.indexOf(column)
    if (index === -1) return ''
    return index === last ? parts.slice(last).join(',') : (parts[index] ?? '').trim()
  }
}

/** SSA counts alignments 1–3 at the bottom, 5–7 at the top, 9–11 in the middle. */
function styleOf(field: Fields, isSsa: boolean): AssStyle {
  const number = Number(field('alignment'))
  const row = isSsa ? [0, 6, 3][Math.floor(number / 4)] : 0
  const alignment = isSsa ? (number % 4) + (row ?? 0) : number
  const isKey = Number.isInteger(alignment) && alignment >= 1 && alignment <= 9
  return {
    isItalic: isOn(field('italic')),
    isBold: isOn(field('bold')),
    alignment: isKey ? alignment : PLAIN.alignment,
  }
}

/** -1 is yes in ASS; bold may be a weight. */
function isOn(value: string): boolean {
  return value === '-1' || value === '1' || Number(value) >= 600
}

/** Makes a cue of an event inside a film: `ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text`. */
export type AssCues = (times: Pick<Cue, 'startSeconds' | 'endSeconds'>, event: string) => Cue

/** @param header the script's information and styles, as an embedded track has them */
export function assCues(header: string): AssCues {
  const styles = new Map<string, AssStyle>()
  // No event stands in a header; its styles are read on the way.
  for (const _ of readScript(header, styles));
  const columns = columnsOf('ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text')
  return (times, event) => styledCue(times, fieldsOf(event, columns), styles)
}

function cueOf(field: Fields, styles: ReadonlyMap<string, AssStyle>): Cue | null {
  const startSeconds = parseCueTime(field('start'))
  const endSeconds = parseCueTime(field('end'))
  if (startSeconds === null || endSeconds === null) return null
  return styledCue({ startSeconds, endSeconds }, field, styles)
}

function styledCue(
  { startSeconds, endSeconds }: Pick<Cue, 'startSeconds' | 'endSeconds'>,
  field: Fields,
  styles: ReadonlyMap<string, AssStyle>,
): Cue {
  const style = styles.get(field('style').replace(/^\*/u, '')) ?? PLAIN
  const { lines, alignment = style.alignment } = parseAssText(field('text'), style)
  const place = alignment === PLAIN.alignment ? USUAL_PLACE : keypadPlace(alignment)
  return { startSeconds, endSeconds, lines, place }
}

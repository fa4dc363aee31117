import { TextLines } from './text-lines.ts'

/** A line's value by the name of its column, in small letters. */
export type AssFields = (column: string) => string

/** What a line of a script says. */
export type AssLine =
  | { readonly kind: 'info'; readonly key: string; readonly value: string }
  /** `isSsa` = of the first version, which counts alignments otherwise. */
  | { readonly kind: 'style'; readonly field: AssFields; readonly isSsa: boolean }
  | { readonly kind: 'event'; readonly field: AssFields }

const STYLE_COLUMNS =
  'Name,Fontname,Fontsize,PrimaryColour,SecondaryColour,OutlineColour,BackColour,Bold,Italic,Underline,StrikeOut,ScaleX,ScaleY,Spacing,Angle,BorderStyle,Outline,Shadow,Alignment,MarginL,MarginR,MarginV,Encoding'
const EVENT_COLUMNS = 'Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text'
const EMBEDDED_COLUMNS = 'ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text'

/** The lines of a script of Advanced SubStation Alpha or SSA that say something, in its order; of the rest none. */
export function* assLines(text: string): Generator<AssLine> {
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
    else if (key === 'Style' && isStyles)
      yield {
        kind: 'style',
        field: fieldsOf(value, styleColumns),
        isSsa: section === '[v4 styles]',
      }
    else if (key === 'Dialogue') yield { kind: 'event', field: fieldsOf(value, eventColumns) }
    else if (key !== '' && section === '[script info]') yield { kind: 'info', key, value }
  }
}

/** The fields of an event inside a film: `ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text`. */
export function embeddedFields(event: string): AssFields {
  return fieldsOf(event, columnsOf(EMBEDDED_COLUMNS))
}

/** A style's alignment as on a number pad. SSA counts 1–3 at the bottom, 5–7 at the top, 9–11 in the middle. */
export function alignmentOf(field: AssFields, isSsa: boolean): number {
  const number = Number(field('alignment'))
  const row = isSsa ? [0, 6, 3][Math.floor(number / 4)] : 0
  const alignment = isSsa ? (number % 4) + (row ?? 0) : number
  return Number.isInteger(alignment) && alignment >= 1 && alignment <= 9 ? alignment : 2
}

/** -1 is yes in ASS; bold may be a weight. */
export function isOn(value: string): boolean {
  return value === '-1' || value === '1' || Number(value) >= 600
}

function columnsOf(format: string): string[] {
  return format.split(',', 40).map((column) => column.trim().toLowerCase())
}

/** The last column takes the rest of the line: text has commas. */
function fieldsOf(value: string, columns: readonly string[]): AssFields {
  const parts = value.split(',')
  const last = columns.length - 1
  return (column) => {
    const index = columns.indexOf(column)
    if (index === -1) return ''
    return index === last ? parts.slice(last).join(',') : (parts[index] ?? '').trim()
  }
}

import {
  alignmentOf,
  assLines,
  embeddedFields,
  isOn,
  type AssFields,
  type AssLine,
} from './ass-lines.ts'
import { parseAssText } from './ass-text.ts'
import { keypadPlace } from './cue-place.ts'
import { parseCueTime } from './cue-time.ts'
import { USUAL_PLACE, type Cue } from './cue.ts'

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

/** Dialogue of Advanced SubStation Alpha and SSA in file order; `null` for a line whose times can't be read. */
export function parseAss(text: string): Generator<Cue | null> {
  return readScript(text, new Map())
}

/** @param styles takes in the script's styles */
function* readScript(text: string, styles: Map<string, AssStyle>): Generator<Cue | null> {
  for (const line of assLines(text)) {
    if (line.kind === 'style' && styles.size < MAX_STYLES)
      styles.set(line.field('name'), styleOf(line))
    else if (line.kind === 'event') yield cueOf(line.field, styles)
  }
}

function styleOf({ field, isSsa }: Extract<AssLine, { kind: 'style' }>): AssStyle {
  return {
    isItalic: isOn(field('italic')),
    isBold: isOn(field('bold')),
    alignment: alignmentOf(field, isSsa),
  }
}

/** Makes a cue of an event inside a film: `ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text`. */
export type AssCues = (times: Pick<Cue, 'startSeconds' | 'endSeconds'>, event: string) => Cue

/** @param header the script's information and styles, as an embedded track has them */
export function assCues(header: string): AssCues {
  const styles = new Map<string, AssStyle>()
  // No event stands in a header; its styles are read on the way.
  for (const _ of readScript(header, styles));
  return (times, event) => styledCue(times, embeddedFields(event), styles)
}

function cueOf(field: AssFields, styles: ReadonlyMap<string, AssStyle>): Cue | null {
  const startSeconds = parseCueTime(field('start'))
  const endSeconds = parseCueTime(field('end'))
  if (startSeconds === null || endSeconds === null) return null
  return styledCue({ startSeconds, endSeconds }, field, styles)
}

function styledCue(
  { startSeconds, endSeconds }: Pick<Cue, 'startSeconds' | 'endSeconds'>,
  field: AssFields,
  styles: ReadonlyMap<string, AssStyle>,
): Cue {
  const style = styles.get(field('style').replace(/^\*/u, '')) ?? PLAIN
  const { lines, alignment = style.alignment } = parseAssText(field('text'), style)
  const place = alignment === PLAIN.alignment ? USUAL_PLACE : keypadPlace(alignment)
  return { startSeconds, endSeconds, lines, place }
}

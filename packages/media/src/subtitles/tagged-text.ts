import { CueWriter } from './cue-writer.ts'
import type { CueLine } from './cue.ts'

/** Tags of SRT and WebVTT that style or name, and therefore go; `i` and `b` are kept as styles. */
const TAG = /<(\/?)(i|b|u|s|c|v|lang|ruby|rt|font|em|strong)(?:[\s.][^<>]*)?>|<\d[\d:.]*>/giu

/** ASS overrides that people put into SRT: `{\an8}`, `{\i1}`. */
const OVERRIDE = /^\{\\[^{}]*\}/u

/**
 * The lines of a cue of SRT or WebVTT. The few tags that the formats know are taken as styles or go; any
 * other markup is text like the rest and is shown as it stands.
 */
export function parseTaggedText(text: string, decode: (text: string) => string): CueLine[] {
  const writer = new CueWriter({ isItalic: false, isBold: false })
  let [italics, bolds] = [0, 0]
  let at = 0
  for (const found of text.matchAll(TAG)) {
    writer.text(decode(withoutOverrides(text.slice(at, found.index))))
    at = found.index + found[0].length
    const step = found[1] === '/' ? -1 : 1
    const name = found[2]?.toLowerCase()
    if (name === 'i' || name === 'em') italics = Math.max(0, italics + step)
    if (name === 'b' || name === 'strong') bolds = Math.max(0, bolds + step)
    writer.isItalic = italics > 0
    writer.isBold = bolds > 0
  }
  writer.text(decode(withoutOverrides(text.slice(at))))
  return writer.lines()
}

/** The number of the keypad that an `{\an8}` in the text names, or `null`. */
export function overrideAlignment(text: string): number | null {
  const found = /\{\\an([1-9])\}/u.exec(text)
  return found ? Number(found[1]) : null
}

function withoutOverrides(text: string): string {
  let out = ''
  let from = 0
  for (let at = text.indexOf('{\\'); at !== -1; at = text.indexOf('{\\', from)) {
    const found = OVERRIDE.exec(text.slice(at, at + 100))
    out += text.slice(from, at) + (found ? '' : '{\\')
    from = at + (found?.[0].length ?? 2)
  }
  return out + text.slice(from)
}

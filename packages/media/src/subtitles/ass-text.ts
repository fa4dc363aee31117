import { CueWriter } from './cue-writer.ts'
import type { CueLine } from './cue.ts'

/** The text of a dialogue line, and the key of the number pad that an override in it names. */
export interface AssText {
  readonly lines: CueLine[]
  readonly alignment?: number
}

/**
 * Reads the text of a dialogue line. Of its override blocks only italics, bold and alignment count; what
 * is drawn with points (`\p1`) isn't text and goes.
 */
export function parseAssText(
  text: string,
  style: { readonly isItalic: boolean; readonly isBold: boolean },
): AssText {
  const writer = new CueWriter(style)
  let alignment: number | undefined
  let isDrawing = false
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    // Without its other end, a brace is text.
    const close = open === -1 ? -1 : text.indexOf('}', open)
    const until = close === -1 ? text.length : open
    if (!isDrawing) writeText(writer, text.slice(at, until))
    if (close === -1) break
    for (const [, name, value = ''] of text.slice(open, close).matchAll(/\\(an|i|b|p|r)(\d*)/gu)) {
      if (name === 'i') writer.isItalic = value === '' ? style.isItalic : value !== '0'
      else if (name === 'b') writer.isBold = value === '' ? style.isBold : isBoldValue(value)
      else if (name === 'p') isDrawing = value !== '' && value !== '0'
      else if (name === 'an' && /^[1-9]$/u.test(value)) alignment ??= Number(value)
      else if (name === 'r') [writer.isItalic, writer.isBold] = [style.isItalic, style.isBold]
    }
    at = close + 1
  }
  const lines = writer.lines()
  return alignment === undefined ? { lines } : { lines, alignment }
}

function isBoldValue(value: string): boolean {
  return value === '1' || Number(value) >= 600
}

function writeText(writer: CueWriter, text: string): void {
  writer.text(text.replaceAll(/\\[Nn]/gu, '\n').replaceAll(String.raw`\h`, '\u00a0'))
}

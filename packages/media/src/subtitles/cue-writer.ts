import { LIMITS } from '@matinee/base'
import type { CueLine, CueRun } from './cue.ts'

/** C0 and C1 controls, and what TextDecoder puts where bytes made no sense at the start of a text. */
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/gu

/**
 * Collects the text of one cue: styles are switched, text and line breaks added. What is over the caps
 * is left out, so a cue is never longer than a screen could show.
 */
export class CueWriter {
  isItalic: boolean
  isBold: boolean
  #lines: CueRun[][] = [[]]
  #characters = 0

  constructor(style: { readonly isItalic: boolean; readonly isBold: boolean }) {
    this.isItalic = style.isItalic
    this.isBold = style.isBold
  }

  /** Adds text in the style of now; its line breaks begin new lines. */
  text(text: string): void {
    for (const [index, part] of text.slice(0, LIMITS.cueCharacters).split('\n').entries()) {
      if (index > 0) this.breakLine()
      this.#add(part)
    }
  }

  /** What follows stands on a new line. */
  breakLine(): void {
    if (this.#lines.length <= LIMITS.cueLines) this.#lines.push([])
  }

  /** The lines that have something to read, trimmed at both ends. */
  lines(): CueLine[] {
    return this.#lines
      .slice(0, LIMITS.cueLines)
      .map(trimmed)
      .filter((line) => line.length > 0)
  }

  #add(part: string): void {
    const room = LIMITS.cueCharacters - this.#characters
    const text = part.replaceAll('\t', ' ').replaceAll(CONTROLS, '').slice(0, room)
    if (text === '') return
    this.#characters += text.length
    const line = this.#lines.at(-1)
    const last = line?.at(-1)
    const { isItalic, isBold } = this
    if (last?.isItalic === isItalic && last.isBold === isBold)
      line?.splice(-1, 1, { ...last, text: last.text + text })
    else line?.push({ text, isItalic, isBold })
  }
}

function trimmed(line: readonly CueRun[]): CueLine {
  const out = [...line]
  while (out[0]?.text.trim() === '') out.shift()
  while (out.at(-1)?.text.trim() === '') out.pop()
  const [first] = out
  if (first) out[0] = { ...first, text: first.text.trimStart() }
  const last = out.at(-1)
  if (last) out[out.length - 1] = { ...last, text: last.text.trimEnd() }
  return out
}

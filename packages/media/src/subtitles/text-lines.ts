/** The longest line that is looked at, its markup included; the rest of it is passed over. */
const LINE_CHARACTERS = 32 * 1024

/** Lines of a text one after another, whatever ends them (LF, CR LF, CR). Holds one line at a time. */
export class TextLines {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The next line without its end, cut at 32 768 characters; `null` behind the last. */
  next(): string | null {
    if (this.#at >= this.#text.length) return null
    const start = this.#at
    const end = this.#lineEnd(start)
    const isPair = this.#text[end] === '\r' && this.#text[end + 1] === '\n'
    this.#at = end + (isPair ? 2 : 1)
    return this.#text.slice(start, Math.min(end, start + LINE_CHARACTERS))
  }

  #lineEnd(start: number): number {
    for (let at = start; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at)
      if (code === 10 || code === 13) return at
    }
    return this.#text.length
  }
}

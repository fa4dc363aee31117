/** What is fetched at once at least: boxes of an index are small, and lie side by side. */
const WINDOW_BYTES = 256 * 1024
/** No index and no picture of an honest film is larger. */
const MOST_BYTES = 32 * 1024 * 1024

/** These bytes of the film aren't on this computer, or aren't yet. */
export class NotHereError extends Error {
  override readonly name = 'NotHereError'
  readonly code = 'not-here'
}

/** Asks for a part of the film that is here. */
export type AskHere = (url: string, init: { readonly headers: HeadersInit }) => Promise<Response>

interface Stretch {
  readonly start: number
  readonly bytes: Uint8Array
}

/** The bytes of a film that are on this computer already. Asking for others fetches nothing: it fails. */
export class HereBytes {
  readonly #url: string
  readonly #ask: AskHere
  #kept: Stretch | null = null
  #lengthBytes: number | null = null

  /**
   * @param url of the film, absolute
   * @param ask default: `fetch`
   */
  constructor(url: string, ask: AskHere = (...asked) => fetch(...asked)) {
    this.#url = `${url}?here`
    this.#ask = ask
  }

  /** Of the whole film. Throws {@link NotHereError} when not even its first byte is here. */
  async length(): Promise<number> {
    if (this.#lengthBytes === null) await this.#part(0, 1)
    return this.#lengthBytes ?? 0
  }

  /** The bytes of a span. Throws {@link NotHereError} unless all of them are here, and above 32 MiB. */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (end - start > MOST_BYTES) throw new NotHereError(`${end - start} bytes at once`)
    const bytes = new Uint8Array(end - start)
    for (let at = start; at < end;) {
      const part = await this.#part(at, end)
      bytes.set(part, at - start)
      at += part.length
    }
    return bytes
  }

  /** Some bytes from `start` on, at least one. */
  async #part(start: number, end: number): Promise<Uint8Array> {
    const kept = this.#kept
    const isKept = kept !== null && start >= kept.start && start < kept.start + kept.bytes.length
    const from = isKept ? kept : await this.#load(start, Math.max(end, start + WINDOW_BYTES))
    return from.bytes.subarray(start - from.start, end - from.start)
  }

  async #load(start: number, end: number): Promise<Stretch> {
    const headers = { range: `bytes=${start}-${end - 1}` }
    const answer = await this.#ask(this.#url, { headers }).catch(() => null)
    const range = /^bytes (\d+)-\d+\/(\d+)$/u.exec(answer?.headers.get('content-range') ?? '')
    const bytes = answer?.status === 206 ? new Uint8Array(await answer.arrayBuffer()) : null
    if (bytes === null || bytes.length === 0 || Number(range?.[1] ?? -1) !== start)
      throw new NotHereError(`nothing from ${start} on`)
    this.#lengthBytes = Number(range?.[2])
    this.#kept = { start, bytes }
    return this.#kept
  }
}

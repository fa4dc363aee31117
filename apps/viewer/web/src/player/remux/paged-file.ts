/** Pages are so long: what a torrent's blocks are multiples of. */
export const PAGE_BYTES = 64 * 1024

/** So far ahead of what was asked for the file is read; then the server waits. */
const AHEAD_PAGES = 64
/** Pages that are kept, 32 MiB, the ones used last. */
const KEPT_PAGES = 512
/** A place so near ahead is waited for, not asked for anew. */
const NEAR_PAGES = 16
/** More is asked for at once by no honest film. */
const MAX_READ_BYTES = 64 * 1024 * 1024

/** The file can't be read. */
export class PagedFileError extends Error {
  override readonly name = 'PagedFileError'
  readonly code = 'network'
}

interface Waiting {
  readonly resolve: (page: Uint8Array<ArrayBuffer>) => void
  readonly reject: (error: unknown) => void
}

/**
 * A file behind an address, read in order from where it's asked for, as a browser reads a film. What was read is
 * kept for a while, so that whoever looks at the same bytes fetches nothing.
 */
export class PagedFile {
  readonly #url: string
  readonly #onPage: () => void
  /** In the order of their last use. */
  readonly #pages = new Map<number, Uint8Array<ArrayBuffer>>()
  readonly #waiting = new Map<number, Waiting[]>()
  #lengthBytes = 0
  #reading: AbortController | null = null
  /** The page that the running request brings next. */
  #next = 0
  /** The last page that somebody asked for. */
  #wanted = 0
  #wake: () => void = () => undefined

  /** @param onPage told when a page has come */
  constructor(url: string, onPage: () => void) {
    this.#url = url
    this.#onPage = onPage
  }

  get lengthBytes(): number {
    return this.#lengthBytes
  }

  /** Asks how long the file is. Throws {@link PagedFileError}. */
  async open(): Promise<number> {
    const response = await fetch(this.#url, { method: 'HEAD' }).catch(() => null)
    const length = Number(response?.headers.get('content-length') ?? 0)
    if (response === null || !response.ok || !(length > 0)) throw new PagedFileError('no such file')
    this.#lengthBytes = length
    return length
  }

  /** The bytes of a span, waited for. Throws {@link PagedFileError}. */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (end - start > MAX_READ_BYTES) throw new PagedFileError('too much at once')
    const bytes = new Uint8Array(end - start)
    for (let at = start; at < end;) {
      const number = Math.floor(at / PAGE_BYTES)
      const from = number * PAGE_BYTES
      const page = await this.#page(number)
      const part = page.subarray(at - from, Math.min(end - from, page.length))
      if (part.length === 0) throw new PagedFileError('the file is shorter than it said')
      bytes.set(part, at - start)
      at += part.length
    }
    return bytes
  }

  /** The bytes of a span if all of them are here. */
  peek(start: number, end: number): Uint8Array | null {
    const first = this.#pages.get(Math.floor(start / PAGE_BYTES))
    const from = Math.floor(start / PAGE_BYTES) * PAGE_BYTES
    if (first === undefined) return null
    if (end - from <= first.length) return first.subarray(start - from, end - from)
    const bytes = new Uint8Array(end - start)
    for (let at = start; at < end;) {
      const number = Math.floor(at / PAGE_BYTES)
      const page = this.#pages.get(number)
      const part = page?.subarray(at - number * PAGE_BYTES, end - number * PAGE_BYTES)
      if (part === undefined || part.length === 0) return null
      bytes.set(part, at - start)
      at += part.length
    }
    return bytes
  }

  #page(number: number): Promise<Uint8Array<ArrayBuffer>> {
    this.#wanted = number
    const kept = this.#pages.get(number)
    if (kept !== undefined) {
      this.#pages.delete(number)
      this.#pages.set(number, kept)
      this.#wake()
      return Promise.resolve(kept)
    }
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, [...(this.#waiting.get(number) ?? []), { resolve, reject }])
      const isOnItsWay =
        this.#reading !== null && number >= this.#next && number < this.#next + NEAR_PAGES
      if (isOnItsWay) this.#wake()
      else void this.#readFrom(number)
    })
  }

  async #readFrom(number: number): Promise<void> {
    this.#reading?.abort()
    const reading = new AbortController()
    this.#reading = reading
    this.#next = number
    try {
      await this.#fetchFrom(number, reading.signal)
      if (this.#reading === reading) this.#reading = null
    } catch (error) {
      if (this.#reading !== reading) return
      this.#reading = null
      this.#fail(error)
    }
    // Somebody waits for what lies elsewhere, as when two tracks lie far apart.
    const [left] = this.#waiting.keys()
    if (this.#reading === null && left !== undefined) void this.#readFrom(left)
  }

  async #fetchFrom(number: number, signal: AbortSignal): Promise<void> {
    const start = number * PAGE_BYTES
    const response = await fetch(this.#url, { headers: { range: `bytes=${start}-` }, signal })
    if (response.status !== 206 || response.body === null)
      throw new PagedFileError(`status ${response.status}`)
    let page = this.#emptyPage(number)
    let filled = 0
    for await (const chunk of chunksOf(response.body)) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + page.length - filled)
        page.set(part, filled)
        filled += part.length
        at += part.length
        if (filled < page.length) continue
        signal.throwIfAborted()
        this.#come(this.#next, page)
        this.#next++
        filled = 0
        page = this.#emptyPage(this.#next)
        // Others may wait for what lies behind: they come first.
        if (page.length === 0 || this.#isAwaitedElsewhere()) return
        while (this.#next > this.#wanted + AHEAD_PAGES) {
          await new Promise<void>((resolve) => (this.#wake = resolve))
          signal.throwIfAborted()
        }
      }
    }
    // It brought nothing: asked again it would bring as much.
    if (this.#next === number) throw new PagedFileError('the file is shorter than it said')
  }

  #isAwaitedElsewhere(): boolean {
    const [first] = this.#waiting.keys()
    return first !== undefined && (first < this.#next || first >= this.#next + NEAR_PAGES)
  }

  #emptyPage(number: number): Uint8Array<ArrayBuffer> {
    const left = this.#lengthBytes - number * PAGE_BYTES
    return new Uint8Array(Math.max(0, Math.min(PAGE_BYTES, left)))
  }

  #come(number: number, page: Uint8Array<ArrayBuffer>): void {
    this.#pages.set(number, page)
    const [oldest] = this.#pages.keys()
    if (this.#pages.size > KEPT_PAGES && oldest !== undefined) this.#pages.delete(oldest)
    for (const { resolve } of this.#waiting.get(number) ?? []) resolve(page)
    this.#waiting.delete(number)
    this.#onPage()
  }

  #fail(error: unknown): void {
    const all = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    for (const { reject } of all)
      reject(error instanceof PagedFileError ? error : new PagedFileError(String(error)))
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Torrent } from '@matinee/engine'

const TICK_MS = 40

/** Watches one file of a torrent in real time, as a browser plays it, and compares every byte. */
export class FilmWatcher {
  readonly #torrent: Torrent
  readonly #film: Uint8Array
  readonly #bytesPerSecond: number
  #position = 0
  #firstMs: number | null = null
  #isOver = false
  /** How often the film stood still. */
  stalls = 0

  constructor(torrent: Torrent, film: Uint8Array, bytesPerSecond: number) {
    this.#torrent = torrent
    this.#film = film
    this.#bytesPerSecond = bytesPerSecond
  }

  /**
   * Opens at a byte, begins to play when `startSeconds` of film are here, plays for `watchSeconds`, closes.
   * Returns how long it took until the first byte, and from there until the film began, in milliseconds.
   */
  async play(
    start: number,
    startSeconds: number,
    watchSeconds: number,
  ): Promise<{ readonly firstMs: number; readonly restMs: number }> {
    const openMs = performance.now()
    this.#position = start
    this.#firstMs = null
    this.#isOver = false
    const span = { start, end: this.#film.length }
    const end = new AbortController()
    await using reader = await this.#torrent.openFile(0, span, undefined, {
      bytesPerSecond: this.#bytesPerSecond,
    })
    const reading = this.#read(reader, end.signal)
    const enough = start + startSeconds * this.#bytesPerSecond
    while (this.#position < enough) {
      assert.ok(!this.#isOver, 'the film ended before it began')
      await wait(5)
    }
    const firstMs = this.#firstMs ?? openMs
    const restMs = performance.now() - firstMs
    await this.#watch(start, watchSeconds)
    end.abort()
    await reader[Symbol.asyncDispose]()
    await reading
    return { firstMs: firstMs - openMs, restMs }
  }

  async #watch(start: number, seconds: number): Promise<void> {
    const startMs = performance.now()
    let isStalled = false
    for (let passed = 0; passed < seconds; passed = (performance.now() - startMs) / 1000) {
      await wait(TICK_MS)
      const playhead = start + passed * this.#bytesPerSecond
      const isDry = playhead > this.#position && this.#position < this.#film.length
      if (isDry && !isStalled) this.stalls++
      isStalled = isDry
    }
  }

  async #read(reader: AsyncIterable<Uint8Array>, end: AbortSignal): Promise<void> {
    try {
      for await (const bytes of reader) {
        this.#firstMs ??= performance.now()
        const { length } = bytes
        const right = this.#film.subarray(this.#position, this.#position + length)
        assert.equal(Buffer.compare(bytes, right), 0, `bytes from ${this.#position} on`)
        this.#position += length
      }
    } catch (error) {
      if (!end.aborted) throw error
    } finally {
      this.#isOver = true
    }
  }
}

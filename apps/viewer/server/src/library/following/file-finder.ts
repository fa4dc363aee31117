import type { Clock } from '@matinee/base'
import type { WantedFile } from '@matinee/catalogue'
import type { KeptFiles } from './feed-copy.ts'
import { noteDemoted, noteThrown, type SourceBook, type SourceEntry } from './source-book.ts'

/** Finds files whose hash is signed: in our own copy, then with whoever has them. What was found is in the copy afterwards. */
export class FileFinder {
  readonly #copy: KeptFiles
  readonly #sources: SourceBook
  readonly #clock: Clock

  constructor(copy: KeptFiles, sources: SourceBook, clock: Clock) {
    this.#copy = copy
    this.#sources = sources
    this.#clock = clock
  }

  /**
   * `null` = nobody has it as it was signed. Throws the signal's reason, and what is nobody's fault.
   *
   * @param first whom to ask before all others
   */
  async find(
    wanted: WantedFile,
    first: SourceEntry | null,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const own = await this.#copy.read(wanted, signal)
    if (own !== null) return own
    for (const entry of this.#sources.inOrder(first)) {
      const bytes = await this.#ask(entry, wanted, signal)
      if (bytes === null) continue
      await this.#copy.write(wanted.path, bytes)
      return bytes
    }
    return null
  }

  async #ask(
    entry: SourceEntry,
    wanted: WantedFile,
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    try {
      const bytes = await entry.source.read(wanted, signal)
      if (bytes === null || this.#copy.isOf(bytes, wanted)) return bytes
      // C12: a mirror with other bytes costs nothing but its place.
      noteDemoted(entry, 'file-hash', this.#clock.wallMs())
    } catch (error) {
      signal.throwIfAborted()
      noteThrown(entry, error, this.#clock.wallMs())
    }
    return null
  }
}

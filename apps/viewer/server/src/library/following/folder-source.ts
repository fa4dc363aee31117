import { messageOf } from '@matinee/base'
import type { WantedFile } from '@matinee/catalogue'
import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceError, type FeedSource } from './feed-source.ts'

/** A feed's folder on this computer, or on a stick. */
export class FolderSource implements FeedSource {
  readonly kind = 'folder'
  readonly #folder: string

  /** @param folder absolute */
  constructor(folder: string) {
    this.#folder = folder
  }

  async read({ path, maxBytes }: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    signal.throwIfAborted()
    try {
      // Not to wait for ever where a pipe lies in place of a file.
      const flags = constants.O_RDONLY | constants.O_NONBLOCK
      await using file = await open(join(this.#folder, path), flags)
      const found: Stats = await file.stat()
      if (!found.isFile()) return null
      if (found.size > maxBytes)
        throw new SourceError('too-large', `${path} has more than ${maxBytes} bytes`)
      return new Uint8Array(await file.readFile({ signal }))
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof SourceError) throw error
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOENT' || code === 'ENOTDIR') return null
      throw new SourceError('unreachable', messageOf(error), { cause: error })
    }
  }
}

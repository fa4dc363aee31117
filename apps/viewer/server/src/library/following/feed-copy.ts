import { toHex, type Hash } from '@matinee/base'
import { TIMESTAMP_FILE, roleFile, type WantedFile } from '@matinee/catalogue'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { GoodRefresh } from './feed-ledger.ts'
import { FolderSource } from './folder-source.ts'

/** Where verified files are kept. */
export interface KeptFiles {
  /** A file that is here, and still is what its hash says; `null` = it must be fetched. */
  read(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null>
  /** Whether bytes are what was wanted, as far as its hash is known. */
  isOf(bytes: Uint8Array, wanted: Pick<WantedFile, 'sha256'>): boolean
  /** Keeps a verified file. Throws what the file system throws. */
  write(path: string, bytes: Uint8Array): Promise<void>
}

/**
 * Our own copy of a followed feed: a feed's folder with what was verified, file by file as it came. It is read before
 * anybody is asked, and is a whole source for others. What is written is whole or isn't there.
 */
export class FeedCopy implements KeptFiles {
  readonly folder: string
  readonly #hash: Pick<Hash, 'sha256'>
  readonly #files: FolderSource

  /** @param folder absolute; made with the first file */
  constructor(folder: string, hash: Pick<Hash, 'sha256'>) {
    this.folder = folder
    this.#hash = hash
    this.#files = new FolderSource(folder)
  }

  async read(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    if (wanted.sha256 === null) return null
    const bytes = await this.#files.read(wanted, signal).catch(() => {
      signal.throwIfAborted()
      // A copy that can't be read is as good as none: somebody else has it.
      return null
    })
    return bytes !== null && this.isOf(bytes, wanted) ? bytes : null
  }

  isOf(bytes: Uint8Array, { sha256 }: Pick<WantedFile, 'sha256'>): boolean {
    return sha256 === null || toHex(this.#hash.sha256(bytes)) === sha256
  }

  /** A file that is here, whatever is in it; `null` = there is none. Throws what reading it throws. */
  readOwn(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    return this.#files.read(wanted, signal)
  }

  /** Bytes of a file; `null` = it isn't here. */
  async lengthOf(path: string): Promise<number | null> {
    const found = await stat(join(this.folder, path)).catch(() => null)
    return found?.isFile() === true ? found.size : null
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.folder, path)
    await mkdir(dirname(target), { recursive: true })
    const part = join(this.folder, `.${randomUUID()}.part`)
    try {
      await writeFile(part, bytes)
      await rename(part, target)
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }

  /** Every file's path in the feed, with slashes. */
  async paths(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        relative(this.folder, join(parentPath, name)).replaceAll(sep, '/'),
      )
  }

  /** Deletes what isn't among these. */
  async keepOnly(paths: ReadonlySet<string>): Promise<void> {
    for (const path of await this.paths())
      if (!paths.has(path)) await rm(join(this.folder, path), { force: true })
  }

  /** Deletes all of it. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Puts a version's roles into a copy; the timestamp last, so that whoever reads meanwhile meets a whole version. */
export async function writeMetadata(copy: KeptFiles, { files, feed }: GoodRefresh): Promise<void> {
  const { snapshot, targets, timestamp } = files
  if (snapshot !== null) await copy.write(roleFile('snapshot', feed.snapshot.version), snapshot)
  for (const [name, bytes] of targets) {
    const version = feed.snapshot.roles.get(name)?.version
    if (version !== undefined) await copy.write(roleFile(name, version), bytes)
  }
  if (timestamp !== null) await copy.write(TIMESTAMP_FILE, timestamp)
}

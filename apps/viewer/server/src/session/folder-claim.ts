import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readPrivateFile, writePrivateFile } from './private-folder.ts'
import { SQLITE_BUSY, sqliteCodeOf } from '../shelf/sqlite-code.ts'

/** Another Matinee keeps its things in this data folder already. */
export class FolderClaimedError extends Error {
  override readonly name = 'FolderClaimedError'
  readonly code = 'folder-claimed'
  /** Where the other one can be opened, when it said so. */
  readonly url: string | null

  constructor(folder: string, url: string | null) {
    super(`another Matinee runs with ${folder}`)
    this.url = url
  }
}

/** A folder can't be the data folder: it isn't one, or it can't be written to. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
  readonly code = 'data-folder'
}

/**
 * Holds a data folder for one viewer: two would write over each other's sessions, settings and films. The lock is
 * SQLite's on an empty file, so that it ends with the process however that ends, on every platform.
 */
export class FolderClaim implements Disposable {
  readonly #addressPath: string
  readonly #lock: DatabaseSync

  private constructor(addressPath: string, lock: DatabaseSync) {
    this.#addressPath = addressPath
    this.#lock = lock
  }

  /** Throws {@link FolderClaimedError}, and what the file system throws. */
  static async open(folder: string): Promise<FolderClaim> {
    const path = join(folder, 'viewer.lock')
    const addressPath = join(folder, 'viewer-address.txt')
    await (await open(path, 'a', 0o600)).close()
    const lock = new DatabaseSync(path)
    try {
      // Nothing is ever written, so no journal has to lie beside it.
      lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
      // The address of whoever was here before.
      await rm(addressPath, { force: true })
      return new FolderClaim(addressPath, lock)
    } catch (error) {
      lock.close()
      if (sqliteCodeOf(error) !== SQLITE_BUSY) throw error
      throw new FolderClaimedError(folder, readAddress(await readPrivateFile(addressPath)))
    }
  }

  /** Tells whoever finds the folder claimed where the viewer is. Without a secret. */
  async say(url: string): Promise<void> {
    await writePrivateFile(this.#addressPath, `${url}\n`)
  }

  [Symbol.dispose](): void {
    if (this.#lock.isOpen) this.#lock.close()
  }
}

/** The address in the file; null when there is none, or something else. */
function readAddress(text: string | null): string | null {
  return /^(http:\/\/(?:127\.0\.0\.1|\[::1\]):\d{1,5}\/)\n$/u.exec(text ?? '')?.[1] ?? null
}

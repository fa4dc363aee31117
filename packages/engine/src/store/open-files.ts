import { LIMITS } from '@matinee/base'
import type { Disk, DiskFile } from '@matinee/base'

type Mode = 'read' | 'write'

/** The right to use an open file, until it is given back. */
export interface Lease extends Disposable {
  readonly file: DiskFile
  /** A second right to the same open file, given back by itself. */
  share(): Lease
}

interface OpenFile {
  readonly path: string
  readonly mode: Mode
  readonly file: Promise<DiskFile>
  users: number
  /** No longer handed out; closes with its last user. */
  isRetired: boolean
}

/** The open files of a torrent. One that is in use is never closed; of the others the oldest go first. */
export class OpenFiles {
  readonly #disk: Disk
  /** In the order of last use. */
  readonly #open = new Map<string, OpenFile>()
  readonly #closing = new Set<Promise<void>>()
  #isOver = false

  constructor(disk: Disk) {
    this.#disk = disk
  }

  /** Opens a file or takes the open one; a file that is open for writing is good for reading. Throws DiskError. */
  async lease(path: string, mode: Mode): Promise<Lease> {
    let entry = this.#open.get(path)
    if (entry !== undefined && mode === 'write' && entry.mode === 'read') {
      this.retire(path)
      entry = undefined
    }
    if (entry === undefined) {
      const isRetired = this.#isOver
      entry = { path, mode, file: this.#disk.open(path, mode), users: 0, isRetired }
      if (!isRetired) this.#open.set(path, entry)
    }
    entry.users++
    try {
      return this.#lease(entry, await entry.file)
    } catch (error) {
      entry.isRetired = true
      if (this.#open.get(path) === entry) this.#open.delete(path)
      throw error
    }
  }

  /** The open file, if there is one, is not handed out again. */
  retire(path: string): void {
    const entry = this.#open.get(path)
    if (entry === undefined) return
    this.#open.delete(path)
    entry.isRetired = true
    if (entry.users === 0) this.#close(entry)
  }

  /** Retires one, and resolves when what nobody uses is closed. */
  async closed(path: string): Promise<void> {
    this.retire(path)
    await Promise.all(this.#closing)
  }

  /** Retires all, and resolves when those in nobody's use are closed. What is leased later closes with its user. */
  async closeAll(): Promise<void> {
    this.#isOver = true
    for (const path of this.#open.keys()) this.retire(path)
    await Promise.all(this.#closing)
  }

  #lease(entry: OpenFile, file: DiskFile): Lease {
    let isGivenBack = false
    return {
      file,
      share: () => {
        entry.users++
        return this.#lease(entry, file)
      },
      [Symbol.dispose]: () => {
        if (isGivenBack) return
        isGivenBack = true
        this.#giveBack(entry)
      },
    }
  }

  #giveBack(entry: OpenFile): void {
    entry.users--
    if (entry.users > 0) return
    if (entry.isRetired) {
      this.#close(entry)
      return
    }
    this.#open.delete(entry.path)
    this.#open.set(entry.path, entry)
    const idle = [...this.#open.values()].filter(({ users }) => users === 0)
    for (const { path } of idle.slice(0, -LIMITS.idleFiles)) this.retire(path)
  }

  #close(entry: OpenFile): void {
    const closing = entry.file
      .then((file) => file.close())
      // What matters was synced before: an error at closing has nothing left to say.
      .catch(() => {})
      .finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}

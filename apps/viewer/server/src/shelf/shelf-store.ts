import type { Log } from '@matinee/base'
import { Worker } from 'node:worker_threads'
import { NewerDataError } from '../session/newer-data.ts'
import type { ShelfAct, ShelfAnswer, ShelfOrder } from './shelf-call.ts'
import type { ShelfDatabase } from './shelf-database.ts'
import { SQLITE_FULL } from './sqlite-code.ts'

/** The shelf couldn't do it: `disk-full`, `disk` (it failed), or `closed`. Nothing was changed. */
export class ShelfError extends Error {
  override readonly name = 'ShelfError'
  readonly code: 'disk-full' | 'disk' | 'closed'

  constructor(code: ShelfError['code'], message: string) {
    super(message)
    this.code = code
  }
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: ShelfError): void
}

/** {@link ShelfDatabase}, from the main thread. A promise of an act that writes keeps when it's on the disk. */
export type Shelf = {
  [Act in ShelfAct]: (
    ...input: Parameters<ShelfDatabase[Act]>
  ) => Promise<ReturnType<ShelfDatabase[Act]>>
}

/** What this viewer watched, keeps as a favourite and put on lists: one file of the data folder, one worker. */
export class ShelfStore implements AsyncDisposable {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: Promise<void>
  #lastId = 0
  #isClosed = false
  /** Where a shelf that couldn't be read was put; null = nothing was wrong. */
  readonly setAside: string | null

  private constructor(worker: Worker, setAside: string | null) {
    this.#worker = worker
    this.setAside = setAside
    worker.on('message', (answer: ShelfAnswer) => this.#settle(answer))
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#isClosed = true
        for (const waiting of this.#waiting.values())
          waiting.reject(new ShelfError('closed', 'the shelf was closed'))
        this.#waiting.clear()
        resolve()
      })
    })
  }

  /**
   * Opens a shelf, or makes one. A file that can't be read is put aside, and said to `log`.
   *
   * Throws {@link ShelfError} when there can be none, NewerDataError for one of a newer Matinee, which is left as it is.
   */
  static async open(path: string, log: Log): Promise<ShelfStore> {
    const worker = new Worker(new URL('./shelf-worker.ts', import.meta.url), {
      workerData: { path },
    })
    const setAside = await new Promise<string | null>((resolve, reject) => {
      worker.once('error', (error) => reject(new ShelfError('disk', String(error))))
      worker.once('message', (answer: ShelfAnswer) => {
        if (answer.kind === 'opened') resolve(answer.setAside)
        if (answer.kind === 'newer') reject(new NewerDataError(path))
      })
    })
    worker.removeAllListeners('error')
    worker.on('error', (error) => log.error('the shelf ended', { reason: String(error) }))
    if (setAside !== null) log.warn('the shelf could not be read; it was put aside', { setAside })
    return new ShelfStore(worker, setAside)
  }

  /** The acts of the shelf, in the order in which they are called. All throw {@link ShelfError}. */
  readonly acts: Shelf = {
    recordProgress: (...input) => this.#call('recordProgress', input),
    setWatched: (...input) => this.#call('setWatched', input),
    progressOf: (...input) => this.#call('progressOf', input),
    latest: (...input) => this.#call('latest', input),
    watchedCount: (...input) => this.#call('watchedCount', input),
    setFavourite: (...input) => this.#call('setFavourite', input),
    favourites: (...input) => this.#call('favourites', input),
    favouritesAmong: (...input) => this.#call('favouritesAmong', input),
    lists: (...input) => this.#call('lists', input),
    addList: (...input) => this.#call('addList', input),
    renameList: (...input) => this.#call('renameList', input),
    removeList: (...input) => this.#call('removeList', input),
    putOnList: (...input) => this.#call('putOnList', input),
    takeOffList: (...input) => this.#call('takeOffList', input),
    workIds: (...input) => this.#call('workIds', input),
    identities: (...input) => this.#call('identities', input),
    rememberIdentities: (...input) => this.#call('rememberIdentities', input),
    history: (...input) => this.#call('history', input),
    forgetSitting: (...input) => this.#call('forgetSitting', input),
    forgetHistory: (...input) => this.#call('forgetHistory', input),
    exportFile: (...input) => this.#call('exportFile', input),
    importFile: (...input) => this.#call('importFile', input),
    summary: (...input) => this.#call('summary', input),
    entriesAt: (...input) => this.#call('entriesAt', input),
    merge: (...input) => this.#call('merge', input),
    seal: (...input) => this.#call('seal', input),
    mergeSealed: (...input) => this.#call('mergeSealed', input),
  }

  /** Writes what was asked before, and ends. Idempotent. */
  async close(): Promise<void> {
    if (!this.#isClosed) this.#worker.postMessage({ kind: 'close' } satisfies ShelfOrder)
    this.#isClosed = true
    await this.#ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #call<Act extends ShelfAct>(
    act: Act,
    input: Parameters<ShelfDatabase[Act]>,
  ): Promise<ReturnType<ShelfDatabase[Act]>> {
    if (this.#isClosed) throw new ShelfError('closed', 'the shelf was closed')
    const id = ++this.#lastId
    const value = await new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ kind: 'call', id, act, input } satisfies ShelfOrder)
    })
    // The worker answered with what this very act returned.
    return value as ReturnType<ShelfDatabase[Act]>
  }

  #settle(answer: ShelfAnswer): void {
    if (answer.kind === 'opened' || answer.kind === 'newer') return
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.kind === 'done') waiting?.resolve(answer.value)
    else
      waiting?.reject(
        new ShelfError(answer.code === SQLITE_FULL ? 'disk-full' : 'disk', answer.reason),
      )
  }
}

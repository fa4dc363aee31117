import {
  messageOf,
  MIB,
  parentOf,
  pathIn,
  SECOND_MS,
  type ByteSpan,
  type Clock,
  type Disk,
  type FileFacts,
  type Hash,
  type Log,
  type Timer,
} from '@matinee/base'
import type { BlockRun, BlockSet } from './block-set.ts'
import type { Claims } from './claims.ts'
import { encodeResume, otherSlot, saveResume } from './resume-file.ts'
import type { LoadedResume, ResumeSlot, ResumeSubject } from './resume-file.ts'
import type { SyncOutcome } from './stored-file.ts'

/** A power cut loses at most this much time, or … */
const EVERY_MS = 5 * SECOND_MS
/** … this many bytes. */
const EVERY_BYTES = 64 * MIB

/** A file whose bytes a checkpoint makes lasting first. */
export interface SyncedFile {
  readonly index: number
  sync(): Promise<SyncOutcome>
}

export interface CheckpointerOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly log: Log
  readonly hash: Hash
  readonly folder: string
  readonly subject: ResumeSubject
  readonly loaded: LoadedResume
  readonly claims: Claims
  /** Files with bytes that aren't synced. */
  unsyncedFiles(): readonly SyncedFile[]
  /** Blocks whose bytes are queued or being written. */
  blocksUnderWay(): readonly BlockRun[]
  /** The blocks that a span of a file lies in. */
  blocksOf(file: SyncedFile, spans: readonly ByteSpan[]): readonly BlockRun[]
  /** The disk failed; `lost` were marked and are to be fetched again to be kept. */
  onTrouble(error: unknown, lost: readonly number[]): void
}

/**
 * Writes resume files, in the one order that survives a power cut (row A3): the data is synced, and
 * its folder; only then the resume file that names it goes into its place. Two generations take turns.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions
  #serial: number
  #slot: ResumeSlot
  #running: Promise<void> | null = null
  #following: Promise<void> | null = null
  #timer: Timer | null = null
  #isStopped = false
  #writtenBytes = 0
  /** Names in the folder, and the folder's own, that a power cut could still take. */
  #isFolderNew = true
  #hasSaved = false

  constructor(options: CheckpointerOptions) {
    this.#options = options
    const { loaded } = options
    this.#serial = loaded.kind === 'state' ? loaded.state.serial : 0
    this.#slot = loaded.kind === 'state' ? loaded.slot : 'resume.b'
  }

  /** Whether the resume state on the disk is another one than at the start. */
  get hasSaved(): boolean {
    return this.#hasSaved
  }

  /** Something is to be said in the next resume file. */
  noteChange(): void {
    if (this.#isStopped || this.#timer !== null) return
    this.#timer = this.#options.clock.setTimer(EVERY_MS, () => this.#runUnasked())
  }

  noteWritten(byteCount: number): void {
    this.#writtenBytes += byteCount
    if (this.#writtenBytes >= EVERY_BYTES && !this.#isStopped) this.#runUnasked()
  }

  /** A data file may have been made. */
  noteNewFile(): void {
    this.#isFolderNew = true
  }

  /** Syncs and writes what is there at the time of the call, or a little later. Throws DiskError. */
  run(): Promise<void> {
    // NOTE: one that waits its turn is asked first: between two there is a moment with none running.
    if (this.#following !== null) return this.#following
    if (this.#running === null) return this.#start()
    this.#following = this.#running
      .catch(() => {
        // Its own caller hears of it; this one asked for another.
      })
      .then(() => {
        this.#following = null
        return this.#start()
      })
    return this.#following
  }

  /** No unasked checkpoint begins any more; resolves when none is running. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    this.#timer = null
    await (this.#following ?? this.#running)?.catch(() => {
      // Its own caller hears of it.
    })
  }

  /** The clean marker: everything is synced, and nothing will be written after it. Throws DiskError. */
  async finish(files: ReadonlyMap<number, FileFacts>): Promise<void> {
    await this.#syncFolders()
    await this.#save(this.#options.claims.begin([]).next, true, files)
  }

  #start(): Promise<void> {
    this.#timer?.cancel()
    this.#timer = null
    this.#writtenBytes = 0
    const running = this.#checkpoint().finally(() => {
      if (this.#running === running) this.#running = null
    })
    this.#running = running
    return running
  }

  #runUnasked(): void {
    this.#timer = null
    this.#writtenBytes = 0
    this.run().catch((error: unknown) => {
      this.#options.log.warn('checkpoint failed', { reason: messageOf(error) })
    })
  }

  async #checkpoint(): Promise<void> {
    const { claims } = this.#options
    const { named, next, wasExact } = claims.begin(this.#options.blocksUnderWay())
    const lost: number[] = []
    let failure: unknown = null
    try {
      failure = await this.#syncFiles(next, lost)
      if (!wasExact || !next.isWithin(named) || !named.isWithin(next)) {
        await this.#syncFolders()
        const isRetracting = !named.isWithin(next)
        await this.#save(next, false, new Map())
        // The older generation still names what this one takes back.
        if (isRetracting) await this.#removeOlder()
      }
      claims.finish(next)
    } catch (error) {
      failure ??= error
    }
    if (claims.isNews) this.noteChange()
    if (failure === null) return
    this.#options.onTrouble(failure, lost)
    throw failure as Error
  }

  /** Syncs the data. Takes what may have been lost out of `next`; returns the first failure. */
  async #syncFiles(next: BlockSet, lost: number[]): Promise<unknown> {
    let failure: unknown = null
    for (const file of this.#options.unsyncedFiles()) {
      const outcome = await file.sync()
      if (outcome.kind === 'synced') continue
      failure ??= outcome.error
      for (const run of this.#options.blocksOf(file, outcome.spans)) {
        lost.push(...this.#options.claims.suspect(run))
        for (let block = run.start; block < run.end; block++) next.clear(block)
      }
    }
    return failure
  }

  async #syncFolders(): Promise<void> {
    if (!this.#isFolderNew) return
    const { disk, folder } = this.#options
    this.#isFolderNew = false
    try {
      await disk.makeFolder(folder)
      await disk.syncFolder(folder)
      await disk.syncFolder(parentOf(folder))
    } catch (error) {
      this.#isFolderNew = true
      throw error
    }
  }

  async #save(
    blocks: BlockSet,
    isClean: boolean,
    files: ReadonlyMap<number, FileFacts>,
  ): Promise<void> {
    const { disk, folder, subject, hash } = this.#options
    const state = { serial: this.#serial + 1, isClean, blocks, files }
    const slot = otherSlot(this.#slot)
    this.#hasSaved = true
    await saveResume(disk, folder, slot, encodeResume(state, subject, hash))
    this.#serial = state.serial
    this.#slot = slot
  }

  async #removeOlder(): Promise<void> {
    const { disk, folder } = this.#options
    await disk.remove(pathIn(folder, otherSlot(this.#slot)))
    await disk.syncFolder(folder)
  }
}

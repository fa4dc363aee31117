import { DiskError, assert, type ByteSpan } from '@matinee/base'
import type { Lease, OpenFiles } from './open-files.ts'
import { StoreError } from './store-error.ts'
import { WriteQueue, toRuns, type QueuedWrite } from './write-queue.ts'

/** What a file asks of the store it belongs to. */
export interface StoredFileHost {
  /** Called before bytes go down into these spans of the file; what it throws fails the writes. */
  beforeWriting(file: StoredFile, spans: readonly ByteSpan[]): Promise<void>
  /** Bytes are in the file, not yet for good. `isFirst`: the file itself may be new. */
  onWritten(file: StoredFile, byteCount: number, isFirst: boolean): void
}

/** What came of making a file's bytes lasting. */
export type SyncOutcome =
  | { readonly kind: 'synced' }
  /** Nobody knows what of these spans (of the file) is on the disk. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly spans: readonly ByteSpan[] }

/**
 * One section of a torrent on the disk: its queue of writes (one system call at a time, neighbours
 * together), its reads, which see what is queued, and what isn't synced yet.
 */
export class StoredFile {
  /** The section's number. */
  readonly index: number
  readonly path: string
  readonly #open: OpenFiles
  readonly #host: StoredFileHost
  readonly #queue = new WriteQueue()
  #pump: Promise<void> | null = null
  /** Written and not yet synced. */
  #unsynced: ByteSpan[] = []
  /** Keeps open what has unsynced bytes: a sync through another handle may miss a write error. */
  #writer: Lease | null = null
  #failedSyncs = 0
  #wasWritten = false

  constructor(index: number, path: string, open: OpenFiles, host: StoredFileHost) {
    this.index = index
    this.path = path
    this.#open = open
    this.#host = host
  }

  get isUnsynced(): boolean {
    return this.#unsynced.length > 0
  }

  /** Spans of the file whose bytes may still be under way. */
  pendingSpans(): readonly ByteSpan[] {
    return this.#queue.pending().map(({ span }) => span)
  }

  /** Resolves when the bytes are in the file (not synced). Keeps `bytes` until then. Throws DiskError. */
  write(span: ByteSpan, bytes: Uint8Array): Promise<void> {
    assert(span.end - span.start === bytes.length, 'a write is as long as its span')
    return new Promise((resolve, reject) => {
      this.#queue.push({
        span,
        bytes,
        settle: (error) => (error === null ? resolve() : reject(error as Error)),
      })
      this.#pump ??= this.#writeAll()
    })
  }

  /** Fills `into` from `span`. Throws DiskError, and StoreError `missing` when the file is too short. */
  async read(span: ByteSpan, into: Uint8Array): Promise<void> {
    // NOTE: copied before the disk is read: a write that ends meanwhile may be missed by the disk's answer.
    const gaps = this.#queue.overlay(span, into)
    if (gaps.length === 0) return
    using lease = await this.#open.lease(this.path, 'read').catch((error: unknown) => {
      throw isNotFound(error) ? this.#missing(span, error) : error
    })
    for (const gap of gaps) {
      const target = into.subarray(gap.start - span.start, gap.end - span.start)
      const count = await lease.file.read(gap.start, target)
      if (count < target.length) throw this.#missing(gap)
    }
  }

  /** Makes lasting what was written before the call. */
  async sync(): Promise<SyncOutcome> {
    const spans = this.#unsynced
    const writer = this.#writer
    if (spans.length === 0 || writer === null) return { kind: 'synced' }
    this.#unsynced = []
    try {
      await writer.file.sync()
    } catch (error) {
      // A system reports a failed sync once and then forgets the pages: neither these bytes nor this
      // handle can be believed again, and trying once more would lie.
      this.#failedSyncs++
      this.#open.retire(this.path)
      this.#releaseWriter()
      const under = this.#unsynced
      this.#unsynced = []
      return { kind: 'failed', error, spans: [...spans, ...under] }
    }
    if (this.#unsynced.length === 0) this.#releaseWriter()
    return { kind: 'synced' }
  }

  /** The file is about to be removed: nothing of it has to last. Nothing may be queued. */
  forget(): void {
    this.#unsynced = []
    this.#releaseWriter()
    this.#open.retire(this.path)
  }

  /** Resolves when nothing is queued. */
  async drained(): Promise<void> {
    while (this.#pump !== null) await this.#pump
  }

  async #writeAll(): Promise<void> {
    // One turn later: the blocks of one socket read become one write.
    await Promise.resolve()
    for (;;) {
      const batch = this.#queue.start()
      if (batch.length === 0) break
      await this.#writeBatch(batch)
    }
    this.#pump = null
  }

  async #writeBatch(batch: readonly QueuedWrite[]): Promise<void> {
    try {
      await this.#host.beforeWriting(
        this,
        batch.map(({ span }) => span),
      )
      using lease = await this.#open.lease(this.path, 'write')
      for (const run of toRuns(batch)) await this.#writeRun(run, lease)
    } catch (error) {
      this.#settle(batch, error)
    }
  }

  async #writeRun(run: readonly QueuedWrite[], lease: Lease): Promise<void> {
    const start = run[0]?.span.start ?? 0
    const end = run.at(-1)?.span.end ?? start
    const failedSyncs = this.#failedSyncs
    let failure: unknown = null
    try {
      await lease.file.write(
        start,
        run.map(({ bytes }) => bytes),
      )
      if (this.#failedSyncs !== failedSyncs)
        throw new DiskError('io', `a sync of ${this.path} failed during a write`)
      this.#writer ??= lease.share()
      this.#unsynced.push({ start, end })
      this.#host.onWritten(this, end - start, !this.#wasWritten)
      this.#wasWritten = true
    } catch (error) {
      failure = error
    }
    this.#settle(run, failure)
  }

  #settle(writes: readonly QueuedWrite[], error: unknown): void {
    this.#queue.finish(writes)
    for (const write of writes) write.settle(error)
  }

  #releaseWriter(): void {
    this.#writer?.[Symbol.dispose]()
    this.#writer = null
  }

  #missing(span: ByteSpan, cause?: unknown): StoreError {
    const message = `${this.path} has no bytes ${span.start} to ${span.end}`
    return new StoreError('missing', message, { cause })
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof DiskError && error.code === 'not-found'
}

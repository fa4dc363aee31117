import { SILENT_LOG, assert } from '@matinee/base'
import type { ByteSpan } from '@matinee/base'
import type { Layout } from '@matinee/protocol'
import type { BlockMap } from './block-map.ts'
import type { BlockRun, BlockSet } from './block-set.ts'
import { Checkpointer } from './checkpointer.ts'
import { Claims } from './claims.ts'
import { OpenFiles } from './open-files.ts'
import { factsOf, type OpeningClaims, type StoredFiles } from './opening-claims.ts'
import type { LoadedResume, ResumeSubject } from './resume-file.ts'
import { StoreError } from './store-error.ts'
import { StoredFile, type StoredFileHost } from './stored-file.ts'
import type { TorrentStore, TorrentStoreOptions } from './torrent-store.ts'

/** So many files may have bytes that aren't synced, and are therefore held open. */
const MAX_UNSYNCED_FILES = 64

/** {@link TorrentStore} as it is: splits acts over files, and keeps claims and files in step. */
export class DiskStore implements TorrentStore {
  readonly claimed: BlockSet
  readonly doubted: BlockSet
  readonly trusted: boolean
  readonly #options: TorrentStoreOptions
  readonly #layout: Layout
  readonly #map: BlockMap
  readonly #stored: StoredFiles
  readonly #claims: Claims
  readonly #checkpointer: Checkpointer
  readonly #open: OpenFiles
  /** Those that were used since the store was opened. */
  readonly #files = new Map<number, StoredFile>()
  /** Those that had bytes to sync at the last look, and all that have been written since. */
  readonly #unsynced = new Set<StoredFile>()
  readonly #host: StoredFileHost = {
    beforeWriting: (file, spans) => this.#beforeWriting(file, spans),
    onWritten: (file, byteCount, isFirst) => this.#onWritten(file, byteCount, isFirst),
  }
  /** Whether the state on the disk is clean and would be so again. */
  readonly #isAsLeft: boolean
  #queuedBytes = 0
  #hasFolder = false
  #wasWritten = false
  #closing: Promise<void> | null = null

  constructor(
    options: TorrentStoreOptions,
    parts: {
      readonly loaded: LoadedResume
      readonly subject: ResumeSubject
      readonly stored: StoredFiles
      readonly opening: OpeningClaims
    },
  ) {
    const { loaded, subject, stored, opening } = parts
    const { disk, clock, hash, folder, log = SILENT_LOG } = options
    this.#options = options
    this.#stored = stored
    this.#layout = stored.layout
    this.#map = stored.map
    this.#open = new OpenFiles(disk)
    this.claimed = opening.claimed
    this.doubted = opening.doubted.copy()
    this.#isAsLeft =
      loaded.kind === 'none' ||
      (loaded.state.isClean &&
        opening.doubted.count === 0 &&
        opening.claimed.count === loaded.state.blocks.count)
    this.trusted = loaded.kind === 'state' && this.#isAsLeft
    const named = loaded.kind === 'state' ? loaded.state.blocks : opening.claimed
    const claims = new Claims(opening.claimed, named, opening.doubted)
    this.#claims = claims
    this.#checkpointer = new Checkpointer({
      disk,
      clock,
      hash,
      folder,
      log,
      subject,
      loaded,
      claims,
      unsyncedFiles: () => this.#unsyncedFiles(),
      blocksUnderWay: () => this.#blocksUnderWay(),
      blocksOf: (file, spans) => spans.map((span) => this.#blocksIn(file.index, span)),
      onTrouble: (error, lost) => options.onTrouble?.(error, lost),
    })
    if (claims.isNews) this.#checkpointer.noteChange()
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    this.#refuseWhenClosed()
    if (this.#options.filesFrom !== undefined)
      throw new StoreError('in-place', 'files that are seeded in place are never written')
    const span = { start: position, end: position + bytes.length }
    this.#assertInside(span)
    this.#claims.rewrite(this.#map.blocksOf(span))
    this.#queuedBytes += bytes.length
    try {
      const parts = this.#layout.filesIn(span)
      const [part] = parts
      // Nearly every block lies in one file whole.
      if (parts.length === 1 && part?.span.start === position && part.span.end === span.end)
        await this.#file(part.fileIndex).write(part.fileSpan, bytes)
      else await this.#writeParts(parts, position, bytes)
    } finally {
      this.#queuedBytes -= span.end - span.start
    }
  }

  /** Fails when all have ended, with the first failure. */
  async #writeParts(
    parts: ReturnType<Layout['filesIn']>,
    position: number,
    bytes: Uint8Array,
  ): Promise<void> {
    const writes = parts.map((part) => {
      const from = part.span.start - position
      const piece = bytes.subarray(from, from + part.span.end - part.span.start)
      return this.#file(part.fileIndex).write(part.fileSpan, piece)
    })
    for (const outcome of await Promise.allSettled(writes))
      if (outcome.status === 'rejected') throw outcome.reason as Error
  }

  async read(span: ByteSpan): Promise<Uint8Array> {
    this.#refuseWhenClosed()
    this.#assertInside(span)
    const bytes = new Uint8Array(span.end - span.start)
    await Promise.all(
      this.#layout.filesIn(span).map((part) => {
        const from = part.span.start - span.start
        const into = bytes.subarray(from, from + part.span.end - part.span.start)
        return this.#file(part.fileIndex).read(part.fileSpan, into)
      }),
    )
    return bytes
  }

  markVerified(blocks: Iterable<number>): void {
    let isNews = false
    for (const block of blocks) if (this.#claims.mark(block)) isNews = true
    if (isNews) this.#checkpointer.noteChange()
  }

  unmark(block: number): void {
    if (this.#claims.unmark(block)) this.#checkpointer.noteChange()
  }

  async checkpoint(): Promise<void> {
    this.#refuseWhenClosed()
    await this.#checkpointer.run()
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(): Promise<void> {
    const files = [...this.#files.values()]
    await Promise.all(files.map((file) => file.drained()))
    await this.#checkpointer.stop()
    try {
      await this.#checkpointer.run()
    } finally {
      await this.#open.closeAll()
    }
    const isUnchanged = this.#isAsLeft && !this.#wasWritten && !this.#checkpointer.hasSaved
    if (isUnchanged || this.#claims.doubted.count > 0) return
    // Dates are read after the files were closed: some systems set them only then.
    const claimed = this.#claims.held()
    await this.#checkpointer.finish(await factsOf(claimed, this.#stored))
  }

  #file(index: number): StoredFile {
    let file = this.#files.get(index)
    if (file === undefined) {
      file = new StoredFile(index, this.#stored.pathOf(index), this.#open, this.#host)
      this.#files.set(index, file)
    }
    return file
  }

  async #beforeWriting(file: StoredFile, spans: readonly ByteSpan[]): Promise<void> {
    if (!this.#hasFolder) await this.#options.disk.makeFolder(this.#options.folder)
    this.#hasFolder = true
    if (this.#unsynced.size >= MAX_UNSYNCED_FILES && !this.#unsynced.has(file))
      await this.#checkpointer.run().catch(() => {
        // It tells its own failures; this write is tried all the same.
      })
    // The rule of Claims: no byte of a block changes while a resume file names the block.
    const runs = spans.map((span) => this.#blocksIn(file.index, span))
    while (runs.some((run) => this.#claims.mayBeNamed(run))) await this.#checkpointer.run()
  }

  #onWritten(file: StoredFile, byteCount: number, isFirst: boolean): void {
    this.#wasWritten = true
    this.#unsynced.add(file)
    if (isFirst) this.#checkpointer.noteNewFile()
    this.#checkpointer.noteWritten(byteCount)
  }

  #unsyncedFiles(): readonly StoredFile[] {
    for (const file of this.#unsynced) if (!file.isUnsynced) this.#unsynced.delete(file)
    return [...this.#unsynced]
  }

  #blocksUnderWay(): readonly BlockRun[] {
    return [...this.#files.values()].flatMap((file) =>
      file.pendingSpans().map((span) => this.#blocksIn(file.index, span)),
    )
  }

  #blocksIn(fileIndex: number, span: ByteSpan): BlockRun {
    const { start } = this.#layout.fileSpan(fileIndex)
    return this.#map.blocksOf({ start: start + span.start, end: start + span.end })
  }

  #assertInside(span: ByteSpan): void {
    const isInside = 0 <= span.start && span.start <= span.end && span.end <= this.#layout.length
    assert(isInside, 'a span of the store lies in the torrent')
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== null) throw new StoreError('closed', 'the store is closed')
  }
}

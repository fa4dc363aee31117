// More lines than usual: every act of a store touches sections, claims and checkpoints together.
import { LIMITS, SILENT_LOG, assert } from '@matinee/base'
import type { ByteSpan } from '@matinee/base'
import type { BlockMap } from './block-map.ts'
import type { BlockRun, BlockSet } from './block-set.ts'
import { Checkpointer } from './checkpointer.ts'
import { Claims } from './claims.ts'
import { OpenFiles } from './open-files.ts'
import { factsOf, type OpeningClaims, type StoredFiles } from './opening-claims.ts'
import type { LoadedResume, ResumeSubject } from './resume-file.ts'
import type { SectionPart, Sections } from './sections.ts'
import { StoreError } from './store-error.ts'
import { StoredFile, type StoredFileHost } from './stored-file.ts'
import type { TorrentStore, TorrentStoreOptions } from './torrent-store.ts'

/** {@link TorrentStore} as it is: splits acts over sections, and keeps claims and files in step. */
export class DiskStore implements TorrentStore {
  readonly claimed: BlockSet
  readonly doubted: BlockSet
  readonly trusted: boolean
  readonly #options: TorrentStoreOptions
  readonly sections: Sections
  readonly #length: number
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
  /** Sections whose files are being removed: a write waits for the end of it. */
  readonly #removing = new Map<number, { readonly run: BlockRun; readonly end: Promise<void> }>()
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
    this.sections = stored.sections
    this.#length = options.metainfo.layout.length
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
      const parts = this.sections.partsIn(span)
      const [part] = parts
      // Nearly every block lies in one file whole.
      if (parts.length === 1 && part?.span.start === position && part.span.end === span.end)
        await this.#file(part.section).write(part.sectionSpan, bytes)
      else await this.#writeParts(parts, position, bytes)
    } finally {
      this.#queuedBytes -= span.end - span.start
    }
  }

  /** Fails when all have ended, with the first failure. */
  async #writeParts(
    parts: readonly SectionPart[],
    position: number,
    bytes: Uint8Array,
  ): Promise<void> {
    const writes = parts.map((part) => {
      const from = part.span.start - position
      const piece = bytes.subarray(from, from + part.span.end - part.span.start)
      return this.#file(part.section).write(part.sectionSpan, piece)
    })
    for (const outcome of await Promise.allSettled(writes))
      if (outcome.status === 'rejected') throw outcome.reason as Error
  }

  async read(span: ByteSpan): Promise<Uint8Array> {
    this.#refuseWhenClosed()
    this.#assertInside(span)
    const bytes = new Uint8Array(span.end - span.start)
    await Promise.all(
      this.sections.partsIn(span).map((part) => {
        const from = part.span.start - span.start
        const into = bytes.subarray(from, from + part.span.end - part.span.start)
        return this.#file(part.section).read(part.sectionSpan, into)
      }),
    )
    return bytes
  }

  markVerified(blocks: Iterable<number>): void {
    let isNews = false
    for (const block of blocks) if (!this.#isGoing(block) && this.#claims.mark(block)) isNews = true
    if (isNews) this.#checkpointer.noteChange()
  }

  unmark(block: number): void {
    if (this.#claims.unmark(block)) this.#checkpointer.noteChange()
  }

  async release(section: number): Promise<void> {
    this.#refuseWhenClosed()
    if (this.#options.filesFrom !== undefined)
      throw new StoreError('in-place', 'files that are seeded in place are never removed')
    const { start, end } = this.sections.spanOf(section)
    const run = this.#map.blocksOf({ start, end })
    this.#claims.rewrite(run)
    await this.#file(section).drained()
    // NOTE: from here to `set` no await, or a write could begin that nobody holds up.
    const going = this.#remove(section, run).finally(() => this.#removing.delete(section))
    this.#removing.set(section, { run, end: going })
    await going
  }

  /** Takes back what resume files say of these blocks, then removes the section's file. */
  async #remove(section: number, run: BlockRun): Promise<void> {
    const file = this.#file(section)
    this.#claims.rewrite(run)
    file.forget()
    this.#unsynced.delete(file)
    const { disk, folder } = this.#options
    while (this.#claims.mayBeNamed(run)) await this.#checkpointer.run()
    await this.#open.closed(file.path)
    await disk.remove(file.path)
    this.#wasWritten = true
    if (this.#hasFolder) await disk.syncFolder(folder)
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

  /** Whether its section is being removed: whoever has just written it is too late. */
  #isGoing(block: number): boolean {
    for (const { run } of this.#removing.values())
      if (run.start <= block && block < run.end) return true
    return false
  }

  #file(section: number): StoredFile {
    let file = this.#files.get(section)
    if (file === undefined) {
      file = new StoredFile(section, this.#stored.pathOf(section), this.#open, this.#host)
      this.#files.set(section, file)
    }
    return file
  }

  async #beforeWriting(file: StoredFile, spans: readonly ByteSpan[]): Promise<void> {
    await this.#removing.get(file.index)?.end.catch(() => {
      // Its own caller hears of it.
    })
    if (!this.#hasFolder) await this.#options.disk.makeFolder(this.#options.folder)
    this.#hasFolder = true
    if (this.#unsynced.size >= LIMITS.unsyncedFiles && !this.#unsynced.has(file))
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

  #blocksIn(section: number, span: ByteSpan): BlockRun {
    const { start } = this.sections.spanOf(section)
    return this.#map.blocksOf({ start: start + span.start, end: start + span.end })
  }

  #assertInside(span: ByteSpan): void {
    const isInside = 0 <= span.start && span.start <= span.end && span.end <= this.#length
    assert(isInside, 'a span of the store lies in the torrent')
  }

  #refuseWhenClosed(): void {
    if (this.#closing !== null) throw new StoreError('closed', 'the store is closed')
  }
}

import { posix } from 'node:path'
import { DiskError, assert, type Disk, type DiskFile, type FileFacts } from '@matinee/base'
import type { SeededRandom } from '../seeded-random.ts'
import { DiskFaults, type DiskCall, type DiskCorruption, type DiskFailure } from './disk-faults.ts'
import { DiskTiming, type DiskTimingOptions } from './disk-timing.ts'
import { FakeDiskFile } from './fake-disk-file.ts'
import { FakeFolders } from './fake-folders.ts'
import { FakeInode, type CrashOptions } from './fake-inode.ts'
import { PAGE_BYTES } from './sparse-bytes.ts'

/** How a fake disk misbehaves; by default it does not. */
export interface FakeDiskOptions {
  /** Room in bytes; a write beyond it stores what fits and throws `full`. Default no limit. */
  readonly fullAfterBytes?: number
  readonly isReadOnly?: boolean
  /** Default: every call takes no time. */
  readonly timing?: DiskTimingOptions
  readonly failure?: DiskFailure
}

/**
 * A disk in memory that can be full, slow, failing, lying, and lose power. Files are sparse.
 * Durability is as strict as POSIX: content needs `sync`, names need `syncFolder`.
 */
export class FakeDisk implements Disk {
  /** Room in bytes, in pages of 4096; `null` = no limit. May be changed at any time. */
  capacityBytes: number | null
  /** May be changed at any time, as by a remount; open files feel it too. */
  isReadOnly: boolean
  readonly timing: DiskTiming | null
  readonly #faults = new DiskFaults()
  #folders = new FakeFolders()
  #isDead = false
  #openFiles = 0
  #pendingWriteBytes = 0
  #peakPendingWriteBytes = 0
  #tick = 0

  constructor(options: FakeDiskOptions = {}) {
    this.capacityBytes = options.fullAfterBytes ?? null
    this.isReadOnly = options.isReadOnly ?? false
    this.timing = options.timing === undefined ? null : new DiskTiming(options.timing)
    if (options.failure !== undefined) this.failNth(options.failure)
  }

  /** Every call so far, in order. */
  get calls(): readonly DiskCall[] {
    return this.#faults.calls
  }

  /** Files opened and not closed. A test that ends with 0 leaked none. */
  get openFiles(): number {
    return this.#openFiles
  }

  /** Bytes taken by files, in whole pages. */
  get usedBytes(): number {
    let pages = 0
    for (const inode of this.#folders.inodes()) pages += inode.seen.pageCount
    return pages * PAGE_BYTES
  }

  /** The most bytes that ever waited in writes not yet done: the queue a slow disk would build up. */
  get peakPendingWriteBytes(): number {
    return this.#peakPendingWriteBytes
  }

  /** Paths of all files, sorted. */
  get paths(): readonly string[] {
    return this.#folders.paths()
  }

  failNth(failure: DiskFailure): void {
    this.#faults.fail(failure)
  }

  corrupt(corruption: DiskCorruption): void {
    this.#faults.corrupt(corruption)
  }

  /** Takes back all failures and corruptions that were set; what was stored wrong stays wrong. */
  clearFaults(): void {
    this.#faults.clear()
  }

  /** Runs something when the n-th call since the beginning comes, before anything of the call has happened. */
  atCall(n: number, run: () => void): void {
    this.#faults.atCall(n, run)
  }

  /** From its `n`th call on (counted from 1) the disk never answers. Resolves when that begins. */
  haltAt(n: number): Promise<void> {
    return this.#faults.haltAt(n)
  }

  /** The content of a file past all faults, or `null`. For the test, not for the code under test. */
  peek(path: string): Uint8Array | null {
    const inode = this.#folders.get(posix.normalize(path))
    if (inode === null) return null
    const bytes = new Uint8Array(inode.seen.size)
    inode.seen.read(0, bytes)
    return bytes
  }

  /** Stores bytes, synced, past all faults and the log: what was there before, or silent rot. */
  poke(path: string, position: number, bytes: Uint8Array): void {
    const at = posix.normalize(path)
    let inode = this.#folders.get(at)
    if (inode === null) {
      inode = new FakeInode(this.wallMs())
      this.#folders.makeFolder(posix.dirname(at))
      this.#folders.make(at, inode)
    }
    inode.write(position, [bytes])
    inode.sync()
    this.#folders.sync(posix.dirname(at))
  }

  /**
   * The power goes: this disk is dead (every further call throws `io`), and the one returned holds what
   * is left: synced content and names surely, of the rest whatever chance decides.
   */
  crash(random: SeededRandom, options: CrashOptions = {}): FakeDisk {
    this.#isDead = true
    const left = new FakeDisk()
    left.capacityBytes = this.capacityBytes
    left.#folders = this.#folders.afterCrash(random, options)
    left.#tick = this.#tick
    return left
  }

  async open(path: string, mode: 'read' | 'write'): Promise<DiskFile> {
    const at = await this.enter('open', path)
    if (mode === 'write') this.refuseIfReadOnly(at)
    let inode = this.#folders.get(at)
    if (inode === null) {
      if (this.#folders.hasFolder(at)) throw new DiskError('io', `${at} is a folder`)
      if (mode === 'read' || !this.#folders.hasFolder(posix.dirname(at))) {
        throw new DiskError('not-found', `no file at ${at}`)
      }
      inode = new FakeInode(this.wallMs())
      this.#folders.make(at, inode)
    }
    this.#openFiles++
    return new FakeDiskFile(this, this.#faults, inode, at, mode)
  }

  async facts(path: string): Promise<FileFacts | null> {
    const inode = this.#folders.get(await this.enter('facts', path))
    return inode === null ? null : { size: inode.seen.size, modifiedMs: inode.modifiedMs }
  }

  async makeFolder(path: string): Promise<void> {
    const at = await this.enter('make-folder', path)
    if (this.#folders.get(at) !== null) throw new DiskError('exists', `${at} is a file`)
    if (this.#folders.hasFolder(at)) return
    this.refuseIfReadOnly(at)
    this.#folders.makeFolder(at)
  }

  async list(path: string): Promise<readonly string[]> {
    return this.#folders.list(await this.enter('list', path))
  }

  async rename(from: string, to: string): Promise<void> {
    const at = await this.enter('rename', from)
    const target = posix.normalize(to)
    this.refuseIfReadOnly(at)
    const inode = this.#folders.get(at)
    if (inode === null) throw new DiskError('not-found', `no file at ${at}`)
    if (!this.#folders.hasFolder(posix.dirname(target))) {
      throw new DiskError('not-found', `no folder for ${target}`)
    }
    if (at !== target) this.#folders.rename(at, target, inode)
  }

  async remove(path: string): Promise<void> {
    const at = await this.enter('remove', path)
    if (this.#folders.get(at) === null && !this.#folders.hasFolder(at)) return
    this.refuseIfReadOnly(at)
    if (this.#folders.list(at).length > 0) throw new DiskError('io', `${at} is not empty`)
    this.#folders.remove(at)
  }

  async syncFolder(path: string): Promise<void> {
    this.#folders.sync(await this.enter('sync-folder', path))
  }

  /** What every call does first: log, wait, fail if it is to fail. Returns the path in one form. */
  async enter(
    kind: DiskCall['kind'],
    path: string,
    span: DiskCall['span'] = null,
  ): Promise<string> {
    assert(path.startsWith('/'), `paths are absolute: ${path}`)
    const at = posix.normalize(path)
    const verdict = this.#faults.enter({ kind, path: at, span })
    if (verdict === 'halted') await new Promise(() => undefined)
    const bytes = span === null ? 0 : span.end - span.start
    if (kind === 'write') this.#countPending(bytes)
    try {
      // At least one turn, as with any real disk: nothing is done when the call returns.
      await Promise.resolve()
      await this.timing?.wait(bytes)
    } finally {
      if (kind === 'write') this.#countPending(-bytes)
    }
    if (this.#isDead) throw new DiskError('io', 'the power is off')
    if (verdict instanceof DiskError) throw verdict
    return at
  }

  refuseIfReadOnly(path: string): void {
    if (this.isReadOnly)
      throw new DiskError('read-only', `cannot change ${path} on a read-only disk`)
  }

  /** Bytes still free, in whole pages. */
  freeBytes(): number {
    return this.capacityBytes === null ? Infinity : Math.max(0, this.capacityBytes - this.usedBytes)
  }

  /** The time for file dates: of the clock, or a count of changes. */
  wallMs(): number {
    return this.timing?.nowMs() ?? ++this.#tick
  }

  closed(): void {
    this.#openFiles--
  }

  #countPending(bytes: number): void {
    this.#pendingWriteBytes += bytes
    this.#peakPendingWriteBytes = Math.max(this.#peakPendingWriteBytes, this.#pendingWriteBytes)
  }
}

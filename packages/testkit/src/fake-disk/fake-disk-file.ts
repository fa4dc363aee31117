import { DiskError, assert, type DiskFile } from '@matinee/base'
import type { DiskCall, DiskFaults } from './disk-faults.ts'
import type { FakeDisk } from './fake-disk.ts'
import type { FakeInode } from './fake-inode.ts'
import { PAGE_BYTES } from './sparse-bytes.ts'

/** An open file of a {@link FakeDisk}. It stays valid when its name is changed or removed. */
export class FakeDiskFile implements DiskFile {
  readonly #disk: FakeDisk
  readonly #faults: DiskFaults
  readonly #inode: FakeInode
  readonly #path: string
  readonly #mode: 'read' | 'write'
  #isOpen = true

  constructor(
    disk: FakeDisk,
    faults: DiskFaults,
    inode: FakeInode,
    path: string,
    mode: 'read' | 'write',
  ) {
    this.#disk = disk
    this.#faults = faults
    this.#inode = inode
    this.#path = path
    this.#mode = mode
  }

  async read(position: number, into: Uint8Array): Promise<number> {
    await this.#enter('read', { start: position, end: position + into.length })
    const count = this.#inode.seen.read(position, into)
    this.#faults.spoilRead(this.#path, position, into.subarray(0, count))
    return count
  }

  async write(position: number, chunks: readonly Uint8Array[]): Promise<void> {
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    await this.#enter('write', { start: position, end: position + length })
    this.#refuseIfReadOnly()
    const fits = this.#howManyFit(position, length)
    const stored = this.#faults.spoilWrite(this.#path, position, cut(chunks, fits))
    if (fits > 0) this.#inode.write(position, stored)
    this.#inode.modifiedMs = this.#disk.wallMs()
    // A short write, then the error: what fitted stays written, as on tmpfs and ext4.
    if (fits < length) throw new DiskError('full', `no room for ${length} bytes in ${this.#path}`)
  }

  async sync(): Promise<void> {
    try {
      await this.#enter('sync')
    } catch (error) {
      this.#inode.failSync()
      throw error
    }
    this.#inode.sync()
  }

  async size(): Promise<number> {
    await this.#enter('size')
    return this.#inode.seen.size
  }

  async truncate(size: number): Promise<void> {
    await this.#enter('truncate')
    this.#refuseIfReadOnly()
    this.#inode.truncate(size)
    this.#inode.modifiedMs = this.#disk.wallMs()
  }

  async close(): Promise<void> {
    assert(this.#isOpen, `${this.#path} is closed once`)
    // Also when the call fails: a descriptor is gone after close, whatever it says (Linux).
    this.#isOpen = false
    this.#disk.closed()
    await this.#disk.enter('close', this.#path)
  }

  async #enter(kind: DiskCall['kind'], span: DiskCall['span'] = null): Promise<void> {
    assert(this.#isOpen, `${kind} of ${this.#path} after its close`)
    await this.#disk.enter(kind, this.#path, span)
  }

  #refuseIfReadOnly(): void {
    if (this.#mode === 'read') throw new DiskError('denied', `${this.#path} was opened for reading`)
    this.#disk.refuseIfReadOnly(this.#path)
  }

  #howManyFit(position: number, length: number): number {
    const free = this.#disk.freeBytes()
    if (this.#inode.seen.newPages(position, length) * PAGE_BYTES <= free) return length
    let fits = 0
    let pages = 0
    while (fits < length) {
      const step = Math.min(length - fits, PAGE_BYTES - ((position + fits) % PAGE_BYTES))
      pages += this.#inode.seen.newPages(position + fits, step)
      if (pages * PAGE_BYTES > free) break
      fits += step
    }
    return fits
  }
}

function cut(chunks: readonly Uint8Array[], length: number): readonly Uint8Array[] {
  let left = length
  return chunks.map((chunk) => {
    const part = chunk.subarray(0, left)
    left -= part.length
    return part
  })
}

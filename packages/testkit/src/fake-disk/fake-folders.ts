import { posix } from 'node:path'
import type { SeededRandom } from '../seeded-random.ts'
import type { CrashOptions, FakeInode } from './fake-inode.ts'

type NameChange =
  | { readonly kind: 'make'; readonly path: string; readonly inode: FakeInode }
  | { readonly kind: 'remove'; readonly path: string }
  | {
      readonly kind: 'rename'
      readonly path: string
      readonly to: string
      readonly inode: FakeInode
    }

/** The names of a disk: what programs see, and what is on the platter until folders are synced. */
export class FakeFolders {
  readonly #seen = new Map<string, FakeInode>()
  readonly #durable = new Map<string, FakeInode>()
  readonly #folders = new Set<string>(['/'])
  #unsynced: NameChange[] = []

  get(path: string): FakeInode | null {
    return this.#seen.get(path) ?? null
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path)
  }

  inodes(): Iterable<FakeInode> {
    return this.#seen.values()
  }

  paths(): string[] {
    return [...this.#seen.keys()].toSorted()
  }

  make(path: string, inode: FakeInode): void {
    this.#change({ kind: 'make', path, inode })
  }

  remove(path: string): void {
    if (this.#folders.has(path)) this.#folders.delete(path)
    else this.#change({ kind: 'remove', path })
  }

  rename(path: string, to: string, inode: FakeInode): void {
    this.#change({ kind: 'rename', path, to, inode })
  }

  makeFolder(path: string): void {
    for (let at = path; !this.#folders.has(at); at = posix.dirname(at)) this.#folders.add(at)
  }

  list(path: string): string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    const names = new Set<string>()
    for (const known of [...this.#seen.keys(), ...this.#folders]) {
      if (!known.startsWith(prefix) || known === '/') continue
      const name = known.slice(prefix.length)
      if (!name.includes('/')) names.add(name)
    }
    return [...names].toSorted()
  }

  /** Changes of names in the folder reach the platter, in order. */
  sync(folder: string): void {
    const waiting: NameChange[] = []
    for (const change of this.#unsynced) {
      if (!touches(change, folder)) {
        waiting.push(change)
        continue
      }
      apply(this.#durable, change)
      if (change.kind !== 'rename') continue
      // The old name is gone for good: its making, still waiting in another folder, must not return.
      const made = waiting.findIndex(({ kind, path }) => kind === 'make' && path === change.path)
      if (made >= 0) waiting.splice(made, 1)
    }
    this.#unsynced = waiting
  }

  /** The names after a power cut: each unsynced change is applied or dropped by itself. */
  afterCrash(random: SeededRandom, options: CrashOptions): FakeFolders {
    const names = new Map(this.#durable)
    for (const change of this.#unsynced) if (random.chance(0.5)) apply(names, change)
    const out = new FakeFolders()
    const after = new Map<FakeInode, FakeInode>()
    for (const [path, inode] of names) {
      const left = after.get(inode) ?? inode.afterCrash(random, options)
      after.set(inode, left)
      out.#seen.set(path, left)
      out.#durable.set(path, left)
      out.makeFolder(posix.dirname(path))
    }
    for (const folder of this.#folders) if (random.chance(0.5)) out.makeFolder(folder)
    return out
  }

  #change(change: NameChange): void {
    apply(this.#seen, change)
    this.#unsynced.push(change)
  }
}

function apply(names: Map<string, FakeInode>, change: NameChange): void {
  if (change.kind === 'make') names.set(change.path, change.inode)
  else names.delete(change.path)
  if (change.kind === 'rename') names.set(change.to, change.inode)
}

function touches(change: NameChange, folder: string): boolean {
  if (posix.dirname(change.path) === folder) return true
  return change.kind === 'rename' && posix.dirname(change.to) === folder
}

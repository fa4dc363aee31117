import { concatBytes } from '@matinee/base'
import type { SeededRandom } from '../seeded-random.ts'
import { SparseBytes } from './sparse-bytes.ts'

type UnsyncedAct =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number }

/** What a crash may do to bytes that were not synced. */
export interface CrashOptions {
  /**
   * Whether bytes beside an interrupted write stay as they were, as they do on all disks of today. With
   * `false`, garbage fills whole sectors. Default true.
   */
  readonly isPowersafe?: boolean
}

const SECTOR_BYTES = 512

/** A file without a name: what programs see, and what is on the platter. */
export class FakeInode {
  readonly seen: SparseBytes
  modifiedMs: number
  readonly #durable: SparseBytes
  #unsynced: UnsyncedAct[] = []
  #wasSynced: boolean

  constructor(modifiedMs: number, content?: SparseBytes) {
    this.modifiedMs = modifiedMs
    this.seen = content ?? new SparseBytes()
    this.#durable = this.seen.copy()
    this.#wasSynced = content !== undefined
  }

  write(position: number, chunks: readonly Uint8Array[]): void {
    const bytes = concatBytes(chunks)
    this.seen.write(position, bytes)
    this.#unsynced.push({ kind: 'write', position, bytes })
  }

  truncate(size: number): void {
    this.seen.truncate(size)
    this.#unsynced.push({ kind: 'truncate', size })
  }

  sync(): void {
    this.seen.commitTo(this.#durable)
    this.#unsynced = []
    this.#wasSynced = true
  }

  /**
   * A sync that failed: what was waiting is marked clean and never written, so a later sync that
   * succeeds doesn't make it durable (Linux behaves so: "fsyncgate", 2018).
   */
  failSync(): void {
    this.seen.forgetChanges()
    this.#unsynced = []
  }

  /** The content after a power cut: each unsynced act by itself is applied, dropped or garbled. */
  afterCrash(random: SeededRandom, options: CrashOptions): FakeInode {
    const content = this.#durable.copy()
    // Delayed allocation: a new file often has a name and a size of 0 (ext4, measured).
    const isEmpty = !this.#wasSynced && random.chance(0.5)
    for (const act of isEmpty ? [] : this.#unsynced) {
      const fate = random.pick(['applied', 'dropped', 'garbled'])
      if (fate === 'dropped') continue
      if (act.kind === 'truncate') content.truncate(act.size)
      else if (fate === 'applied') content.write(act.position, act.bytes)
      else garble(content, act, random, options.isPowersafe ?? true)
    }
    return new FakeInode(this.modifiedMs, content)
  }
}

function garble(
  content: SparseBytes,
  act: { readonly position: number; readonly bytes: Uint8Array },
  random: SeededRandom,
  isPowersafe: boolean,
): void {
  const end = act.position + act.bytes.length
  const first = act.position - (act.position % SECTOR_BYTES)
  for (let sector = first; sector < end; sector += SECTOR_BYTES) {
    const from = Math.max(sector, act.position)
    const to = Math.min(sector + SECTOR_BYTES, end)
    const fate = random.pick(['new', 'old', 'garbage'])
    if (fate === 'new') {
      content.write(from, act.bytes.subarray(from - act.position, to - act.position))
    } else if (fate === 'garbage') {
      const start = isPowersafe ? from : sector
      content.write(start, random.bytes((isPowersafe ? to : sector + SECTOR_BYTES) - start))
    }
  }
}

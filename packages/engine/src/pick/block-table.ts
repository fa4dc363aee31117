import { assert } from '@matinee/base'
import type { SourceId } from './block-source.ts'

const MISSING = 0
const REQUESTED = 1
const HELD = 2
const HAVE = 3

/** What stands in {@link BlockTable}, in words. */
export type BlockState = 'missing' | 'requested' | 'held' | 'have'
const STATES: readonly BlockState[] = ['missing', 'requested', 'held', 'have']

const NOBODY: readonly SourceId[] = []

/**
 * Where every block of a torrent stands. A block is in exactly one state:
 *
 *     missing → requested → held → have
 *        ↑__________|__________|_____|     (released, found corrupt, lost on disk)
 *
 * `requested`: asked from one source or more. `held`: its bytes are here, unverified.
 * `have`: verified. A block is named by its number: piece × blocks per piece + block in the piece.
 */
export class BlockTable {
  readonly blockCount: number
  readonly #states: Uint8Array
  /** Who was asked, for blocks in `requested` only. */
  readonly #owners = new Map<number, SourceId[]>()
  #haveCount = 0

  constructor(blockCount: number) {
    this.blockCount = blockCount
    this.#states = new Uint8Array(blockCount)
  }

  get haveCount(): number {
    return this.#haveCount
  }

  stateOf(block: number): BlockState {
    return STATES[this.#states[block] ?? MISSING] ?? 'missing'
  }

  /** All blocks, as runs of one state. */
  *runs(): Generator<{ readonly first: number; readonly end: number; readonly state: BlockState }> {
    let first = 0
    for (let end = 1; end <= this.blockCount; end++) {
      if (end < this.blockCount && this.#states[end] === this.#states[first]) continue
      yield { first, end, state: this.stateOf(first) }
      first = end
    }
  }

  isMissing(block: number): boolean {
    return this.#states[block] === MISSING
  }

  isHave(block: number): boolean {
    return this.#states[block] === HAVE
  }

  isHeld(block: number): boolean {
    return this.#states[block] === HELD
  }

  /** The sources asked for a block that is still under way; empty in every other state. */
  owners(block: number): readonly SourceId[] {
    return this.#states[block] === REQUESTED ? (this.#owners.get(block) ?? NOBODY) : NOBODY
  }

  /** Notes that a source was asked. The block must be missing, or requested from others. */
  request(block: number, source: SourceId): void {
    const state = this.#states[block]
    assert(state === MISSING || state === REQUESTED, 'only a block that is not here is requested')
    const owners = this.#owners.get(block)
    assert(!owners?.includes(source), 'a source is asked once for a block')
    if (owners) owners.push(source)
    else this.#owners.set(block, [source])
    this.#states[block] = REQUESTED
  }

  /** The source won't send it: gone, choked, rejected or too slow. */
  release(block: number, source: SourceId): void {
    if (this.#states[block] !== REQUESTED) return
    const owners = (this.#owners.get(block) ?? []).filter((owner) => owner !== source)
    if (owners.length > 0) {
      this.#owners.set(block, owners)
      return
    }
    this.#owners.delete(block)
    this.#states[block] = MISSING
  }

  /** Its bytes are here and wait for verification. Returns who was asked, for canceling. */
  hold(block: number): readonly SourceId[] {
    assert(this.#states[block] !== HAVE, 'a verified block is not held again')
    const owners = this.owners(block)
    this.#owners.delete(block)
    this.#states[block] = HELD
    return owners
  }

  /** Its bytes are verified. Returns who was asked, for canceling. */
  have(block: number): readonly SourceId[] {
    if (this.#states[block] === HAVE) return NOBODY
    const owners = this.owners(block)
    this.#owners.delete(block)
    this.#states[block] = HAVE
    this.#haveCount++
    return owners
  }

  /** Its bytes proved wrong, or are no longer on the disk. Of a block under way nothing is here to be lost. */
  lose(block: number): void {
    if (this.#states[block] === REQUESTED) return
    if (this.#states[block] === HAVE) this.#haveCount--
    this.#states[block] = MISSING
  }

  /** Whether every block of `[first, end)` is verified. */
  hasAll(first: number, end: number): boolean {
    for (let block = first; block < end; block++) if (this.#states[block] !== HAVE) return false
    return true
  }
}

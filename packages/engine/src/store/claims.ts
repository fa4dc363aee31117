import { BlockSet, type BlockRun } from './block-set.ts'

/** What a checkpoint sets out from. */
export interface Beginning {
  /** What resume files may name so far. */
  readonly named: BlockSet
  /** What this one would name; it takes out what it can't make lasting. */
  readonly next: BlockSet
  /** The newest resume file names exactly `named`; false after a checkpoint that failed. */
  readonly wasExact: boolean
}

/**
 * What the store would say it has, and what the resume files on the disk say. Pure: it decides, the
 * checkpoint acts.
 *
 * The one rule (row A3): a block is named in a resume file only while its bytes are on the disk for
 * good. So it enters after its data was synced, and before its bytes are touched again it leaves.
 */
export class Claims {
  /** Verified and written; the next checkpoint names them. */
  readonly #held: BlockSet
  /** Found in the resume state after a start that couldn't trust it, and not looked at since. */
  readonly doubted: BlockSet
  /** What some resume file on the disk may name: never less than it does. */
  #named: BlockSet
  /** Whether the newest resume file names exactly `#named`. */
  #isExact = true
  /** Written, but a sync failed: nobody knows whether the bytes are there until they are written again. */
  readonly #suspect: BlockSet

  constructor(claimed: BlockSet, named: BlockSet, doubted: BlockSet) {
    this.#held = claimed.copy()
    this.#named = named.copy()
    this.doubted = doubted.copy()
    this.#suspect = new BlockSet(claimed.capacity)
  }

  /** Whether the next checkpoint would say anything that this one on the disk doesn't. */
  get isNews(): boolean {
    return !this.#isExact || !areEqual(this.#held, this.#named)
  }

  /** What the next checkpoint names, if nothing is under way. */
  held(): BlockSet {
    return this.#held.copy()
  }

  /** A block is verified and written. Returns whether that is news. */
  mark(block: number): boolean {
    const wasDoubted = this.doubted.clear(block)
    if (this.#suspect.has(block)) return false
    return this.#held.set(block) || wasDoubted
  }

  /** A block is wrong or gone. Returns whether that is news. */
  unmark(block: number): boolean {
    this.doubted.clear(block)
    return this.#held.clear(block)
  }

  /** New bytes for these blocks are under way: they say nothing about the disk until marked again. */
  rewrite(run: BlockRun): void {
    for (let block = run.start; block < run.end; block++) {
      this.unmark(block)
      this.#suspect.clear(block)
    }
  }

  /** Whether a resume file may name one of these blocks: then it must be written anew before they are. */
  mayBeNamed(run: BlockRun): boolean {
    for (let block = run.start; block < run.end; block++) if (this.#named.has(block)) return true
    return false
  }

  /**
   * Begins a checkpoint: what it will name, without blocks whose bytes are under way. From here on
   * they count as named, because a crash may come right after the file is in its place.
   */
  begin(underWay: readonly BlockRun[]): Beginning {
    const named = this.#named.copy()
    const wasExact = this.#isExact
    this.#isExact = false
    const next = this.#held.copy()
    for (const run of underWay)
      for (let block = run.start; block < run.end; block++) next.clear(block)
    this.#named.addAll(next)
    return { named, next, wasExact }
  }

  /** The resume file that names exactly these is in its place, and no other one names more. */
  finish(next: BlockSet): void {
    this.#named = next.copy()
    this.#isExact = true
  }

  /** A sync failed: these blocks can't be named. Returns those that were marked. */
  suspect(run: BlockRun): readonly number[] {
    const lost: number[] = []
    for (let block = run.start; block < run.end; block++) {
      this.#suspect.set(block)
      if (this.unmark(block)) lost.push(block)
    }
    return lost
  }
}

function areEqual(a: BlockSet, b: BlockSet): boolean {
  return a.count === b.count && a.isWithin(b)
}

// More lines than usual: one trial from its beginning to its verdict, which reads best in one place.
import { LIMITS, toHex, type Hash } from '@matinee/base'
import type { SourceId } from '../pick/block-source.ts'
import type { SentBlock } from './sent-block.ts'

/** Blocks of every contributor that are fetched once more from somebody else. */
const SAMPLE_BLOCKS = 3

/** Bytes that one or more sources sent as a block. */
interface Version {
  readonly digest: string
  readonly bytes: Uint8Array
  readonly from: SourceId[]
}

/** A piece that came out wrong, with everything that was ever sent for it. */
interface Trial {
  readonly versions: Map<number, Version[]>
  /** Blocks that are being fetched once more. */
  readonly pending: Set<number>
  /** Choices of versions that were hashed and wrong. */
  readonly tried: Set<string>
}

/** What is to be done about a piece on trial. */
export type TrialStep =
  /** Versions of the blocks still come. */
  | { readonly kind: 'waiting' }
  /** These are to be fetched once more, from sources that haven't sent them. */
  | { readonly kind: 'again'; readonly blocks: readonly number[] }
  /** This choice may be right: to be hashed, and then told by `proved` or `refuted`. */
  | { readonly kind: 'choice'; readonly blocks: readonly SentBlock[] }
  /** Nothing helps: all blocks are to be fetched anew. */
  | { readonly kind: 'afresh'; readonly blocks: readonly number[] }

/**
 * Finds who corrupts pieces that can only be judged whole (docs/streaming.md, "Verification"). Every
 * version of a block is kept; where two disagree a third is asked, and whoever is outvoted is a
 * suspect, whose blocks are left out.
 */
export class Parole {
  readonly #hash: Hash
  readonly #trials = new Map<number, Trial>()
  /** As found last; `null` = something has changed since. */
  #suspects: ReadonlySet<SourceId> | null = null
  /** Digests of the right blocks of pieces that were on trial, for whoever answers late. */
  readonly #proved = new Map<number, ReadonlyMap<number, string>>()
  /** Who disagreed with whom, in any piece. */
  readonly #edges = new Map<SourceId, Set<SourceId>>()
  /** Who has sent wrong data: never believed again, in other trials neither. */
  readonly #guilty = new Set<SourceId>()
  /** Blocks in pieces that came out right, by sender. */
  readonly #credit = new Map<SourceId, number>()

  constructor(hash: Hash) {
    this.#hash = hash
  }

  /** Whether anything is in doubt. */
  get isBusy(): boolean {
    return this.#trials.size > 0
  }

  isOnTrial(piece: number): boolean {
    return this.#trials.has(piece)
  }

  /** Whether a source has sent this block of a piece on trial: its answer is known. */
  hasSent(piece: number, block: number, source: SourceId): boolean {
    const versions = this.#trials.get(piece)?.versions.get(block)
    return versions?.some(({ from }) => from.includes(source)) ?? false
  }

  /** Bytes of all versions. */
  get heldBytes(): number {
    let bytes = 0
    for (const { versions } of this.#trials.values())
      for (const list of versions.values())
        for (const version of list) bytes += version.bytes.length
    return bytes
  }

  /** Blocks of a right piece speak for their senders. */
  credit(blocks: readonly SentBlock[]): void {
    for (const { from } of blocks) this.#credit.set(from, (this.#credit.get(from) ?? 0) + 1)
  }

  /** A piece of several senders is wrong. Returns the blocks to fetch once more from others. */
  begin(piece: number, blocks: readonly SentBlock[]): readonly number[] {
    const trial: Trial = { versions: new Map(), pending: new Set(), tried: new Set() }
    this.#trials.set(piece, trial)
    this.#suspects = null
    const sampled = new Map<SourceId, number>()
    for (const sent of blocks) {
      trial.versions.set(sent.block, [this.#version(sent)])
      const count = sampled.get(sent.from) ?? 0
      if (count >= SAMPLE_BLOCKS) continue
      sampled.set(sent.from, count + 1)
      trial.pending.add(sent.block)
    }
    trial.tried.add(blocks.map(() => 0).join(','))
    return [...trial.pending]
  }

  /** Another version of a block came. */
  take(piece: number, sent: SentBlock): TrialStep {
    const trial = this.#trials.get(piece)
    if (!trial) return { kind: 'waiting' }
    trial.pending.delete(sent.block)
    this.addVersion(piece, sent)
    return this.step(piece)
  }

  /** Bytes that came beside those that a trial began with. */
  addVersion(piece: number, sent: SentBlock): void {
    const trial = this.#trials.get(piece)
    if (!trial) return
    const versions = trial.versions.get(sent.block) ?? []
    trial.versions.set(sent.block, versions)
    const version = this.#version(sent)
    const same = versions.find(({ digest }) => digest === version.digest)
    if (same) same.from.push(sent.from)
    else versions.push(version)
    this.#suspects = null
    for (const other of versions)
      if (other.digest !== version.digest)
        for (const id of other.from) this.#disagree(id, sent.from)
  }

  /** What is to be done now. */
  step(piece: number): TrialStep {
    const trial = this.#trials.get(piece)
    if (!trial) return { kind: 'waiting' }
    const first = this.#try(trial, this.suspects())
    if (first !== 'refuted') return first
    if (trial.pending.size > 0) return { kind: 'waiting' }
    const lonely = this.#witnessedBy(trial, 1)
    if (lonely.length > 0) return this.#fetch(trial, lonely)
    for (const believed of this.#disputants(trial)) {
      const step = this.#try(
        trial,
        new Set([...this.#guilty, ...(this.#edges.get(believed) ?? [])]),
      )
      if (step !== 'refuted') return step
    }
    for (let count = 2; count < LIMITS.blockWitnesses; count++) {
      const weak = this.#witnessedBy(trial, count)
      if (weak.length > 0) return this.#fetch(trial, weak)
    }
    this.#trials.delete(piece)
    this.#suspects = null
    return { kind: 'afresh', blocks: [...trial.versions.keys()] }
  }

  /**
   * Who is probably lying: whoever was outvoted about a block in any trial, and who is known to lie.
   * A vote of two for and two against decides nothing.
   */
  suspects(): ReadonlySet<SourceId> {
    this.#suspects ??= this.#findSuspects()
    return this.#suspects
  }

  #findSuspects(): ReadonlySet<SourceId> {
    const suspects = new Set(this.#guilty)
    for (const { versions } of this.#trials.values())
      for (const list of versions.values()) {
        const winner = majority(list, this.#guilty)
        if (list.length < 2 || winner === null) continue
        for (const version of list)
          if (version !== winner) for (const id of version.from) suspects.add(id)
      }
    return suspects
  }

  /** Blocks of a piece that are being fetched once more. */
  pendingOf(piece: number): readonly number[] {
    return [...(this.#trials.get(piece)?.pending ?? [])]
  }

  /** The piece is right with these blocks. Returns everybody who had sent something else. */
  proved(piece: number, blocks: readonly SentBlock[]): readonly SourceId[] {
    const trial = this.#trials.get(piece)
    this.#trials.delete(piece)
    this.#suspects = null
    const guilty = new Set<SourceId>()
    const digests = new Map<number, string>()
    for (const { block, bytes } of blocks)
      for (const version of trial?.versions.get(block) ?? []) {
        if (version.bytes === bytes) digests.set(block, version.digest)
        else for (const id of version.from) guilty.add(id)
      }
    this.#proved.set(piece, digests)
    const oldest = this.#proved.keys().next()
    if (this.#proved.size > LIMITS.provedLiars && oldest.done === false)
      this.#proved.delete(oldest.value)
    for (const id of guilty) this.convict(id)
    return [...guilty]
  }

  /** Whether a block that came too late for its trial was wrong. */
  isWrong(piece: number, block: number, bytes: Uint8Array): boolean {
    const digest = this.#proved.get(piece)?.get(block)
    return digest !== undefined && digest !== toHex(this.#hash.sha1(bytes))
  }

  /** The piece is given up: nobody waits for it. Returns its blocks. */
  drop(piece: number): readonly number[] {
    const trial = this.#trials.get(piece)
    this.#trials.delete(piece)
    this.#suspects = null
    return trial ? [...trial.versions.keys()] : []
  }

  /** Pieces on trial. */
  get pieces(): readonly number[] {
    return [...this.#trials.keys()]
  }

  /** The choice that leaves out these suspects: to be hashed, fetched, or known to be wrong. */
  #try(trial: Trial, suspects: ReadonlySet<SourceId>): TrialStep | 'refuted' {
    const blocks: SentBlock[] = []
    const missing: number[] = []
    const chosen: number[] = []
    for (const [block, versions] of trial.versions) {
      const version = majority(versions, suspects)
      chosen.push(version ? versions.indexOf(version) : -1)
      if (version) blocks.push({ block, bytes: version.bytes, from: version.from[0] ?? 0 })
      else missing.push(block)
    }
    const again = missing.filter((block) => !trial.pending.has(block))
    if (again.length > 0) return this.#fetch(trial, again)
    if (missing.length > 0) return { kind: 'waiting' }
    const key = chosen.join(',')
    if (trial.tried.has(key)) return 'refuted'
    trial.tried.add(key)
    return { kind: 'choice', blocks: blocks.toSorted((a, b) => a.block - b.block) }
  }

  /** Sources of this piece that disagree with others, the most credited first. */
  #disputants(trial: Trial): SourceId[] {
    const senders = new Set<SourceId>()
    for (const versions of trial.versions.values())
      if (versions.length > 1)
        for (const { from } of versions) for (const id of from) senders.add(id)
    const credit = (id: SourceId): number => this.#credit.get(id) ?? 0
    return [...senders].toSorted((a, b) => credit(b) - credit(a))
  }

  /** Blocks that so many sources have sent. */
  #witnessedBy(trial: Trial, count: number): number[] {
    const blocks: number[] = []
    for (const [block, versions] of trial.versions)
      if (versions.reduce((sum, { from }) => sum + from.length, 0) === count) blocks.push(block)
    return blocks
  }

  #fetch(trial: Trial, blocks: readonly number[]): TrialStep {
    for (const block of blocks) trial.pending.add(block)
    return { kind: 'again', blocks }
  }

  #version({ bytes, from }: SentBlock): Version {
    return { digest: toHex(this.#hash.sha1(bytes)), bytes, from: [from] }
  }

  #disagree(a: SourceId, b: SourceId): void {
    if (a === b) return
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = this.#edges.get(from) ?? new Set<SourceId>()
      this.#edges.set(from, others.add(to))
    }
  }

  /** Leaves a liar out of everything; its quarrels say nothing about the others. */
  convict(id: SourceId): void {
    this.#guilty.add(id)
    this.#suspects = null
    for (const other of this.#edges.get(id) ?? []) this.#edges.get(other)?.delete(id)
    this.#edges.delete(id)
    this.#credit.delete(id)
  }
}

/** The version that most sources beyond suspicion sent; `null` = there is none, or several are level. */
function majority(versions: readonly Version[], suspects: ReadonlySet<SourceId>): Version | null {
  let best: Version | null = null
  let most = 0
  for (const version of versions) {
    const votes = version.from.filter((id) => !suspects.has(id)).length
    if (votes > most) best = version
    else if (votes === most) best = null
    most = Math.max(most, votes)
  }
  return most > 0 ? best : null
}

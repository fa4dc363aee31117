import { MIB, type ByteSpan, type Clock } from '@matinee/base'
import { BLOCK_BYTES } from '@matinee/protocol'
import type { Holdings } from '../holdings.ts'
import type { Sections } from '../store/sections.ts'
import type { SectionFacts } from './eviction-plan.ts'

/** Behind an open reader so much stays: viewers often go back a little. */
const STAYS_BEHIND_BYTES = 16 * MIB

/** A section of a torrent that takes room. */
export interface RoomSection extends SectionFacts {
  readonly room: TorrentRoom
  readonly section: number
}

/** What a {@link TorrentRoom} looks at. */
export interface TorrentRoomParts {
  readonly holdings: Holdings
  readonly sections: Sections
  readonly clock: Clock
  /** False: the files belong to somebody else, and nothing is ever removed. */
  readonly isOurs: boolean
  /** What open readers will still read, in bytes of the torrent. */
  readonly wishes: () => readonly ByteSpan[]
  /** These pieces are no longer ours; then the room of the section is given back. */
  readonly give: (section: number, pieces: readonly number[]) => Promise<void>
}

/** What a torrent takes on the disk, section by section, and how it gives room back. */
export class TorrentRoom {
  readonly #parts: TorrentRoomParts
  readonly #usedMs = new Map<number, number>()
  /** Its owner wants to keep it whole: nothing is given back. */
  isKept = false

  constructor(parts: TorrentRoomParts) {
    this.#parts = parts
  }

  /** About what it takes, in bytes; counts blocks, not bytes. 0 where the files aren't ours. */
  get bytes(): number {
    return this.#parts.isOurs ? this.#parts.holdings.table.haveCount * BLOCK_BYTES : 0
  }

  /** Somebody here read a span, or it was written. */
  used(span: ByteSpan): void {
    const nowMs = this.#parts.clock.nowMs()
    for (const { section } of this.#parts.sections.partsIn(span)) this.#usedMs.set(section, nowMs)
  }

  /** Every section that has something; empty where the files aren't ours. */
  sections(): readonly RoomSection[] {
    const { sections, holdings, isOurs } = this.#parts
    if (!isOurs) return []
    const found: RoomSection[] = []
    for (let section = 0; section < sections.count; section++) {
      const span = sections.spanOf(section)
      const bytes = holdings.verifiedIn(span)
      if (bytes === 0) continue
      const isNeeded = this.isNeeded(section)
      found.push({ room: this, section, bytes, usedMs: this.#usedMs.get(section) ?? 0, isNeeded })
    }
    return found
  }

  /** Whether a section must stay at this moment. */
  isNeeded(section: number): boolean {
    const { start, end } = this.#parts.sections.spanOf(section)
    return this.isKept || this.#parts.wishes().some((wish) => isNear(wish, { start, end }))
  }

  /** Gives the room of a section back. Rejects with DiskError. */
  async release(section: number): Promise<void> {
    const { holdings, sections } = this.#parts
    const pieces = new Set<number>()
    const { first, end } = holdings.grid.blocksOf(sections.spanOf(section))
    for (let block = first; block < end; block++)
      if (holdings.table.isHave(block)) pieces.add(holdings.grid.pieceOf(block))
    this.#usedMs.delete(section)
    await this.#parts.give(section, [...pieces])
  }
}

/** Whether a reader may still want a part of a span, or go back to it. */
function isNear(wish: ByteSpan, { start, end }: ByteSpan): boolean {
  return start < wish.end && wish.start - STAYS_BEHIND_BYTES < end
}

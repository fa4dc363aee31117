import { MAX_OWNERS, type BlockTable, type PeerId } from './block-table.ts'

/** A half-open run of block numbers that somebody waits for. */
export interface BlockRange {
  readonly first: number
  readonly end: number
}

/** What the picker may know of the world when it answers for one peer. */
export interface PickerView {
  readonly table: BlockTable
  /** Most urgent first; ranges may overlap. */
  readonly wanted: readonly BlockRange[]
  readonly blocksPerPiece: number
  readonly peer: PeerId
  /** Whether this peer has the piece and we may ask it now. */
  peerHas(piece: number): boolean
  /** Whether we have already asked this peer, or it refused this block. */
  peerRefused(block: number): boolean
  /** Whether somebody who was asked has sent blocks before, and is not stalled. */
  isReliable(owner: PeerId): boolean
  readonly nowMs: number
}

/**
 * A block on its way for longer than this may be asked from another peer that is idle: from a second one
 * in any case, and from more while all who were asked have proved nothing, or are stalled.
 */
const HEDGE_AFTER_MS = 400

/**
 * Which blocks to ask this peer for, at most `room`, in the order of their deadlines: first what
 * nobody was asked for; when that is used up, blocks that are late elsewhere.
 */
export function pickBlocks(view: PickerView, room: number): number[] {
  const picked: number[] = []
  const late: number[] = []
  for (const range of view.wanted) {
    for (let block = range.first; block < range.end; block++) {
      if (picked.length >= room) return picked
      if (view.table.isMissing(block)) {
        if (mayAsk(view, block) && !picked.includes(block)) picked.push(block)
      } else if (late.length < room && isLate(view, block) && mayAsk(view, block)) late.push(block)
    }
  }
  for (const block of late) {
    if (picked.length >= room) break
    if (!picked.includes(block)) picked.push(block)
  }
  return picked
}

function mayAsk(view: PickerView, block: number): boolean {
  return view.peerHas(Math.floor(block / view.blocksPerPiece)) && !view.peerRefused(block)
}

function isLate(view: PickerView, block: number): boolean {
  const owners = view.table.owners(block)
  const [first] = owners
  if (!first || owners.some((owner) => owner.peer === view.peer)) return false
  const isOverdue = (sinceMs: number): boolean => view.nowMs - sinceMs > HEDGE_AFTER_MS
  const reliable = owners.filter((owner) => view.isReliable(owner.peer))
  if (reliable.length === 0) return isOverdue(first.sinceMs)
  return owners.length < MAX_OWNERS && reliable.every((owner) => isOverdue(owner.sinceMs))
}

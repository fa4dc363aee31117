import type { Peer } from '../peer/peer.ts'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockSource, SourceId } from '../pick/block-source.ts'
import type { Pace } from '../pick/pace.ts'

/** A peer as a source of blocks. */
export class PeerSource implements BlockSource {
  readonly kind = 'peer'
  readonly #peer: Peer
  readonly #grid: BlockGrid
  readonly #beforeRequests: (peer: Peer, blocks: readonly number[]) => void

  /** @param beforeRequests sends what must precede requests for these blocks (BEP 52) */
  constructor(
    peer: Peer,
    grid: BlockGrid,
    beforeRequests: (peer: Peer, blocks: readonly number[]) => void,
  ) {
    this.#peer = peer
    this.#grid = grid
    this.#beforeRequests = beforeRequests
  }

  get id(): SourceId {
    return this.#peer.id
  }

  get pace(): Pace {
    return this.#peer.pace
  }

  canGive(piece: number): boolean {
    const { us, pieces, allowedFast } = this.#peer
    return pieces.has(piece) && (!us.choked || allowedFast.has(piece))
  }

  hasRefused(block: number): boolean {
    return this.#peer.refused.has(block)
  }

  isSpared(): boolean {
    return this.#peer.isClosed || (this.#peer.us.choked && this.#peer.allowedFast.size === 0)
  }

  request(blocks: readonly number[]): void {
    const grid = this.#grid
    this.#beforeRequests(this.#peer, blocks)
    this.#peer.send(
      ...blocks.map((block) => ({ kind: 'request', ...grid.fieldsOf(block) }) as const),
    )
  }

  cancel(blocks: readonly number[]): void {
    this.#peer.send(
      ...blocks.map((block) => ({ kind: 'cancel', ...this.#grid.fieldsOf(block) }) as const),
    )
  }

  setWanted(pieces: ReadonlySet<number>): void {
    this.#peer.setInterested(hasAny(this.#peer, pieces))
  }
}

/** Interest is said before the peer tells its pieces: its unchoke comes a round trip sooner. */
function hasAny({ pieces: had }: Peer, pieces: ReadonlySet<number>): boolean {
  if (had.isUntold) return pieces.size > 0
  for (const piece of pieces) if (had.has(piece)) return true
  return false
}

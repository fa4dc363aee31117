import { SECOND_MS } from '@matinee/base'
import type { Peer } from '../peer/peer.ts'
import type { PeerId } from '../pick/block-table.ts'

/** How long one peer has for a piece before it is another's turn. */
const TURN_MS = 10 * SECOND_MS

/**
 * Pieces that came out wrong from several peers. Each is fetched again from one peer alone: either it is
 * right then, and comparing the two shows who lied, or it is wrong, and that peer did (threats.md P1).
 */
export class Retrials {
  readonly #peers: () => Iterable<Peer>
  readonly #turns = new Map<number, { readonly peer: PeerId; readonly untilMs: number }>()

  constructor(peers: () => Iterable<Peer>) {
    this.#peers = peers
  }

  /** It is the turn of whoever has sent most, `except` apart. */
  begin(piece: number, nowMs: number, except: PeerId | null = null): void {
    this.#turns.delete(piece)
    let best: Peer | null = null
    for (const peer of this.#peers()) {
      if (peer.isClosed || peer.us.choked || peer.id === except || !peer.pieces.has(piece)) continue
      if (!best || peer.downloadedBytes > best.downloadedBytes) best = peer
    }
    if (best) this.#turns.set(piece, { peer: best.id, untilMs: nowMs + TURN_MS })
  }

  /** The piece came out right. */
  end(piece: number): void {
    this.#turns.delete(piece)
  }

  /** Whether this peer may be asked for blocks of the piece now. */
  allows(piece: number, peer: PeerId): boolean {
    const turn = this.#turns.get(piece)
    return turn === undefined || turn.peer === peer
  }

  /** The peer gives nothing more: its turns go to others. */
  leave(peer: PeerId, nowMs: number): void {
    for (const [piece, turn] of this.#turns) if (turn.peer === peer) this.begin(piece, nowMs, peer)
  }

  /** Whoever took too long alone gets help. */
  tick(nowMs: number): void {
    for (const [piece, turn] of this.#turns) if (turn.untilMs <= nowMs) this.#turns.delete(piece)
  }
}

import { LIMITS } from '@matinee/base'
import { Bitfield, WireError } from '@matinee/protocol'

/**
 * Which pieces a peer has, also while the metadata is missing and the number of pieces unknown:
 * then what it said is kept as it came, and judged when the metadata is here.
 */
export class RemotePieces {
  #state:
    | {
        kind: 'unjudged'
        said: 'nothing' | 'all' | Uint8Array
        haves: Set<number>
        gone: Set<number>
      }
    | { kind: 'judged'; pieces: Bitfield }

  #isUntold = true

  constructor(pieceCount: number | null) {
    this.#state =
      pieceCount === null
        ? { kind: 'unjudged', said: 'nothing', haves: new Set(), gone: new Set() }
        : { kind: 'judged', pieces: Bitfield.none(pieceCount) }
  }

  /** Whether it has said nothing of its pieces yet. */
  get isUntold(): boolean {
    return this.#isUntold
  }

  /** Pieces it has; 0 while the metadata is missing. */
  get count(): number {
    return this.#state.kind === 'judged' ? this.#state.pieces.count : 0
  }

  get isSeed(): boolean {
    return this.#state.kind === 'judged' && this.#state.pieces.isFull
  }

  has(piece: number): boolean {
    return this.#state.kind === 'judged' && this.#state.pieces.has(piece)
  }

  /**
   * A `bitfield` message. Some clients tell it twice (aria2 1.36), which is harmless as long as nothing
   * is taken back. Throws {@link WireError} when it is, and when the bits don't fit (P6).
   */
  setBits(bits: Uint8Array): void {
    this.#isUntold = false
    if (this.#state.kind === 'unjudged') this.#tell(bits)
    else this.#replace(Bitfield.decode(bits, this.#state.pieces.pieceCount))
  }

  setAll(): void {
    this.#isUntold = false
    if (this.#state.kind === 'unjudged') this.#tell('all')
    else this.#replace(Bitfield.all(this.#state.pieces.pieceCount))
  }

  /** Throws {@link WireError} when it has told of a piece before. */
  setNone(): void {
    this.#isUntold = false
    if (this.#state.kind === 'judged') this.#replace(Bitfield.none(this.#state.pieces.pieceCount))
    else if (this.#state.said === 'all') throw takenBack()
  }

  /** A `have` message. Throws {@link WireError} when there is no such piece (P6). */
  add(piece: number): void {
    this.#isUntold = false
    if (this.#state.kind === 'unjudged') {
      if (piece >= LIMITS.torrentPieces)
        throw new WireError('piece-out-of-range', `piece ${piece} in no torrent`)
      if (this.#state.haves.size >= LIMITS.unjudgedHaves)
        throw new WireError('piece-out-of-range', 'more pieces told than can be kept')
      this.#state.haves.add(piece)
      this.#state.gone.delete(piece)
      return
    }
    if (piece >= this.#state.pieces.pieceCount)
      throw new WireError(
        'piece-out-of-range',
        `piece ${piece} of ${this.#state.pieces.pieceCount}`,
      )
    this.#state.pieces.set(piece)
  }

  /** A piece is no longer there (BEP 54). Throws {@link WireError} when there is no such piece (P6). */
  remove(piece: number): void {
    if (this.#state.kind === 'judged') {
      if (piece >= this.#state.pieces.pieceCount)
        throw new WireError(
          'piece-out-of-range',
          `piece ${piece} of ${this.#state.pieces.pieceCount}`,
        )
      this.#state.pieces.clear(piece)
      return
    }
    if (piece >= LIMITS.torrentPieces || this.#state.gone.size >= LIMITS.unjudgedHaves)
      throw new WireError('piece-out-of-range', `piece ${piece} can't be taken back`)
    this.#state.haves.delete(piece)
    this.#state.gone.add(piece)
  }

  /** The metadata is here. Throws {@link WireError} when what the peer said doesn't fit it. */
  judge(pieceCount: number): void {
    if (this.#state.kind === 'judged') return
    const { said, haves, gone } = this.#state
    this.#state = { kind: 'judged', pieces: Bitfield.none(pieceCount) }
    if (said === 'all') this.setAll()
    else if (said !== 'nothing') this.setBits(said)
    for (const piece of gone) this.remove(piece)
    for (const piece of haves) this.add(piece)
  }

  #tell(said: 'all' | Uint8Array): void {
    if (this.#state.kind !== 'unjudged') return
    if (this.#state.said === 'all' && said !== 'all') throw takenBack()
    this.#state.said = said
  }

  #replace(pieces: Bitfield): void {
    if (this.#state.kind !== 'judged') return
    const before = this.#state.pieces
    if (before.count > 0)
      for (let piece = 0; piece < before.pieceCount; piece++)
        if (before.has(piece) && !pieces.has(piece)) throw takenBack()
    this.#state.pieces = pieces
  }
}

function takenBack(): WireError {
  return new WireError('pieces-taken-back', 'took back pieces that it had told of')
}

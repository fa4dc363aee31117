import type { BlockFields } from '@matinee/protocol'
import { hasPiece } from './seed-behaviour.ts'
import type { SeedPeer } from './seed-peer.ts'
import type { WireEnd } from './wire-end.ts'

/** The blocks that one connection has asked of a simulated seed, answered in order. */
export class SeedBlocks {
  readonly #seed: SeedPeer
  readonly #end: WireEnd
  readonly #mayReject: () => boolean
  readonly #asked: { readonly block: BlockFields; readonly dueMs: number }[] = []
  #isAnswering = false
  #served = 0
  #wakeDrain: (() => void) | null = null

  /** @param mayReject whether both sides speak the fast extension */
  constructor(seed: SeedPeer, end: WireEnd, mayReject: () => boolean) {
    this.#seed = seed
    this.#end = end
    this.#mayReject = mayReject
  }

  ask(block: BlockFields, isChoking: boolean): void {
    const { behaviour, metainfo, clock } = this.#seed
    const { layout } = metainfo
    const isInside =
      block.piece < layout.pieceCount &&
      block.begin + block.length <= layout.pieceLengthOf(layout.piece(block.piece))
    const isHad = isInside && hasPiece(behaviour, block.piece)
    if (behaviour.answers === 'never') return
    if (isChoking || behaviour.answers === 'rejects' || !isHad) {
      this.#reject(block)
      return
    }
    this.#asked.push({ block, dueMs: clock.nowMs() + (behaviour.delayMs ?? 0) })
    if (!this.#isAnswering) void this.#answerAll()
  }

  cancel(block: BlockFields): void {
    const at = this.#asked.findIndex(({ block: asked }) => isSameBlock(asked, block))
    if (at < 0) return
    this.#asked.splice(at, 1)
    // BEP 6: a canceled request is answered, with the block or a reject.
    this.#reject(block)
  }

  drained(): void {
    this.#wakeDrain?.()
  }

  /** The connection is over. */
  forget(): void {
    this.#asked.length = 0
    this.#wakeDrain?.()
  }

  async #answerAll(): Promise<void> {
    this.#isAnswering = true
    for (;;) {
      const first = this.#asked[0]
      if (first === undefined) break
      await this.#seed.pace(first.dueMs, first.block.length)
      // It may have been canceled, or the connection may be gone, while we waited.
      if (this.#asked[0] !== first) continue
      this.#asked.shift()
      const mayGoOn = this.#serve(first.block)
      if (!mayGoOn && !this.#end.isOver) {
        await new Promise<void>((resolve) => {
          this.#wakeDrain = resolve
        })
      }
    }
    this.#isAnswering = false
  }

  #serve(asked: BlockFields): boolean {
    const seed = this.#seed
    const { piece, begin, length } = asked
    const { layout } = seed.metainfo
    const start = layout.pieceSpan(layout.piece(piece)).start + begin
    const block = seed.bytesAt({ start, end: start + length })
    if (seed.behaviour.corrupts?.(asked) === true) {
      const at = Math.floor(length / 2)
      block[at] = (block[at] ?? 0) ^ 1
      seed.corruptBlocksServed++
    }
    seed.bytesServed += length
    seed.blocksServed++
    const mayGoOn = this.#end.send({ kind: 'piece', piece, begin, block })
    if (++this.#served === seed.behaviour.closesAfterBlocks) this.#end.stream.close()
    return mayGoOn
  }

  #reject({ piece, begin, length }: BlockFields): void {
    if (this.#mayReject()) this.#end.send({ kind: 'reject', piece, begin, length })
  }
}

function isSameBlock(a: BlockFields, b: BlockFields): boolean {
  return a.piece === b.piece && a.begin === b.begin && a.length === b.length
}

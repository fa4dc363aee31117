import { LIMITS, type ByteSpan } from '@matinee/base'
import type { BlockFields, Layout } from '@matinee/protocol'

/** Why a request is not served. */
export type RequestRefusal = 'choked' | 'out-of-range' | 'too-long' | 'not-here' | 'queue-full'

/** What is asked of us: the span of the torrent, or why not. Touches no disk (P8). */
export function judgeRequest(
  request: BlockFields,
  world: {
    readonly layout: Layout
    readonly isChoked: boolean
    readonly waiting: number
    has(piece: number): boolean
  },
): { readonly kind: 'serve'; readonly span: ByteSpan } | { readonly kind: RequestRefusal } {
  const { layout } = world
  if (world.isChoked) return { kind: 'choked' }
  if (request.length > LIMITS.requestBytes) return { kind: 'too-long' }
  if (request.length === 0 || request.piece >= layout.pieceCount) return { kind: 'out-of-range' }
  const allowed = layout.requestableSpan(layout.piece(request.piece))
  const start = allowed.start + request.begin
  const end = start + request.length
  if (end > allowed.end) return { kind: 'out-of-range' }
  if (!world.has(request.piece)) return { kind: 'not-here' }
  if (world.waiting >= LIMITS.waitingRequests) return { kind: 'queue-full' }
  return { kind: 'serve', span: { start, end } }
}

/** The requests of one peer that wait to be served, in their order. */
export class UploadQueue {
  readonly #waiting: (BlockFields & { readonly span: ByteSpan })[] = []

  get count(): number {
    return this.#waiting.length
  }

  add(request: BlockFields, span: ByteSpan): void {
    this.#waiting.push({ ...request, span })
  }

  next(): (BlockFields & { readonly span: ByteSpan }) | null {
    return this.#waiting.shift() ?? null
  }

  /** True = it was waiting and is gone now. */
  cancel(request: BlockFields): boolean {
    const at = this.#waiting.findIndex(
      (other) =>
        other.piece === request.piece &&
        other.begin === request.begin &&
        other.length === request.length,
    )
    if (at >= 0) this.#waiting.splice(at, 1)
    return at >= 0
  }

  /** Takes out what waits of a piece, and says what it was. */
  drop(piece: number): readonly BlockFields[] {
    const dropped = this.#waiting.filter((request) => request.piece === piece)
    for (const request of dropped) this.#waiting.splice(this.#waiting.indexOf(request), 1)
    return dropped
  }

  /** Empties the queue and says what was in it: after a choke each gets its reject (BEP 6). */
  clear(): readonly BlockFields[] {
    return this.#waiting.splice(0)
  }
}

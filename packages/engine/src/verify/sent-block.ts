import type { SourceId } from '../pick/block-source.ts'

/** A block as somebody sent it. */
export interface SentBlock {
  readonly block: number
  readonly bytes: Uint8Array
  readonly from: SourceId
}

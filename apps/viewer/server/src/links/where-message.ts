import { concatBytes, type SocketAddress } from '@matinee/base'
import { timingSafeEqual } from 'node:crypto'
import { MARK_BYTES, NONCE_BYTES, markOf, otherSide } from './link-keys.ts'
import type { RingEntry } from './ring.ts'

/** Bytes of "where are you?". The answer is shorter, so that nobody is flooded by it. */
export const QUESTION_BYTES = NONCE_BYTES + MARK_BYTES
const PORT_BYTES = 2

/** "Here, at this port", said to one question and worth nothing for another. */
export function encodeHere(
  { keys, side }: Pick<RingEntry, 'keys' | 'side'>,
  question: Uint8Array,
  port: number,
): Uint8Array {
  const at = Uint8Array.of(port >> 8, port & 0xff)
  return concatBytes([at, markOf(keys, 'here', side, concatBytes([question, at]))])
}

/** Where the other computer said it is, or null when it wasn't it. */
export function decodeHere(
  { keys, side }: Pick<RingEntry, 'keys' | 'side'>,
  question: Uint8Array,
  answer: Uint8Array,
  host: string,
): SocketAddress | null {
  if (answer.length !== PORT_BYTES + MARK_BYTES) return null
  const at = answer.subarray(0, PORT_BYTES)
  const mark = markOf(keys, 'here', otherSide(side), concatBytes([question, at]))
  if (!timingSafeEqual(mark, answer.subarray(PORT_BYTES))) return null
  const port = (at[0] ?? 0) * 256 + (at[1] ?? 0)
  return port === 0 ? null : { host, port }
}

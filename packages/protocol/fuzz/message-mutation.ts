import type { Random } from '@matinee/base'
import { mutateBytes, pick } from './byte-mutation.ts'

/** True about once in `times`. */
export function onceIn(times: number, random: Random): boolean {
  return random.below(times) === 0
}

/** A 32-bit number, often one at which something ends. */
export function edgyNumber(random: Random): number {
  return onceIn(2, random) ? pick(random, EDGES) : random.below(2 ** 32)
}

/** A message as it was (once in five), with a number of 32 bits replaced by an edge, or with faults of bytes. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  if (onceIn(5, random)) return bytes
  const changed = onceIn(3, random) ? replaceNumber(bytes, random) : bytes
  return onceIn(4, random) ? changed : mutateBytes(random, changed, WORDS)
}

// Lengths of messages and their limits, each with a neighbour.
const EDGES = [
  0, 1, 2, 4, 5, 9, 13, 16, 17, 20, 48, 49, 50, 81, 255, 256, 16_384, 16_385, 16_393, 16_394,
  262_145, 264_193, 1_048_576, 1_048_577, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff,
]

/** What bencode is made of, and what its forbidden forms look like. */
const WORDS = (
  'i e l d de le 0: i0e i-0e i00e i-1e 1:a 9999999999: i9007199254740993e ' +
  'i1000000000000000000e : - 0 d1:a 1:ai0e'
).split(' ')

function replaceNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const replaced = bytes.slice()
  const at = random.below(bytes.length + 1)
  const number = edgyNumber(random)
  for (let i = 0; i < 4; i++) replaced[at + i] = number >>> (24 - 8 * i)
  return replaced
}

import { concatBytes } from '@matinee/base'
import type { Random } from '@matinee/base'

/** One of the values, which are at least one. */
export function pickOne<T>(values: readonly T[], random: Random): T {
  const [picked] = values.slice(random.below(values.length))
  if (picked === undefined) throw new RangeError('picked from nothing')
  return picked
}

/** True about once in `times`. */
export function onceIn(times: number, random: Random): boolean {
  return random.below(times) === 0
}

/** A 32-bit number, often one at which something ends. */
export function edgyNumber(random: Random): number {
  return onceIn(2, random) ? pickOne(EDGES, random) : random.below(2 ** 32)
}

/** What bencode is made of, and what its forbidden forms look like. */
const WORDS = [
  ...['i', 'e', 'l', 'd', 'de', 'le', '0:', 'i0e', 'i-0e', 'i00e', 'i-1e', '1:a', '9999999999:'],
  ...['i9007199254740993e', 'i1000000000000000000e', ':', '-', '0', 'd1:a', '1:ai0e'],
].map((word) => new TextEncoder().encode(word))

const EDGES = [
  ...[0, 1, 2, 4, 5, 9, 13, 16, 17, 20, 48, 49, 50, 81, 255, 256, 16_384, 16_385, 16_393, 16_394],
  ...[262_145, 264_193, 1_048_576, 1_048_577, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_ffff],
]

/** The bytes with up to four changes: flips, edge numbers, words of bencode, cuts, doubled and lost runs. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes
  for (let left = random.below(5); left > 0; left--) changed = mutateOnce(changed, random)
  return changed
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1)
  const end = Math.min(bytes.length, at + random.below(40))
  const before = bytes.subarray(0, at)
  switch (random.below(7)) {
    case 0: {
      const flipped = bytes.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8))
      return flipped
    }
    case 1: {
      const replaced = bytes.slice()
      const number = edgyNumber(random)
      for (let i = 0; i < 4; i++) replaced[at + i] = number >>> (24 - 8 * i)
      return replaced
    }
    case 2:
      return concatBytes([before, pickOne(WORDS, random), bytes.subarray(at)])
    case 3:
      return concatBytes([before, pickOne(WORDS, random), bytes.subarray(end)])
    case 4:
      return before
    case 5:
      return concatBytes([bytes.subarray(0, end), bytes.subarray(at)])
    default:
      return concatBytes([before, bytes.subarray(end)])
  }
}

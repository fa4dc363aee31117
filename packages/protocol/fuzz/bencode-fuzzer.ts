import assert from 'node:assert/strict'
import { type Random, equalBytes, latin1, latin1Bytes } from '@matinee/base'
import { BencodeDictionary, BencodeError, decodeBencode, encodeBencode } from '@matinee/protocol'
import { mutateBytes, pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'

/** What breaks decoders: ends, signs, zeros, lengths that lie. */
export const BENCODE_GRAMMAR = [
  'd',
  'l',
  'e',
  'i',
  ':',
  '0:',
  '1:a',
  'i0e',
  'i-0e',
  'i00e',
  'de',
  'le',
  'lllll',
  'd0:d0:',
  '999999999999:',
  '4294967295:',
  '-1:',
  '01:a',
  'i9223372036854775808e',
  'i-1e',
  'd1:a',
  '\0',
]

/** Bencode strings, valid and nearly so: whatever decodes encodes back; the rest is a BencodeError. */
export const bencodeFuzzer: Fuzzer = {
  name: 'bencode',
  run(random) {
    const text = randomBencode(random, 4)
    const bytes = mutateBytes(random, latin1Bytes(text), BENCODE_GRAMMAR)
    for (const canonical of [true, false])
      try {
        const value = decodeBencode(bytes, { canonical })
        if (value instanceof BencodeDictionary) readAll(value)
        const again = encodeBencode(value)
        if (canonical) assert.ok(equalBytes(again, bytes), `encodes back: ${latin1(bytes)}`)
        else assert.equal(again.length, bytes.length)
      } catch (error) {
        if (!(error instanceof BencodeError)) throw error
      }
  },
}

function randomBencode(random: Random, depth: number): string {
  const kind = random.below(depth > 0 ? 4 : 2)
  if (kind === 0) return `i${random.below(2 ** 32) - 2 ** 31}e`
  if (kind === 1) return randomString(random)
  const parts: string[] = []
  const keys = new Set<string>()
  for (let count = random.below(5); count > 0; count--) keys.add(randomString(random))
  // Sorted as strings with their lengths, hence now and then out of order.
  for (const key of [...keys].sort())
    parts.push((kind === 3 ? key : '') + randomBencode(random, depth - 1))
  return `${kind === 3 ? 'd' : 'l'}${parts.join('')}e`
}

function randomString(random: Random): string {
  const length = pick(random, [0, 1, 1, 2, 3, 20])
  return `${length}:${latin1(random.bytes(length))}`
}

function readAll(dictionary: BencodeDictionary): void {
  for (const key of dictionary.keys()) {
    const span = dictionary.spanOf(key)
    assert.ok(span && span.start < span.end)
    assert.ok(dictionary.has(key) && dictionary.weightOf(key) > 0)
    dictionary.countOf(key)
    dictionary.keyList(key)
    dictionary.text(key)
  }
}

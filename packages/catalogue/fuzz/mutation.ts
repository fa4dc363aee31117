import { type Random, assert, concatBytes, utf8Bytes } from '@matinee/base'

/** One of several. */
export function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[random.below(from.length)]
  assert(one !== undefined, 'there is something to pick from')
  return one
}

/** Bytes with a few faults: flipped, cut, doubled, moved, or with a piece of grammar put in. */
export function mutateBytes(
  random: Random,
  bytes: Uint8Array,
  grammar: readonly string[],
): Uint8Array {
  let out: Uint8Array = bytes.slice()
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(out.length + 1)
    const end = Math.min(out.length, at + random.below(24))
    const [front, run, back] = [out.subarray(0, at), out.subarray(at, end), out.subarray(end)]
    switch (random.below(6)) {
      case 0:
        out = concatBytes([front, random.bytes(1), out.subarray(at + 1)])
        break
      case 1:
        out = concatBytes([front, back])
        break
      case 2:
        out = concatBytes([front, run, run, back])
        break
      case 3:
        out = front.slice()
        break
      case 4:
        out = concatBytes([front, utf8Bytes(pick(random, grammar)), back])
        break
      default:
        out = concatBytes([front, utf8Bytes(pick(random, grammar)), out.subarray(at)])
    }
  }
  return out
}

/** What breaks readers of records: marks of JSON, hidden characters, numbers at edges, words of the format. */
export const RECORD_GRAMMAR = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  'null',
  'true',
  '-0',
  '1e400',
  '9007199254740993',
  '""',
  '"\\ud800"',
  '"__proto__":{"polluted":1},',
  '"constructor":{},',
  '"x-own":{"a":[1]},',
  '"version":2,',
  '"minVersion":1,',
  '"kind":"series",',
  '"javascript:alert(1)"',
  '"\u202Eabc\u2066"',
  '"e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"',
  '\u0000',
  '\uFEFF',
]

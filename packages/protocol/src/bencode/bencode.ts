import { assert, concatBytes, latin1Bytes } from '@matinee/base'
import { type BencodeValue, isBencodeList, valueOnTape } from './bencode-dictionary.ts'
import { type BencodeOptions, scanBencode } from './bencode-scan.ts'

/**
 * Reads one bencoded value (BEP 3). Strict: canonical integers and lengths, string keys sorted and
 * unique, nothing after the value. The whole message is checked before anything is made of it.
 * Byte strings are views of `bytes`. Throws {@link BencodeError} and nothing else.
 */
export function decodeBencode(bytes: Uint8Array, options?: BencodeOptions): BencodeValue {
  return valueOnTape(scanBencode(bytes, options), 0)
}

/** Reads the value at the front of `bytes`; `end` is the byte after it. Throws {@link BencodeError}. */
export function decodeBencodePrefix(
  bytes: Uint8Array,
  options?: BencodeOptions,
): { readonly value: BencodeValue; readonly end: number } {
  const tape = scanBencode(bytes, { ...options, allowTrailing: true })
  return { value: valueOnTape(tape, 0), end: tape.end }
}

/** Writes a value in canonical form: keys sorted as raw bytes. No recursion. */
export function encodeBencode(value: BencodeValue): Uint8Array {
  const chunks: Uint8Array[] = []
  // Work still to do, last first: values and finished bytes.
  const work: (BencodeValue | Finished)[] = [value]
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (next instanceof Finished) chunks.push(next.bytes)
    else if (typeof next === 'number') {
      assert(Number.isSafeInteger(next), 'bencode has whole numbers up to 2^53')
      chunks.push(latin1Bytes(`i${next}e`))
    } else if (next instanceof Uint8Array) chunks.push(latin1Bytes(`${next.length}:`), next)
    else if (isBencodeList(next)) {
      chunks.push(BEGIN_LIST)
      work.push(FINISH)
      for (let i = next.length - 1; i >= 0; i--) {
        const element = next[i]
        if (element !== undefined) work.push(element)
      }
    } else {
      chunks.push(BEGIN_DICTIONARY)
      work.push(FINISH)
      const pairs = [...next.entries()]
      for (const [key, entry] of pairs.reverse())
        work.push(entry, new Finished(latin1Bytes(`${key.length}:${key}`)))
    }
  }
  return concatBytes(chunks)
}

class Finished {
  readonly bytes: Uint8Array
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }
}

const BEGIN_LIST = latin1Bytes('l')
const BEGIN_DICTIONARY = latin1Bytes('d')
const FINISH = new Finished(latin1Bytes('e'))

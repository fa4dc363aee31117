/** Small operations on byte arrays. None of them keeps a reference to its input unless it says so. */

/** An array that holds nothing, shared by everybody. */
export const NO_BYTES: Uint8Array = new Uint8Array(0)

/** Whether two arrays hold the same bytes. Not constant-time: never use it on a secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** One new array that holds all chunks in order. */
export function concatBytes(chunks: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const chunk of chunks) length += chunk.length
  const out = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/**
 * Gives the memory of an array back now, not at some garbage collection: what nobody needs any more must
 * not add up while much comes. Whoever still has the array finds it empty, never filled with something
 * else, as a pool would do. An array that shares its memory with others is left as it is. Never while the
 * system reads from it or writes into it.
 */
export function freeBytes({ buffer, byteLength }: Uint8Array): void {
  // `NO_BYTES` is everybody's.
  if (byteLength === 0 || buffer.byteLength !== byteLength) return
  if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}

// Node 24 has no `Uint8Array.prototype.toHex`.
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal text. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte] ?? ''
  return text
}

/** The bytes of hexadecimal text, or `null` when it isn't hexadecimal of an even length. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})*$/iu.test(text)) return null
  return Uint8Array.from(text.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** UTF-8 bytes of a text. */
export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of UTF-8 bytes, or `null` when they are not UTF-8. */
export function parseUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    // A fatal decoder has no other way to say "not UTF-8".
    return null
  }
}

/** One character per byte (0–255): a lossless key for maps over binary strings. */
export function latin1(bytes: Uint8Array): string {
  // Applying takes the array as it is; spreading would make another of numbers first.
  if (bytes.length <= 4096) return Reflect.apply(String.fromCharCode, null, bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4096) text += latin1(bytes.subarray(at, at + 4096))
  return text
}

/** The bytes of a text whose characters are all 0–255, as {@link latin1} makes it. */
export function latin1Bytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i)
  return out
}

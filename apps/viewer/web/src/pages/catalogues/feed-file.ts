import { toHex } from '@matinee/base'

/**
 * What a file says of where a feed is: a feed's own `pointer`, which names it in the DHT (BEP 44, 46), or a text with an
 * address in its first line. The server verifies what is there; nothing of the file itself is believed.
 */
const ASCII = new TextEncoder()
/** A pointer begins with its key and salt: bencoded keys are sorted (feed-format 16). */
const KEY_MARK = ASCII.encode('d1:k32:')
const SALT_MARK = ASCII.encode('4:salt20:')
const KEY_BYTES = 32
const SALT_BYTES = 20

/** A file that names a feed is never larger. */
export const FEED_FILE_BYTES = 8 * 1024

/** The address that a file names; `null` = it names none. */
export function addressOfFile(bytes: Uint8Array): string | null {
  const keyAt = KEY_MARK.length
  const saltMarkAt = keyAt + KEY_BYTES
  const saltAt = saltMarkAt + SALT_MARK.length
  if (hasAt(bytes, 0, KEY_MARK) && hasAt(bytes, saltMarkAt, SALT_MARK)) {
    const key = bytes.slice(keyAt, saltMarkAt)
    const salt = bytes.slice(saltAt, saltAt + SALT_BYTES)
    return salt.length === SALT_BYTES ? `magnet:?xs=urn:btpk:${toHex(key)}&s=${toHex(salt)}` : null
  }
  const [line = ''] = new TextDecoder().decode(bytes).trim().split(/\r?\n/u)
  // What isn't text isn't an address.
  return line === '' || /[\p{Cc}\u{fffd}]/u.test(line) ? null : line
}

function hasAt(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  return mark.every((byte, index) => bytes[at + index] === byte)
}

import { MAX_LIST_FILE } from '#api'
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
const FEED_FILE_BYTES = 8 * 1024

/** What a file that somebody opened or dropped is. */
export type FeedFile =
  | { readonly kind: 'address'; readonly address: string }
  /** The text of what may be a list: only the server can say. */
  | { readonly kind: 'list'; readonly file: string }
  | { readonly kind: 'other' }

/** Reads a file, as far as it may be one of ours. */
export async function readFeedFile(file: Blob): Promise<FeedFile> {
  if (file.size > MAX_LIST_FILE) return { kind: 'other' }
  return feedFileOf(new Uint8Array(await file.arrayBuffer()))
}

/** The same of its bytes. */
export function feedFileOf(bytes: Uint8Array): FeedFile {
  const text = new TextDecoder().decode(bytes)
  if (/^\s*\{/u.test(text)) return { kind: 'list', file: text }
  const address = bytes.length > FEED_FILE_BYTES ? null : addressOfFile(bytes)
  return address === null ? { kind: 'other' } : { kind: 'address', address }
}

/** The address that a file names; `null` = it names none. */
function addressOfFile(bytes: Uint8Array): string | null {
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

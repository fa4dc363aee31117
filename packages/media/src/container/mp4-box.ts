import { FieldReader } from './field-reader.ts'
import { Refusal } from './refusal.ts'

/** A box of ISO 14496-12 4.2 within bytes at hand. */
export interface Mp4Box {
  readonly type: string
  /** What stands behind its header; a view. */
  readonly body: Uint8Array
}

/** Boxes one after another; a length that isn't that of a box throws {@link Refusal}. */
export function* boxesIn(bytes: Uint8Array): Generator<Mp4Box> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const { type, headerBytes, boxBytes } = decodeBoxHeader(bytes.subarray(at), bytes.length - at)
    if (boxBytes > bytes.length - at) throw new Refusal('broken', `${type} is cut off`)
    yield { type, body: bytes.subarray(at + headerBytes, at + boxBytes) }
    at += boxBytes
  }
}

/** The first box of a path, `null` when there is none. */
export function findBox(bytes: Uint8Array, ...path: readonly string[]): Uint8Array | null {
  const [type, ...rest] = path
  if (type === undefined) return bytes
  for (const box of boxesIn(bytes)) if (box.type === type) return findBox(box.body, ...rest)
  return null
}

/** The start of a box; `restBytes` from there to the file's end is the length of one that says 0. */
export function decodeBoxHeader(
  bytes: Uint8Array,
  restBytes: number,
): { readonly type: string; readonly headerBytes: number; readonly boxBytes: number } {
  const fields = new FieldReader(bytes)
  const short = fields.uint32()
  const type = fields.text(4)
  const boxBytes = short === 1 ? fields.uint64() : short === 0 ? restBytes : short
  if (boxBytes < fields.at) throw new Refusal('broken', `${type} of ${boxBytes} bytes`)
  return { type, headerBytes: fields.at, boxBytes }
}

/** The fields of a full box behind its version and flags. */
export function fullBox(body: Uint8Array): {
  readonly version: number
  readonly flags: number
  readonly fields: FieldReader
} {
  const fields = new FieldReader(body)
  const word = fields.uint32()
  return { version: word >>> 24, flags: word & 0xffffff, fields }
}

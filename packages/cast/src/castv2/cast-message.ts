import { assert, concatBytes, utf8Bytes } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import { CAST_LIMITS } from '../cast-limits.ts'

/**
 * The one message of CASTV2 (`cast_channel.proto` of Chromium): a length in four bytes, then a protobuf message of
 * seven fields. Payloads are JSON; the binary ones belong to the authentication of screens, which isn't asked for.
 */
export interface CastMessage {
  readonly source: string
  readonly destination: string
  readonly namespace: string
  /** JSON; null = the payload is binary. */
  readonly payload: string | null
}

/** A message with its length before it. */
export function encodeCastMessage(message: CastMessage): Uint8Array {
  assert(message.payload !== null, 'only JSON is sent')
  const body = concatBytes([
    // protocol_version = CASTV2_1_0
    Uint8Array.of(0x08, 0),
    text(0x12, message.source),
    text(0x1a, message.destination),
    text(0x22, message.namespace),
    // payload_type = STRING
    Uint8Array.of(0x28, 0),
    text(0x32, message.payload),
  ])
  const out = new Uint8Array(4 + body.length)
  new DataView(out.buffer).setUint32(0, body.length)
  out.set(body, 4)
  return out
}

/** Takes messages out of a stream of bytes. Throws {@link CastError} `nonsense`, also for a length over the cap, before memory is taken for it. */
export class CastMessageReader {
  #held: Uint8Array = new Uint8Array(0)

  /** The messages that these bytes complete. */
  read(bytes: Uint8Array): readonly CastMessage[] {
    const messages: CastMessage[] = []
    const all = concatBytes([this.#held, bytes])
    const view = new DataView(all.buffer, all.byteOffset)
    let at = 0
    while (all.length - at >= 4) {
      const length = view.getUint32(at)
      if (length > CAST_LIMITS.messageBytes)
        throw new CastError('nonsense', `a message of ${length} bytes`)
      const end = at + 4 + length
      if (all.length < end) break
      messages.push(decodeCastMessage(all.subarray(at + 4, end)))
      at = end
    }
    // Once for all of them: what is left would be copied behind each.
    this.#held = all.slice(at)
    return messages
  }
}

/** A message without its length. Throws {@link CastError} `nonsense`. */
export function decodeCastMessage(bytes: Uint8Array): CastMessage {
  const texts = new Map<number, string>()
  let isBinary = false
  for (let at = 0; at < bytes.length;) {
    const [key, afterKey] = varint(bytes, at)
    const field = key >>> 3
    if ((key & 7) === 0) {
      const [value, next] = varint(bytes, afterKey)
      if (field === 5) isBinary = value !== 0
      at = next
    } else if ((key & 7) === 2) {
      const [length, start] = varint(bytes, afterKey)
      const end = start + length
      if (end > bytes.length) throw new CastError('nonsense', 'a field is longer than its message')
      if (field >= 2 && field <= 6) texts.set(field, DECODER.decode(bytes.subarray(start, end)))
      at = end
    } else throw new CastError('nonsense', `a field of type ${key & 7}`)
  }
  const [source, destination, namespace] = [2, 3, 4].map((field) => texts.get(field))
  if (source === undefined || destination === undefined || namespace === undefined)
    throw new CastError('nonsense', 'a message without an address')
  return { source, destination, namespace, payload: isBinary ? null : (texts.get(6) ?? null) }
}

const DECODER = new TextDecoder()

function text(key: number, value: string): Uint8Array {
  const bytes = utf8Bytes(value)
  const length: number[] = []
  let left = bytes.length
  for (; left > 0x7f; left >>>= 7) length.push((left & 0x7f) | 0x80)
  return concatBytes([Uint8Array.of(key, ...length, left), bytes])
}

/** A number and where the next thing begins. Those of the protocol have at most four bytes; five would be no number of ours. */
function varint(bytes: Uint8Array, from: number): [value: number, next: number] {
  let value = 0
  for (let step = 0; step < 4; step++) {
    const byte = bytes[from + step]
    if (byte === undefined) break
    value |= (byte & 0x7f) << (7 * step)
    if (byte < 0x80) return [value, from + step + 1]
  }
  throw new CastError('nonsense', 'a number without an end')
}

import { assert } from '@matinee/base'
import { MESSAGE_IDS } from './wire-message.ts'
import type { HashFields, SendableMessage } from './wire-message.ts'

/**
 * The bytes of a message as chunks to send in order. Payloads (block, bits, extension payload, hashes)
 * are passed through uncopied: don't change them before they have left.
 */
export function encodeMessage(message: SendableMessage): Uint8Array[] {
  switch (message.kind) {
    case 'keep-alive':
      return [new Uint8Array(4)]
    case 'choke':
    case 'unchoke':
    case 'interested':
    case 'not-interested':
    case 'have-all':
    case 'have-none':
      return [head(MESSAGE_IDS[message.kind], [], 0)]
    case 'have':
    case 'suggest':
    case 'allowed-fast':
      return [head(MESSAGE_IDS[message.kind], [message.piece], 0)]
    case 'request':
    case 'cancel':
    case 'reject':
      return [head(MESSAGE_IDS[message.kind], [message.piece, message.begin, message.length], 0)]
    case 'piece':
      return [
        head(MESSAGE_IDS.piece, [message.piece, message.begin], message.block.length),
        message.block,
      ]
    case 'bitfield':
      return [head(MESSAGE_IDS.bitfield, [], message.bits.length), message.bits]
    case 'port': {
      assert(isBelow(message.port, 0x1_0000), 'a port is 0 to 65535')
      return [
        new Uint8Array([0, 0, 0, 3, MESSAGE_IDS.port, message.port >> 8, message.port & 0xff]),
      ]
    }
    case 'extended': {
      assert(isBelow(message.id, 0x100), 'the id of an extension message is a byte')
      const { payload } = message
      const out = new Uint8Array(6)
      out.set(head(MESSAGE_IDS.extended, [], 1 + payload.length))
      out[5] = message.id
      return [out, payload]
    }
    case 'hash-request':
    case 'hash-reject':
      return [hashHead(MESSAGE_IDS[message.kind], message, 0)]
    case 'hashes':
      return [hashHead(MESSAGE_IDS.hashes, message, message.hashes.length), message.hashes]
  }
}

/** Length, id and 32-bit fields; the length counts `payloadBytes` more that follow. */
function head(id: number, fields: readonly number[], payloadBytes: number): Uint8Array {
  const out = new Uint8Array(5 + 4 * fields.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, 1 + 4 * fields.length + payloadBytes)
  out[4] = id
  let at = 5
  for (const field of fields) {
    assert(isBelow(field, 2 ** 32), 'a field of a message is 0 to 2^32 - 1')
    view.setUint32(at, field)
    at += 4
  }
  return out
}

// BEP 52: the root comes first, then base layer, index, length and proof layers.
function hashHead(id: number, fields: HashFields, payloadBytes: number): Uint8Array {
  assert(fields.piecesRoot.length === 32, 'the root of a file has 32 bytes')
  const { baseLayer, index, length, proofLayers } = fields
  const numbers = head(id, [baseLayer, index, length, proofLayers], 32 + payloadBytes)
  const out = new Uint8Array(numbers.length + 32)
  out.set(numbers.subarray(0, 5))
  out.set(fields.piecesRoot, 5)
  out.set(numbers.subarray(5), 37)
  return out
}

function isBelow(value: number, limit: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < limit
}

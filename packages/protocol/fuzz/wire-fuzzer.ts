import { LIMITS, assert, concatBytes, toHex } from '@matinee/base'
import type { Random } from '@matinee/base'
import {
  Bitfield,
  HandshakeReader,
  WireDecoder,
  WireError,
  encodeHandshake,
  encodeMessage,
} from '@matinee/protocol'
import type { HashFields, SendableMessage, WireMessage } from '@matinee/protocol'
import { pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'
import { edgyNumber, mutate, onceIn } from './message-mutation.ts'

/** What a stream of bytes came to. */
interface Outcome {
  readonly told: readonly string[]
  readonly code: string | null
}

/**
 * Streams of messages, damaged. However they are cut, the same messages come out and the same error
 * ends them; nothing but a WireError escapes; and no more memory is taken than came in, one block ahead.
 */
export const wireFuzzer: Fuzzer = {
  name: 'wire',
  run(random) {
    const stream = mutate(makeStream(random), random)
    const pieceCount = onceIn(2, random) ? null : random.below(40)
    const whole = decode(stream, stream.length, pieceCount)
    const cut = decode(stream, 1 + random.below(50), pieceCount)
    assert(JSON.stringify(whole) === JSON.stringify(cut), 'segments change nothing')
  },
}

/** Handshakes, damaged: read or refused as bad-handshake. */
export const handshakeFuzzer: Fuzzer = {
  name: 'handshake',
  run(random) {
    const reserved = {
      extension: onceIn(2, random),
      fast: onceIn(2, random),
      dht: onceIn(2, random),
      v2: onceIn(2, random),
    }
    const handshake = { infoHash: random.bytes(20), peerId: random.bytes(20), reserved }
    const bytes = mutate(encodeHandshake(handshake), random)
    const reader = new HandshakeReader()
    const length = 1 + random.below(80)
    try {
      for (let at = 0; at < bytes.length; at += length)
        if (reader.push(bytes.subarray(at, at + length)) !== null) return
    } catch (error) {
      codeOf(error)
    }
  },
}

function decode(stream: Uint8Array, segmentBytes: number, pieceCount: number | null): Outcome {
  const told: string[] = []
  let allocated = 0
  const decoder = new WireDecoder({
    pieceCount,
    allocateBlock: (length) => {
      allocated += length
      return new Uint8Array(length)
    },
  })
  let at = 0
  try {
    for (; at < stream.length; at += segmentBytes) {
      const segment = stream.slice(at, at + segmentBytes)
      decoder.push(segment, (message) => told.push(textOf(message, pieceCount)))
      segment.fill(0xee)
      assert(allocated <= at + segmentBytes + LIMITS.blockBytes, 'blocks take what came, and one')
    }
  } catch (error) {
    return { told, code: codeOf(error) }
  }
  return { told, code: null }
}

function codeOf(error: unknown): string {
  if (error instanceof WireError) return error.code
  throw error
}

/** The message as text, after its promises have been looked at. */
function textOf(message: WireMessage, pieceCount: number | null): string {
  if (message.kind === 'unknown') return `unknown ${message.id}`
  if (message.kind === 'bitfield' && pieceCount !== null) {
    try {
      const bitfield = Bitfield.decode(message.bits, pieceCount)
      assert(bitfield.count <= pieceCount, 'nobody has more pieces than there are')
    } catch (error) {
      codeOf(error)
    }
  }
  // What was read can be written, and is then the same.
  return toHex(concatBytes(encodeMessage(message)))
}

function makeStream(random: Random): Uint8Array {
  const chunks: Uint8Array[] = []
  for (let left = 1 + random.below(6); left > 0; left--)
    chunks.push(
      ...(onceIn(12, random)
        ? [header(edgyNumber(random), random.below(256))]
        : encodeMessage(makeMessage(random))),
    )
  return concatBytes(chunks)
}

function header(length: number, id: number): Uint8Array {
  return new Uint8Array([length >>> 24, length >>> 16, length >>> 8, length, id])
}

const PLAIN = ['keep-alive', 'choke', 'interested', 'have-all', 'have-none'] as const

function makeMessage(random: Random): SendableMessage {
  const number = (): number => edgyNumber(random)
  const block = { piece: number(), begin: number(), length: number() }
  const hashes: HashFields = {
    piecesRoot: random.bytes(32),
    baseLayer: random.below(30),
    index: number(),
    length: number(),
    proofLayers: random.below(30),
  }
  switch (random.below(10)) {
    case 0:
      return { kind: pick(random, PLAIN) }
    case 1:
      return {
        kind: pick(random, ['have', 'suggest', 'allowed-fast'] as const),
        piece: random.below(50),
      }
    case 2:
      return { kind: 'bitfield', bits: random.bytes(random.below(8)) }
    case 3:
      return { kind: pick(random, ['request', 'cancel', 'reject'] as const), ...block }
    case 4:
      return {
        kind: 'piece',
        piece: number(),
        begin: number(),
        block: random.bytes(1 + random.below(200)),
      }
    case 5:
      return { kind: 'port', port: random.below(65_536) }
    case 6:
      return { kind: 'extended', id: random.below(256), payload: random.bytes(random.below(200)) }
    case 7:
      return { kind: pick(random, ['hash-request', 'hash-reject'] as const), ...hashes }
    case 8:
      return { kind: 'hashes', ...hashes, hashes: random.bytes(32 * (1 + random.below(4))) }
    default:
      return {
        kind: 'piece',
        piece: number(),
        begin: number(),
        block: new Uint8Array(LIMITS.blockBytes),
      }
  }
}

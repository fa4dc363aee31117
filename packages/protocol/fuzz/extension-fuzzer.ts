import { LIMITS, assert, concatBytes, formatIp, latin1Bytes } from '@matinee/base'
import type { Random, SocketAddress } from '@matinee/base'
import {
  BencodeDictionary,
  WireError,
  decodeExtensionHandshake,
  decodeMetadataMessage,
  decodePeerExchange,
  encodeBencode,
  encodeExtensionHandshake,
  encodeMetadataMessage,
  encodePeerExchange,
} from '@matinee/protocol'
import type { ExtensionHandshake, PeerExchange } from '@matinee/protocol'
import { pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'
import { edgyNumber, mutate, onceIn } from './message-mutation.ts'

/** Extension handshakes, damaged: what is accepted keeps every cap, and writes and reads the same again. */
export const extensionHandshakeFuzzer: Fuzzer = {
  name: 'extension handshake',
  run(random) {
    const payload = mutate(encodeExtensionHandshake(makeHandshake(random)), random)
    const handshake = accept(() => decodeExtensionHandshake(payload))
    if (handshake === null) return
    assert(handshake.messages.size <= 100, 'at most a hundred extensions')
    for (const id of handshake.messages.values()) assert(id >= 0 && id <= 255, 'ids are bytes')
    const characters = Array.from(handshake.client ?? '').length
    assert(characters <= LIMITS.remoteTextCharacters, 'the client is named in 200 characters')
    assert((handshake.metadataSize ?? 1) >= 1, 'metadata has a size')
    assert((handshake.metadataSize ?? 1) <= LIMITS.metainfoBytes, 'metadata of a usable size')
    const again = decodeExtensionHandshake(encodeExtensionHandshake(handshake))
    assert(text(again) === text(handshake), 'a handshake reads as it was written')
  },
}

/** Metadata messages, damaged: data that is accepted is exactly one piece. */
export const metadataFuzzer: Fuzzer = {
  name: 'ut_metadata',
  run(random) {
    const message = accept(() => decodeMetadataMessage(mutate(makeMetadataMessage(random), random)))
    if (message?.kind !== 'data') return
    assert(message.totalBytes <= LIMITS.metainfoBytes, 'metadata of a usable size')
    assert(message.piece * 16_384 + message.bytes.length <= message.totalBytes, 'a piece inside')
    assert(message.bytes.length >= 1 && message.bytes.length <= 16_384, 'a piece of a sane size')
  },
}

/** Peer exchanges, damaged: what is accepted is at most fifty addresses with a port. */
export const peerExchangeFuzzer: Fuzzer = {
  name: 'ut_pex',
  run(random) {
    const payload = mutate(encodePeerExchange(makeExchange(random)), random)
    const exchange = accept(() => decodePeerExchange(payload))
    if (exchange === null) return
    assert(exchange.added.length <= LIMITS.pexPeers, 'at most fifty added')
    assert(exchange.dropped.length <= LIMITS.pexPeers, 'at most fifty dropped')
    for (const { address } of exchange.added) assert(address.port > 0, 'every peer has a port')
    const again = decodePeerExchange(encodePeerExchange(exchange))
    assert(again.added.length === exchange.added.length, 'peers read as they were written')
  },
}

/** The value, or `null` when it was refused the one way it may be. */
function accept<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (error instanceof WireError && error.code === 'bad-extension') return null
    throw error
  }
}

function text(handshake: ExtensionHandshake): string {
  return JSON.stringify({ ...handshake, messages: [...handshake.messages] })
}

function makeHandshake(random: Random): ExtensionHandshake {
  const names = ['ut_metadata', 'ut_pex', 'lt_donthave', '', 'x'.repeat(64)]
  return {
    messages: new Map(names.slice(random.below(6)).map((name) => [name, random.below(256)])),
    client: onceIn(2, random) ? null : 'Matinee \u{1F37F}\u202E'.repeat(random.below(30)),
    requestQueue: onceIn(2, random) ? null : edgyNumber(random),
    metadataSize: onceIn(2, random) ? null : edgyNumber(random),
    port: onceIn(2, random) ? null : edgyNumber(random),
    yourIp: onceIn(2, random) ? null : formatIp(random.bytes(pick(random, [4, 16]))),
    uploadOnly: onceIn(2, random),
  }
}

function makeMetadataMessage(random: Random): Uint8Array {
  if (onceIn(3, random))
    return encodeMetadataMessage({
      kind: pick(random, ['request', 'reject'] as const),
      piece: edgyNumber(random),
    })
  const totalBytes = 1 + random.below(40_000)
  const piece = random.below(Math.ceil(totalBytes / 16_384))
  const bytes = new Uint8Array(Math.min(16_384, totalBytes - 16_384 * piece))
  if (!onceIn(3, random)) return encodeMetadataMessage({ kind: 'data', piece, totalBytes, bytes })
  const head = {
    msg_type: random.below(4),
    piece: edgyNumber(random),
    total_size: edgyNumber(random),
  }
  return concatBytes([encodeBencode(BencodeDictionary.from(head)), bytes, latin1Bytes('d1:ae')])
}

function makeExchange(random: Random): PeerExchange {
  const addresses = (): SocketAddress[] =>
    Array.from({ length: random.below(12) }, () => ({
      host: formatIp(random.bytes(pick(random, [4, 16]))),
      port: random.below(65_536),
    }))
  return {
    added: addresses().map((address) => ({
      address,
      prefersEncryption: onceIn(2, random),
      isSeed: onceIn(2, random),
      utp: onceIn(2, random),
      holepunch: onceIn(2, random),
      reachable: onceIn(2, random),
    })),
    dropped: addresses(),
  }
}

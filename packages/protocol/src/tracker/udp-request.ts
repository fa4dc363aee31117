import { assert } from '@matinee/base'
import type { Announce, AnnounceEvent } from './announce.ts'

/** What a client sends to a tracker over UDP (BEP 15), as the tracker reads it. */
export type UdpRequest =
  | { readonly kind: 'connect'; readonly transactionId: number }
  | {
      readonly kind: 'announce'
      readonly transactionId: number
      readonly connectionId: Uint8Array
      readonly announce: Announce
    }
  | {
      readonly kind: 'scrape'
      readonly transactionId: number
      readonly connectionId: Uint8Array
      /** 1 to 74, of 20 bytes each. */
      readonly infoHashes: readonly Uint8Array[]
    }

/** The numbers of the acts, in requests and answers. */
export const UDP_ACTIONS = { connect: 0, announce: 1, scrape: 2, error: 3 } as const

/** BEP 15: more would not fit into a datagram of 1500 bytes. */
export const UDP_SCRAPE_LIMIT = 74

// BEP 15 §connect: the magic number that tells a connect from everything else.
const PROTOCOL_ID = 0x417_2710_1980n

const EVENTS: readonly AnnounceEvent[] = [null, 'completed', 'started', 'stopped']
const ANNOUNCE_BYTES = 98
const SCRAPE_HEAD_BYTES = 16

/** Asks for a connection id, which proves to the tracker that our address is our own. 16 bytes. */
export function encodeUdpConnect(transactionId: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16))
  view.setBigUint64(0, PROTOCOL_ID)
  view.setUint32(8, UDP_ACTIONS.connect)
  view.setUint32(12, transactionId)
  return new Uint8Array(view.buffer)
}

/** Announces; `connectionId` is the 8 bytes of the connect answer, at most 60 s old. 98 bytes. */
export function encodeUdpAnnounce(
  connectionId: Uint8Array,
  transactionId: number,
  announce: Announce,
): Uint8Array {
  assert(announce.infoHash.length === 20, 'a tracker knows info-hashes of 20 bytes')
  assert(announce.peerId.length === 20, 'a peer id has 20 bytes')
  const out = startRequest(ANNOUNCE_BYTES, connectionId, UDP_ACTIONS.announce, transactionId)
  out.set(announce.infoHash, 16)
  out.set(announce.peerId, 36)
  const view = new DataView(out.buffer)
  view.setBigUint64(56, BigInt(announce.downloaded))
  view.setBigUint64(64, BigInt(announce.left))
  view.setBigUint64(72, BigInt(announce.uploaded))
  view.setUint32(80, EVENTS.indexOf(announce.event))
  // Bytes 84 to 88 stay 0: the tracker takes the address the datagram came from.
  view.setUint32(88, announce.key ?? 0)
  view.setInt32(92, announce.numWant)
  view.setUint16(96, announce.port)
  return out
}

/** Asks for counts of 1 to 74 torrents, by info-hashes of 20 bytes. */
export function encodeUdpScrape(
  connectionId: Uint8Array,
  transactionId: number,
  infoHashes: readonly Uint8Array[],
): Uint8Array {
  assert(infoHashes.length >= 1 && infoHashes.length <= UDP_SCRAPE_LIMIT, 'a scrape of 1 to 74')
  const length = SCRAPE_HEAD_BYTES + 20 * infoHashes.length
  const out = startRequest(length, connectionId, UDP_ACTIONS.scrape, transactionId)
  for (const [i, infoHash] of infoHashes.entries()) {
    assert(infoHash.length === 20, 'a tracker knows info-hashes of 20 bytes')
    out.set(infoHash, SCRAPE_HEAD_BYTES + 20 * i)
  }
  return out
}

/**
 * Reads a client's datagram; `null` = not one that a tracker answers. An address in it is ignored.
 * Bytes behind an announce are options of BEP 41, ignored too.
 */
export function decodeUdpRequest(bytes: Uint8Array): UdpRequest | null {
  if (bytes.length < 16) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const transactionId = view.getUint32(12)
  const connectionId = bytes.slice(0, 8)
  switch (view.getUint32(8)) {
    case UDP_ACTIONS.connect:
      return view.getBigUint64(0) === PROTOCOL_ID ? { kind: 'connect', transactionId } : null
    case UDP_ACTIONS.announce: {
      const event = EVENTS[bytes.length < ANNOUNCE_BYTES ? -1 : view.getUint32(80)]
      if (event === undefined) return null
      return {
        kind: 'announce',
        transactionId,
        connectionId,
        announce: {
          infoHash: bytes.slice(16, 36),
          peerId: bytes.slice(36, 56),
          downloaded: safeNumber(view.getBigUint64(56)),
          left: safeNumber(view.getBigUint64(64)),
          uploaded: safeNumber(view.getBigUint64(72)),
          event,
          key: view.getUint32(88),
          numWant: view.getInt32(92),
          port: view.getUint16(96),
        },
      }
    }
    case UDP_ACTIONS.scrape: {
      const count = (bytes.length - SCRAPE_HEAD_BYTES) / 20
      if (!Number.isInteger(count) || count < 1 || count > UDP_SCRAPE_LIMIT) return null
      const infoHashes = Array.from({ length: count }, (_, i) =>
        bytes.slice(SCRAPE_HEAD_BYTES + 20 * i, SCRAPE_HEAD_BYTES + 20 * (i + 1)),
      )
      return { kind: 'scrape', transactionId, connectionId, infoHashes }
    }
    default:
      return null
  }
}

function startRequest(
  length: number,
  connectionId: Uint8Array,
  action: number,
  transactionId: number,
): Uint8Array<ArrayBuffer> {
  assert(connectionId.length === 8, 'a connection id has 8 bytes')
  const out = new Uint8Array(length)
  out.set(connectionId)
  const view = new DataView(out.buffer)
  view.setUint32(8, action)
  view.setUint32(12, transactionId)
  return out
}

function safeNumber(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value)
}

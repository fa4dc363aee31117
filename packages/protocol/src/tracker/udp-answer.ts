import { LIMITS, concatBytes, utf8Bytes } from '@matinee/base'
import {
  COMPACT_BYTES,
  decodeCompactAddresses,
  encodeCompactAddresses,
} from '../compact-address.ts'
import type { AddressFamily } from '../compact-address.ts'
import { remoteText } from '../remote-text.ts'
import { clampInterval } from './announce.ts'
import type { AnnounceAnswer, ScrapeCounts, TrackerFailure } from './announce.ts'
import type { AnnounceOutcome } from './http-tracker.ts'
import { UDP_ACTIONS } from './udp-request.ts'

/**
 * What a tracker sends over UDP (BEP 15). Anybody can send us a datagram under the tracker's address:
 * a decoder answers `null` for whatever is not the answer to exactly our request, and the caller goes
 * on waiting as if nothing had come.
 */

/** The tracker believes our address; the 8 bytes go into every request of the next 60 s. */
export interface UdpConnectAnswer {
  readonly kind: 'answer'
  readonly connectionId: Uint8Array
}

/** Counts in the order of the info-hashes asked for. */
export interface UdpScrapeAnswer {
  readonly kind: 'answer'
  readonly torrents: readonly ScrapeCounts[]
}

const HEAD_BYTES = 8
const ANNOUNCE_HEAD_BYTES = 20
const SCRAPE_ENTRY_BYTES = 12
// More peers than are ever taken; a larger datagram is no answer of a tracker.
const MAX_ANSWER_BYTES = ANNOUNCE_HEAD_BYTES + LIMITS.trackerPeers * COMPACT_BYTES.ipv6

/** Reads the answer to a connect. `null` = not the answer to this request. */
export function decodeUdpConnectAnswer(
  bytes: Uint8Array,
  transactionId: number,
): UdpConnectAnswer | TrackerFailure | null {
  const body = answerTo(bytes, transactionId, UDP_ACTIONS.connect)
  if (body === null || 'kind' in body) return body
  return bytes.length < 16 ? null : { kind: 'answer', connectionId: bytes.slice(8, 16) }
}

/**
 * Reads the answer to an announce. `null` = not the answer to this request.
 * @param family how the tracker was reached: it answers addresses of the same kind
 */
export function decodeUdpAnnounceAnswer(
  bytes: Uint8Array,
  transactionId: number,
  family: AddressFamily,
): AnnounceAnswer | TrackerFailure | null {
  const view = answerTo(bytes, transactionId, UDP_ACTIONS.announce)
  if (view === null || 'kind' in view) return view
  if (bytes.length < ANNOUNCE_HEAD_BYTES) return null
  const peers = decodeCompactAddresses(
    bytes.subarray(ANNOUNCE_HEAD_BYTES),
    family,
    LIMITS.trackerPeers,
  )
  if (peers === null) return null
  return {
    kind: 'answer',
    intervalMs: clampInterval(view.getInt32(8)),
    peers: peers.filter((peer) => peer !== null),
    seeders: view.getUint32(16),
    leechers: view.getUint32(12),
    warning: null,
  }
}

/** Reads the answer to a scrape of `count` torrents. `null` = not the answer to this request. */
export function decodeUdpScrapeAnswer(
  bytes: Uint8Array,
  transactionId: number,
  count: number,
): UdpScrapeAnswer | TrackerFailure | null {
  const view = answerTo(bytes, transactionId, UDP_ACTIONS.scrape)
  if (view === null || 'kind' in view) return view
  if (bytes.length !== HEAD_BYTES + SCRAPE_ENTRY_BYTES * count) return null
  const torrents = Array.from({ length: count }, (_, i) => {
    const at = HEAD_BYTES + SCRAPE_ENTRY_BYTES * i
    return {
      seeders: view.getUint32(at),
      downloads: view.getUint32(at + 4),
      leechers: view.getUint32(at + 8),
    }
  })
  return { kind: 'answer', torrents }
}

/** The tracker's side: gives a client its connection id of 8 bytes. */
export function encodeUdpConnectAnswer(
  transactionId: number,
  connectionId: Uint8Array,
): Uint8Array {
  return concatBytes([head(UDP_ACTIONS.connect, transactionId), connectionId])
}

/** The tracker's side: peers of the other family than the client's are left out. */
export function encodeUdpAnnounceAnswer(
  transactionId: number,
  outcome: AnnounceOutcome,
  family: AddressFamily,
): Uint8Array {
  const numbers = words([outcome.intervalSeconds, outcome.leechers, outcome.seeders])
  const peers = encodeCompactAddresses(outcome.peers)[family]
  return concatBytes([head(UDP_ACTIONS.announce, transactionId), numbers, peers])
}

/** The tracker's side: counts in the order asked for. */
export function encodeUdpScrapeAnswer(
  transactionId: number,
  torrents: readonly ScrapeCounts[],
): Uint8Array {
  const counts = torrents.flatMap(({ seeders, downloads, leechers }) => [
    seeders,
    downloads,
    leechers,
  ])
  return concatBytes([head(UDP_ACTIONS.scrape, transactionId), words(counts)])
}

/** The tracker's side: refuses, in words for people. */
export function encodeUdpFailure(transactionId: number, reason: string): Uint8Array {
  return concatBytes([head(UDP_ACTIONS.error, transactionId), utf8Bytes(reason)])
}

/** A view of an answer with the right transaction id and action, or the failure it tells. */
function answerTo(
  bytes: Uint8Array,
  transactionId: number,
  action: number,
): DataView | TrackerFailure | null {
  if (bytes.length < HEAD_BYTES || bytes.length > MAX_ANSWER_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(4) !== transactionId) return null
  if (view.getUint32(0) === UDP_ACTIONS.error) {
    const reason = remoteText(bytes.subarray(HEAD_BYTES))
    return { kind: 'failure', reason: reason === '' ? 'no reason given' : reason }
  }
  return view.getUint32(0) === action ? view : null
}

function head(action: number, transactionId: number): Uint8Array {
  return words([action, transactionId])
}

function words(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value)
  return new Uint8Array(view.buffer)
}

import { DAY_MS, LIMITS, MINUTE_MS, assert } from '@matinee/base'
import type { Random } from '@matinee/base'
import {
  BencodeDictionary,
  TrackerError,
  decodeAnnounceQuery,
  decodeHttpAnnounce,
  decodeHttpScrape,
  decodeUdpAnnounceAnswer,
  decodeUdpConnectAnswer,
  decodeUdpRequest,
  decodeUdpScrapeAnswer,
  encodeBencode,
  encodeHttpScrapeAnswer,
  encodeUdpAnnounce,
  encodeUdpAnnounceAnswer,
  encodeUdpConnect,
  encodeUdpConnectAnswer,
  encodeUdpFailure,
  encodeUdpScrape,
  encodeUdpScrapeAnswer,
  percentEncode,
} from '@matinee/protocol'
import type { AnnounceAnswer, BencodeValue, TrackerFailure } from '@matinee/protocol'
import { pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'
import { edgyNumber, mutate, onceIn } from './message-mutation.ts'

/** Bodies of HTTP trackers, damaged: what is accepted keeps every cap. */
export const httpTrackerFuzzer: Fuzzer = {
  name: 'http tracker answer',
  run(random) {
    checkAnnounce(accept(() => decodeHttpAnnounce(mutate(makeHttpAnswer(random), random))))
    const counts = { seeders: edgyNumber(random), leechers: 1, downloads: 2 }
    const scrape = encodeHttpScrapeAnswer([[random.bytes(20), counts]])
    checkFailure(accept(() => decodeHttpScrape(mutate(scrape, random))))
  },
}

/** Datagrams of UDP trackers, damaged: ignored, or an answer that keeps every cap. */
export const udpTrackerFuzzer: Fuzzer = {
  name: 'udp tracker answer',
  run(random) {
    const id = edgyNumber(random)
    const family = pick(random, ['ipv4', 'ipv6'] as const)
    const bytes = mutate(makeUdpAnswer(id, random), random)
    checkFailure(decodeUdpConnectAnswer(bytes, id))
    checkAnnounce(decodeUdpAnnounceAnswer(bytes, id, family))
    checkFailure(decodeUdpScrapeAnswer(bytes, id, 1 + random.below(74)))
    const isOurs =
      bytes.length >= 8 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(4) === id
    const answer = decodeUdpAnnounceAnswer(bytes, id, family)
    assert(isOurs || answer === null, 'only the asked transaction is answered')
  },
}

/** Requests to our own tracker, damaged: ignored, refused, or whole. */
export const trackerRequestFuzzer: Fuzzer = {
  name: 'tracker request',
  run(random) {
    const request = decodeUdpRequest(mutate(makeUdpRequest(random), random))
    if (request?.kind === 'scrape')
      assert(request.infoHashes.length <= 74, 'at most 74 are scraped')
    const query = `info_hash=${percentEncode(random.bytes(20))}&peer_id=${percentEncode(random.bytes(20))}&port=1&left=0`
    const damaged = String.fromCharCode(...mutate(new TextEncoder().encode(query), random))
    const announce = accept(() => decodeAnnounceQuery(damaged))
    assert(announce === null || announce.infoHash.length === 20, 'an info-hash has 20 bytes')
  },
}

/** The value, or `null` when it was refused the one way it may be. */
function accept<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (error instanceof TrackerError) return null
    throw error
  }
}

function checkAnnounce(answer: AnnounceAnswer | TrackerFailure | null): void {
  checkFailure(answer)
  if (answer?.kind !== 'answer') return
  assert(answer.intervalMs >= MINUTE_MS && answer.intervalMs <= DAY_MS, 'a sane interval')
  assert(answer.peers.length <= LIMITS.trackerPeers, 'at most 500 peers')
  for (const { port } of answer.peers) assert(port > 0 && port < 65_536, 'every peer has a port')
  assert((answer.seeders ?? 0) >= 0 && (answer.leechers ?? 0) >= 0, 'counts are not negative')
  checkText(answer.warning ?? '')
}

function checkFailure(answer: { readonly kind: 'answer' } | TrackerFailure | null): void {
  if (answer?.kind === 'failure') checkText(answer.reason)
}

function checkText(text: string): void {
  assert(Array.from(text).length <= LIMITS.remoteTextCharacters, 'text of at most 200 characters')
  assert(!/\p{Cc}/u.test(text), 'text without control characters')
}

function makeHttpAnswer(random: Random): Uint8Array {
  const compact = random.bytes(6 * random.below(5))
  const listed = BencodeDictionary.from({
    ip: new TextEncoder().encode(pick(random, ['1.2.3.4', '::1', 'localhost', '0x7f.1'])),
    port: edgyNumber(random),
  })
  const entries: Record<string, BencodeValue> = {
    interval: edgyNumber(random) - (onceIn(4, random) ? 2 ** 32 : 0),
    complete: edgyNumber(random),
    peers: pick<BencodeValue>(random, [compact, [listed, listed], 7, listed]),
  }
  if (onceIn(2, random)) entries['peers6'] = random.bytes(18 * random.below(4))
  if (onceIn(3, random)) entries['warning message'] = random.bytes(random.below(400))
  if (onceIn(6, random)) entries['failure reason'] = random.bytes(random.below(400))
  return encodeBencode(BencodeDictionary.from(entries))
}

function makeUdpAnswer(id: number, random: Random): Uint8Array {
  const counts = { seeders: edgyNumber(random), leechers: edgyNumber(random), downloads: 1 }
  switch (random.below(4)) {
    case 0:
      return encodeUdpConnectAnswer(id, random.bytes(8))
    case 1:
      return encodeUdpScrapeAnswer(id, [counts, counts])
    case 2:
      return encodeUdpFailure(id, 'no \u202E\u0000')
    default: {
      const peers = Array.from({ length: random.below(4) }, () => ({ host: '1.2.3.4', port: 1 }))
      const outcome = { ...counts, intervalSeconds: edgyNumber(random), peers }
      return encodeUdpAnnounceAnswer(id, outcome, 'ipv4')
    }
  }
}

function makeUdpRequest(random: Random): Uint8Array {
  const id = edgyNumber(random)
  if (onceIn(3, random)) return encodeUdpConnect(id)
  if (onceIn(2, random))
    return encodeUdpScrape(random.bytes(8), id, [random.bytes(20), random.bytes(20)])
  return encodeUdpAnnounce(random.bytes(8), id, {
    infoHash: random.bytes(20),
    peerId: random.bytes(20),
    port: random.below(65_536),
    uploaded: edgyNumber(random),
    downloaded: edgyNumber(random),
    left: edgyNumber(random),
    event: pick(random, ['started', 'completed', 'stopped', null] as const),
    numWant: random.below(1000),
  })
}

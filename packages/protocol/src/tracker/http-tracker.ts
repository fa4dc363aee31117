import { LIMITS, assert, utf8Bytes } from '@matinee/base'
import type { SocketAddress } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { encodeCompactAddresses } from '../compact-address.ts'
import type { Announce, ScrapeCounts } from './announce.ts'
import { TrackerError } from './tracker-error.ts'

/**
 * The side of a tracker over HTTP: what our own small ones (tests, the seeder of the examples) read
 * and answer.
 */

/** What a tracker tells a client. */
export interface AnnounceOutcome {
  readonly intervalSeconds: number
  readonly peers: readonly SocketAddress[]
  readonly seeders: number
  readonly leechers: number
}

const DEFAULT_NUM_WANT = 50

/**
 * Reads the query of an announce (what stands behind `?`). A parameter `ip` is ignored: the address is
 * the one the request came from. `numWant` is at most 200.
 * Throws {@link TrackerError} `bad-request`.
 */
export function decodeAnnounceQuery(query: string): Announce {
  const fields = new Map(queryFields(query))
  const event = fields.get('event') ?? ''
  const key = fields.get('key') ?? ''
  return {
    infoHash: percentDecode(fields.get('info_hash'), 'info_hash'),
    peerId: percentDecode(fields.get('peer_id'), 'peer_id'),
    port: wholeNumber(fields.get('port'), 0xffff, null),
    uploaded: wholeNumber(fields.get('uploaded'), Number.MAX_SAFE_INTEGER, 0),
    downloaded: wholeNumber(fields.get('downloaded'), Number.MAX_SAFE_INTEGER, 0),
    left: wholeNumber(fields.get('left'), Number.MAX_SAFE_INTEGER, 0),
    event: event === 'started' || event === 'completed' || event === 'stopped' ? event : null,
    numWant: Math.min(
      wholeNumber(fields.get('numwant'), Number.MAX_SAFE_INTEGER, DEFAULT_NUM_WANT),
      LIMITS.askedPeers,
    ),
    ...(/^[0-9a-f]{1,8}$/iu.test(key) ? { key: Number.parseInt(key, 16) } : {}),
  }
}

/** The info-hashes of a scrape's query, at least one. Throws {@link TrackerError} `bad-request`. */
export function decodeScrapeQuery(query: string): Uint8Array[] {
  const infoHashes = queryFields(query)
    .filter(([name]) => name === 'info_hash')
    .map(([, value]) => percentDecode(value, 'info_hash'))
  if (infoHashes.length === 0) throw new TrackerError('bad-request', 'a scrape of nothing')
  return infoHashes
}

/** The body of an answer to an announce, peers compact. */
export function encodeHttpAnnounceAnswer(outcome: AnnounceOutcome): Uint8Array {
  const { ipv4, ipv6 } = encodeCompactAddresses(outcome.peers)
  return encodeBencode(
    BencodeDictionary.from({
      complete: outcome.seeders,
      incomplete: outcome.leechers,
      interval: outcome.intervalSeconds,
      peers: ipv4,
      peers6: ipv6.length > 0 ? ipv6 : undefined,
    }),
  )
}

/** The body of an answer that refuses. */
export function encodeHttpFailure(reason: string): Uint8Array {
  return encodeBencode(BencodeDictionary.from({ 'failure reason': utf8Bytes(reason) }))
}

/** The body of an answer to a scrape; each torrent by its info-hash of 20 bytes. */
export function encodeHttpScrapeAnswer(
  torrents: Iterable<readonly [Uint8Array, ScrapeCounts]>,
): Uint8Array {
  const files = new Map<string, BencodeDictionary>()
  for (const [infoHash, counts] of torrents) {
    assert(infoHash.length === 20, 'a tracker knows info-hashes of 20 bytes')
    files.set(
      String.fromCharCode(...infoHash),
      BencodeDictionary.from({
        complete: counts.seeders,
        downloaded: counts.downloads,
        incomplete: counts.leechers,
      }),
    )
  }
  return encodeBencode(BencodeDictionary.from({ files: BencodeDictionary.from(files) }))
}

function queryFields(query: string): [string, string][] {
  if (query.length > LIMITS.announceCharacters)
    throw new TrackerError('bad-request', `a query of ${query.length} characters`)
  return query.split('&').map((field) => {
    const equals = field.indexOf('=')
    return equals < 0 ? [field, ''] : [field.slice(0, equals), field.slice(equals + 1)]
  })
}

/** Exactly 20 bytes. A `+` stays one: clients escape bytes, they don't fill in forms. */
function percentDecode(text: string | undefined, name: string): Uint8Array {
  const bytes: number[] = []
  const source = text ?? ''
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    if (code !== PERCENT) {
      if (code > 0x7f) throw new TrackerError('bad-request', `${name} holds raw bytes`)
      bytes.push(code)
      continue
    }
    const hex = source.slice(at + 1, at + 3)
    if (!/^[0-9a-f]{2}$/iu.test(hex))
      throw new TrackerError('bad-request', `${name} is escaped wrongly`)
    bytes.push(Number.parseInt(hex, 16))
    at += 2
  }
  if (bytes.length !== 20)
    throw new TrackerError('bad-request', `${name} has ${bytes.length} bytes instead of 20`)
  return Uint8Array.from(bytes)
}

const PERCENT = 0x25

function wholeNumber(text: string | undefined, max: number, missing: number | null): number {
  const value = text === undefined ? missing : /^\d{1,16}$/u.test(text) ? Number(text) : null
  if (value === null || value > max)
    throw new TrackerError('bad-request', 'an announce with a missing or wrong number')
  return value
}

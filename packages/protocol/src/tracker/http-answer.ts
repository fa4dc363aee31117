import { formatIp, LIMITS, parseIp, toHex, type SocketAddress } from '@matinee/base'
import { BencodeDictionary, isBencodeList } from '../bencode/bencode-dictionary.ts'
import type { BencodeValue } from '../bencode/bencode-dictionary.ts'
import { BencodeError } from '../bencode/bencode-error.ts'
import { decodeBencode } from '../bencode/bencode.ts'
import { decodeCompactAddresses, mixFamilies } from '../compact-address.ts'
import type { AddressFamily } from '../compact-address.ts'
import { remoteText } from '../remote-text.ts'
import { clampInterval } from './announce.ts'
import type { AnnounceAnswer, ScrapeCounts, TrackerFailure } from './announce.ts'
import { TrackerError } from './tracker-error.ts'

/** Counts by info-hash: 40 hexadecimal characters, lower case. */
export interface HttpScrapeAnswer {
  readonly kind: 'answer'
  readonly torrents: ReadonlyMap<string, ScrapeCounts>
}

// A thousand peers as dictionaries, the wordiest form there is.

/**
 * Reads the body of an HTTP announce. Peers may be compact (BEP 23, BEP 7) or dictionaries (BEP 3);
 * a dictionary with a name instead of an IP address is left out, because a name would be one more
 * look-up that a stranger makes us do. What the tracker says of our own address is ignored.
 * Throws {@link TrackerError} `too-large`, `not-bencode` or `bad-peers`.
 */
export function decodeHttpAnnounce(bytes: Uint8Array): AnnounceAnswer | TrackerFailure {
  const answer = decodeAnswer(bytes)
  const failure = failureIn(answer)
  if (failure !== null) return failure
  const warning = answer.bytes('warning message')
  return {
    kind: 'answer',
    intervalMs: clampInterval(answer.integer('interval')),
    peers: mixFamilies(
      decodePeers(answer, 'peers', 'ipv4'),
      decodePeers(answer, 'peers6', 'ipv6'),
      LIMITS.trackerPeers,
    ),
    seeders: count(answer.integer('complete')),
    leechers: count(answer.integer('incomplete')),
    warning: warning === undefined ? null : remoteText(warning) || null,
  }
}

/**
 * Reads the body of an HTTP scrape (BEP 48); counts that weren't told are 0.
 * Throws {@link TrackerError} `too-large`, `not-bencode` or `bad-scrape`.
 */
export function decodeHttpScrape(bytes: Uint8Array): HttpScrapeAnswer | TrackerFailure {
  const answer = decodeAnswer(bytes)
  const failure = failureIn(answer)
  if (failure !== null) return failure
  const files = answer.dictionary('files')
  if (files === undefined) throw new TrackerError('bad-scrape', 'a scrape without torrents')
  const torrents = new Map<string, ScrapeCounts>()
  for (const [key, value] of files.entries()) {
    if (key.length !== 20 || !(value instanceof BencodeDictionary)) continue
    torrents.set(toHex(Uint8Array.from(key, (character) => character.charCodeAt(0))), {
      seeders: count(value.integer('complete')) ?? 0,
      leechers: count(value.integer('incomplete')) ?? 0,
      downloads: count(value.integer('downloaded')) ?? 0,
    })
  }
  return { kind: 'answer', torrents }
}

function decodeAnswer(bytes: Uint8Array): BencodeDictionary {
  if (bytes.length > LIMITS.trackerAnswerBytes)
    throw new TrackerError('too-large', `a tracker answered ${bytes.length} bytes`)
  const value = decodeValue(bytes)
  if (!(value instanceof BencodeDictionary))
    throw new TrackerError('not-bencode', 'a tracker answered no dictionary')
  return value
}

function decodeValue(bytes: Uint8Array): BencodeValue {
  try {
    return decodeBencode(bytes, {
      canonical: false,
      saturate: true,
      maxTokens: LIMITS.trackerAnswerTokens,
    })
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error
    throw new TrackerError('not-bencode', 'a tracker answered something else than bencode', {
      cause: error,
    })
  }
}

/** BEP 3: with a failure reason nothing else counts. */
function failureIn(answer: BencodeDictionary): TrackerFailure | null {
  if (!answer.has('failure reason')) return null
  const reason = remoteText(answer.bytes('failure reason') ?? new Uint8Array(0))
  return { kind: 'failure', reason: reason === '' ? 'no reason given' : reason }
}

function decodePeers(
  answer: BencodeDictionary,
  key: string,
  family: AddressFamily,
): SocketAddress[] {
  const value = answer.get(key)
  if (value === undefined) return []
  if (value instanceof Uint8Array) {
    const peers = decodeCompactAddresses(value, family, LIMITS.trackerPeers)
    if (peers === null)
      throw new TrackerError('bad-peers', `a tracker answered ${value.length} bytes of ${key}`)
    return peers.filter((peer) => peer !== null)
  }
  if (!isBencodeList(value))
    throw new TrackerError('bad-peers', `a tracker answered neither list nor bytes of ${key}`)
  const peers: SocketAddress[] = []
  for (const entry of value) {
    if (peers.length === LIMITS.trackerPeers) break
    const peer = entry instanceof BencodeDictionary ? peerOf(entry) : null
    if (peer !== null) peers.push(peer)
  }
  return peers
}

function peerOf(entry: BencodeDictionary): SocketAddress | null {
  const port = entry.integer('port') ?? 0
  const ip = parseIp(entry.text('ip') ?? '')
  return ip === null || port < 1 || port > 0xffff ? null : { host: formatIp(ip), port }
}

function count(value: number | undefined): number | null {
  return value === undefined || value < 0 ? null : value
}

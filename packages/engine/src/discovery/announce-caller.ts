import {
  LIMITS,
  NetworkError,
  concatBytes,
  messageOf,
  toHex,
  type Clock,
  type LearnedFrom,
  type Log,
  type Network,
  type Random,
} from '@matinee/base'
import {
  buildAnnounceUrl,
  buildScrapeUrl,
  decodeHttpAnnounce,
  decodeHttpScrape,
  handshakeHash,
  type Announce,
  type AnnounceAnswer,
  type AnnounceEvent,
  type InfoHashes,
  type ScrapeCounts,
  type TrackerFailure,
} from '@matinee/protocol'
import { UdpTracker } from './udp-tracker.ts'

/** One announce, in our words. */
export interface AnnounceRequest {
  readonly url: string
  /** Who told us the tracker's address. */
  readonly learnedFrom: LearnedFrom
  readonly infoHashes: InfoHashes
  /** 20 bytes. */
  readonly peerId: Uint8Array
  /** Where we listen; `null` = we don't. */
  readonly port: number | null
  readonly counters: {
    readonly uploaded: number
    readonly downloaded: number
    readonly left: number
  }
  readonly event: AnnounceEvent
  readonly signal: AbortSignal
}

/** What a tracker is asked for: how many take part. */
export type ScrapeRequest = Pick<AnnounceRequest, 'url' | 'learnedFrom' | 'infoHashes' | 'signal'>

const NUM_WANT = 100

/** Asks trackers over HTTP (BEP 3, 7, 23) and UDP (BEP 15). Dispose it to close its sockets. */
export class AnnounceCaller implements AsyncDisposable {
  readonly #network: Network
  readonly #udp: UdpTracker
  readonly #key: number
  readonly #log: Log

  constructor(parts: {
    readonly network: Network
    readonly clock: Clock
    readonly random: Random
    readonly log: Log
  }) {
    this.#network = parts.network
    this.#log = parts.log
    this.#udp = new UdpTracker(parts)
    this.#key = parts.random.below(2 ** 32)
  }

  /**
   * Announces every info-hash of the torrent (a hybrid has two swarms) and joins the answers.
   * Throws {@link NetworkError}, TrackerError or the signal's reason when none of them was answered.
   */
  async announce(request: AnnounceRequest): Promise<AnnounceAnswer> {
    const { infoHashes, counters } = request
    const versions = (['v1', 'v2'] as const).filter((version) => infoHashes[version] !== null)
    const settled = await Promise.allSettled(
      versions.map((version) => {
        const announce: Announce = {
          infoHash: handshakeHash(infoHashes, version),
          peerId: request.peerId,
          port: request.port ?? 0,
          ...counters,
          event: request.event,
          numWant: request.event === 'stopped' ? 0 : NUM_WANT,
          key: this.#key,
        }
        return this.#announceOne(request, announce)
      }),
    )
    const answers = settled.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
    const [first] = answers
    if (!first) throw settled.find((one) => one.status === 'rejected')?.reason as Error
    return { ...first, peers: answers.flatMap(({ peers }) => peers) }
  }

  /**
   * Asks a tracker how many take part (BEP 48, 15); of a hybrid's two swarms the larger. `null` = it doesn't tell,
   * has no such address, or refuses. Never rejects.
   */
  async scrape(request: ScrapeRequest): Promise<ScrapeCounts | null> {
    const { url, infoHashes } = request
    const hashes = (['v1', 'v2'] as const)
      .filter((version) => infoHashes[version] !== null)
      .map((version) => handshakeHash(infoHashes, version))
    try {
      const swarms = url.startsWith('udp:')
        ? await this.#udp.scrape(url, hashes, request.learnedFrom, request.signal)
        : await this.#scrapeHttp(request, hashes)
      return largest(swarms)
    } catch (error) {
      this.#log.debug('scrape failed', { reason: messageOf(error) })
      return null
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#udp[Symbol.asyncDispose]()
  }

  async #announceOne(request: AnnounceRequest, announce: Announce): Promise<AnnounceAnswer> {
    const answer = request.url.startsWith('udp:')
      ? await this.#udp.announce(request.url, announce, request.learnedFrom, request.signal)
      : await this.#announceHttp(request, announce)
    if (answer.kind === 'failure') throw new NetworkError('bad-answer', answer.reason)
    return answer
  }

  async #announceHttp(
    request: AnnounceRequest,
    announce: Announce,
  ): Promise<AnnounceAnswer | TrackerFailure> {
    return decodeHttpAnnounce(await this.#get(buildAnnounceUrl(request.url, announce), request))
  }

  async #scrapeHttp(
    request: ScrapeRequest,
    hashes: readonly Uint8Array[],
  ): Promise<readonly ScrapeCounts[]> {
    const url = buildScrapeUrl(request.url, hashes)
    if (url === null) return []
    const told = decodeHttpScrape(await this.#get(url, request))
    if (told.kind === 'failure') throw new NetworkError('bad-answer', told.reason)
    return hashes.flatMap((infoHash) => told.torrents.get(toHex(infoHash)) ?? [])
  }

  async #get(
    url: string,
    { learnedFrom, signal }: Pick<AnnounceRequest, 'learnedFrom' | 'signal'>,
  ): Promise<Uint8Array> {
    const response = await this.#network.http.get({
      url,
      learnedFrom,
      purpose: 'tracker',
      maxBytes: LIMITS.trackerAnswerBytes,
      timeoutMs: LIMITS.trackerMs,
      signal,
    })
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    if (response.status !== 200) throw new NetworkError('bad-answer', `status ${response.status}`)
    return concatBytes(chunks)
  }
}

/** Peers of a hybrid are in both of its swarms. */
function largest(swarms: readonly ScrapeCounts[]): ScrapeCounts | null {
  const [first, ...others] = swarms
  if (!first) return null
  return others.reduce(
    (most, one) => ({
      seeders: Math.max(most.seeders, one.seeders),
      leechers: Math.max(most.leechers, one.leechers),
      downloads: Math.max(most.downloads, one.downloads),
    }),
    first,
  )
}

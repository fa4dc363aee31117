import {
  LIMITS,
  NetworkError,
  SECOND_MS,
  concatBytes,
  type Clock,
  type LearnedFrom,
  type Network,
  type Random,
} from '@matinee/base'
import {
  buildAnnounceUrl,
  decodeHttpAnnounce,
  handshakeHash,
  type Announce,
  type AnnounceAnswer,
  type AnnounceEvent,
  type InfoHashes,
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

const NUM_WANT = 100
/** The whole answer must be here by then (threats.md T3). */
const HTTP_TIMEOUT_MS = 30 * SECOND_MS

/** Asks trackers over HTTP (BEP 3, 7, 23) and UDP (BEP 15). Dispose it to close its sockets. */
export class AnnounceCaller implements AsyncDisposable {
  readonly #network: Network
  readonly #udp: UdpTracker
  readonly #key: number

  constructor(parts: {
    readonly network: Network
    readonly clock: Clock
    readonly random: Random
  }) {
    this.#network = parts.network
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
    const response = await this.#network.http.get({
      url: buildAnnounceUrl(request.url, announce),
      learnedFrom: request.learnedFrom,
      purpose: 'tracker',
      maxBytes: LIMITS.trackerAnswerBytes,
      timeoutMs: HTTP_TIMEOUT_MS,
      signal: request.signal,
    })
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    if (response.status !== 200) throw new NetworkError('bad-answer', `status ${response.status}`)
    return decodeHttpAnnounce(concatBytes(chunks))
  }
}

// More lines than usual: who is served, what is refused and what is sent go by the same state.
import {
  type ByteSpan,
  type Clock,
  LIMITS,
  type Log,
  messageOf,
  SECOND_MS,
  type SocketAddress,
  spanLength,
  type TokenBucket,
} from '@matinee/base'
import type { BlockFields } from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import { RECHOKE_EVERY_MS, planChokes, type OptimisticSlot } from './choke-plan.ts'
import { judgeRequest } from './upload-queue.ts'
import { readPadded, type UploadSource } from './upload-source.ts'

/** Requests that were on their way when we choked their sender are nobody's fault for so long. */
const CHOKE_GRACE_MS = 30 * SECOND_MS
/** So long at a stretch all yield to a film that is about to stop; then others would let go of us. */
const MOST_YIELDING_MS = 10 * SECOND_MS

/** What else the torrent does. */
export interface UploadMood {
  /** Whether we want something of others. */
  readonly isFetching: boolean
  /** Whether a film here is about to stop for lack of data: it comes before what others want. */
  readonly isStarving: boolean
}

/** How a peer was served so far. */
interface Turn {
  /** Of the peer's `downloadedBytes`, at the last look. */
  gaveBytes: number
  /** Of the peer's `uploadedBytes`, when it was unchoked. */
  startBytes: number
  /** When its last turn ended, or when it came. */
  servedMs: number
}

/** Answers requests: chooses whom to serve, serves them in turn, one read a peer at a time, within two rates. */
export class Uploader {
  readonly #isOn: boolean
  readonly #slots: () => number
  readonly #clock: Clock
  readonly #log: Log
  readonly #peers: () => Iterable<Peer>
  readonly #onGiven: (to: SocketAddress, bytes: number) => void
  readonly #busy = new WeakSet<Peer>()
  /** Peers whose next block can be sent as soon as limits allow it, in turn: a block each (P9). */
  readonly #line = new Set<Peer>()
  readonly #turns = new WeakMap<Peer, Turn>()
  readonly #buckets: readonly TokenBucket[]
  #source: UploadSource | null = null
  #mood: UploadMood = { isFetching: true, isStarving: false }
  #starvingSinceMs: number | null = null
  #optimistic: OptimisticSlot = { id: null, sinceMs: Number.NEGATIVE_INFINITY }
  #rechokedMs = Number.NEGATIVE_INFINITY
  uploadedBytes = 0

  constructor(options: {
    readonly isOn: boolean
    /** Peers served at the same time. */
    readonly slots: () => number
    /** Of the engine and of the torrent: what leaves must find something in each. */
    readonly buckets: readonly TokenBucket[]
    readonly clock: Clock
    readonly log: Log
    readonly peers: () => Iterable<Peer>
    /** Told of every block that was sent. */
    readonly onGiven: (to: SocketAddress, bytes: number) => void
  }) {
    this.#isOn = options.isOn
    this.#slots = options.slots
    this.#buckets = options.buckets
    this.#clock = options.clock
    this.#log = options.log
    this.#peers = options.peers
    this.#onGiven = options.onGiven
  }

  /** The files are open: from here on requests can be served. */
  open(source: UploadSource): void {
    this.#source = source
    this.#rechoke()
  }

  /** Goes on with what limits have held up; called a few times a second. */
  tick(nowMs: number, mood: UploadMood): void {
    this.#mood = mood
    if (!mood.isStarving) this.#starvingSinceMs = null
    else this.#starvingSinceMs ??= nowMs
    if (nowMs - this.#rechokedMs >= RECHOKE_EVERY_MS) this.#rechoke()
    this.#pump()
  }

  /** Somebody wants something, or no longer: fills free slots at once; who is being served stays. */
  onInterest(): void {
    if (!this.#isOn || !this.#source) return
    let unchoked = 0
    for (const peer of this.#peers()) {
      if (peer.them.choked) continue
      if (peer.them.interested) unchoked++
      else this.#choke(peer)
    }
    const slots = this.#slots()
    for (const peer of this.#peers()) {
      if (unchoked >= slots) return
      if (!peer.them.choked || !peer.them.interested) continue
      this.#unchoke(peer)
      unchoked++
    }
  }

  onRequest(peer: Peer, request: BlockFields): void {
    const source = this.#source
    const judged = source
      ? judgeRequest(request, {
          layout: source.layout,
          isChoked: peer.them.choked,
          waiting: peer.uploads.count,
          has: (piece) => source.hasPiece(piece),
        })
      : ({ kind: 'choked' } as const)
    if (judged.kind === 'serve') {
      peer.uploads.add(request, judged.span)
      this.serve(peer)
      return
    }
    this.#reject(peer, request)
    if (judged.kind === 'choked' && this.#wasJustServed(peer)) return
    if (judged.kind === 'not-here' && source?.hadPiece(request.piece) === true) {
      // Without the fast extension there is no other way to say that it will never come.
      if (!peer.remote.reserved.fast) peer.close('asked for a piece that is no longer here')
      return
    }
    peer.refusals++
    if (peer.refusals > LIMITS.refusedRequests)
      peer.close(`asked too often for what it can't get: ${judged.kind}`)
  }

  onCancel(peer: Peer, request: BlockFields): void {
    if (peer.uploads.cancel(request)) this.#reject(peer, request)
  }

  /** A piece is no longer here: whoever waits for it hears so. */
  lost(piece: number): void {
    for (const peer of this.#peers())
      for (const request of peer.uploads.drop(piece)) this.#reject(peer, request)
  }

  /** Goes on with what waits, as far as the peer's socket and the limits take it. */
  serve(peer: Peer): void {
    const isReady =
      peer.uploads.count > 0 && peer.bufferedBytes < LIMITS.unsentBytes && !peer.isClosed
    if (isReady && !this.#busy.has(peer)) this.#line.add(peer)
    this.#pump()
  }

  #pump(): void {
    for (const peer of this.#line) {
      if (!this.#maySend()) return
      this.#line.delete(peer)
      const next = peer.uploads.next()
      if (peer.isClosed || next === null || this.#source === null) continue
      this.#busy.add(peer)
      void this.#serveOne(peer, next, this.#source).then(() => {
        this.#busy.delete(peer)
        this.serve(peer)
      })
    }
  }

  async #serveOne(
    peer: Peer,
    { span, ...request }: BlockFields & { readonly span: ByteSpan },
    source: UploadSource,
  ): Promise<void> {
    const bytes = spanLength(span)
    for (const bucket of this.#buckets) bucket.use(bytes)
    try {
      const block = await readPadded(source, span)
      peer.send({ kind: 'piece', piece: request.piece, begin: request.begin, block })
      peer.uploadedBytes += bytes
      this.uploadedBytes += bytes
      this.#onGiven(peer.address, bytes)
    } catch (error) {
      this.#log.warn('upload read failed', { piece: request.piece, reason: messageOf(error) })
      this.#reject(peer, request)
    }
  }

  #maySend(): boolean {
    const nowMs = this.#clock.nowMs()
    if (this.#mood.isStarving && nowMs - (this.#starvingSinceMs ?? nowMs) < MOST_YIELDING_MS)
      return false
    return this.#buckets.every((bucket) => bucket.isOpen(nowMs))
  }

  #rechoke(): void {
    if (!this.#isOn || !this.#source) return
    const nowMs = this.#clock.nowMs()
    this.#rechokedMs = nowMs
    const peers = [...this.#peers()]
    const { unchoked, optimistic } = planChokes({
      peers: peers.map((peer) => this.#facts(peer)),
      slots: this.#slots(),
      isFetching: this.#mood.isFetching,
      optimistic: this.#optimistic,
      nowMs,
    })
    this.#optimistic = optimistic
    for (const peer of peers) {
      this.#turnOf(peer).gaveBytes = peer.downloadedBytes
      if (!peer.them.choked && !unchoked.has(peer.id)) this.#choke(peer)
    }
    for (const peer of peers) if (peer.them.choked && unchoked.has(peer.id)) this.#unchoke(peer)
  }

  #facts(peer: Peer) {
    const turn = this.#turnOf(peer)
    return {
      id: peer.id,
      isInterested: peer.them.interested,
      isUnchoked: !peer.them.choked,
      gaveBytes: peer.downloadedBytes - turn.gaveBytes,
      turnBytes: peer.uploadedBytes - turn.startBytes,
      servedMs: turn.servedMs,
    }
  }

  #turnOf(peer: Peer): Turn {
    const known = this.#turns.get(peer)
    if (known) return known
    const turn = { gaveBytes: 0, startBytes: 0, servedMs: this.#clock.nowMs() }
    this.#turns.set(peer, turn)
    return turn
  }

  #unchoke(peer: Peer): void {
    this.#turnOf(peer).startBytes = peer.uploadedBytes
    peer.them.choked = false
    peer.send({ kind: 'unchoke' })
  }

  /** BEP 6: what waited gets its reject, after the choke. */
  #choke(peer: Peer): void {
    const turn = this.#turnOf(peer)
    turn.servedMs = this.#clock.nowMs()
    peer.them.choked = true
    peer.send({ kind: 'choke' })
    for (const request of peer.uploads.clear()) this.#reject(peer, request)
  }

  #wasJustServed(peer: Peer): boolean {
    const turn = this.#turns.get(peer)
    if (turn === undefined || peer.uploadedBytes === 0) return false
    return this.#clock.nowMs() - turn.servedMs < CHOKE_GRACE_MS
  }

  /** BEP 6: every request gets exactly one answer. Without the fast extension there is no way to say no. */
  #reject(peer: Peer, { piece, begin, length }: BlockFields): void {
    if (peer.remote.reserved.fast) peer.send({ kind: 'reject', piece, begin, length })
  }
}

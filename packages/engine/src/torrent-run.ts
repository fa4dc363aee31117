// More lines than usual: the wiring of one torrent at work, which owns the lifetime of all its parts. Decisions live in them.
import {
  addressKey,
  type LearnedFrom,
  messageOf,
  type SocketAddress,
  type Timer,
  type TokenBucket,
} from '@matinee/base'
import type { Handshake, InfoHashes, Metainfo } from '@matinee/protocol'
import type { Discovery } from './discovery/discovery.ts'
import { TorrentError } from './errors.ts'
import type { LiveTorrent } from './live-torrent.ts'
import { ourFeatures, type Link } from './peer/link.ts'
import type { Peer } from './peer/peer.ts'
import type { SourceId } from './pick/block-source.ts'
import { RateMeter } from './rate-meter.ts'
import { openLive, torrentFolder } from './open-live.ts'
import type { ShareRank } from './share/share-plan.ts'
import type { Share, ShareFacts } from './share/shares.ts'
import type { KnownAddress } from './swarm/candidates.ts'
import { Swarm } from './swarm/swarm.ts'
import type { TorrentParts } from './torrent-parts.ts'
import type { RunFacts } from './torrent-status.ts'
import { Extensions } from './transfer/extensions.ts'
import { PeerDesk } from './transfer/peer-desk.ts'
import { Uploader } from './upload/uploader.ts'
import { joinWebSeeds } from './webseed/join-web-seeds.ts'
import type { WebSeeds } from './webseed/web-seeds.ts'

const TICK_MS = 250

/** The torrent that is at work. */
export interface RunHost {
  infoHashes(): InfoHashes
  readonly discovery: Discovery
  /** Nothing is known but hashes: peers are asked for the rest. */
  isFinding(): boolean
  /** Somebody waits for the files. */
  isAwaited(): boolean
  /** Its owner wants it served before others. */
  isPreferred(): boolean
  /** Judges whole metadata (BEP 9); false = its sender lied. */
  onMetadata(infoBytes: Uint8Array, peer: Peer): boolean
  onChecked(checkedPieces: number, pieceCount: number): void
  onLive(live: LiveTorrent): void
  onFailed(error: TorrentError): void
  /** Nobody has wanted anything for so long. Told several times a second. */
  onIdle(idleMs: number): void
}

/**
 * A torrent at work: its peers, and, once the metadata is known, its bytes. It ends for good; whoever wants it again
 * makes another one.
 */
export class TorrentRun {
  readonly #parts: TorrentParts
  readonly #host: RunHost
  readonly #swarm: Swarm
  readonly #uploader: Uploader
  readonly #extensions: Extensions
  readonly #desk: PeerDesk
  readonly #share: Share
  readonly #downRate = new RateMeter()
  readonly #upRate = new RateMeter()
  #live: LiveTorrent | null = null
  #webSeeds: WebSeeds | null = null
  #files: AsyncDisposable | null = null
  #timer: Timer | null = null
  #opening: Promise<void> | null = null
  #isOver = false
  /** When somebody last wanted something. */
  #wantedMs: number

  constructor(parts: TorrentParts, ownBucket: TokenBucket, host: RunHost) {
    const { options } = parts
    const { discovery } = host
    this.#parts = parts
    this.#host = host
    this.#wantedMs = options.clock.nowMs()
    this.#uploader = new Uploader({
      isOn: options.upload,
      slots: () => Math.min(options.uploadSlots, this.#share.uploads()),
      buckets: [parts.uploadBucket, ownBucket],
      clock: options.clock,
      log: options.log,
      peers: () => this.#swarm.peers.values(),
      onGiven: options.onGiven,
    })
    this.#extensions = new Extensions({
      clock: options.clock,
      listenPort: parts.listenPort,
      onMetadata: (bytes, peer) => this.#onMetadata(bytes, peer),
      onAddresses: (addresses) => this.addPeers(addresses, 'pex'),
      onDontHave: (peer, piece) => this.#live?.onDontHave(peer, piece),
    })
    this.#desk = new PeerDesk({
      uploader: this.#uploader,
      extensions: this.#extensions,
      onNode: (node) => discovery.nodeNamed(node),
      onClosed: (peer, reason) => {
        options.log.debug('peer left', { peer: addressKey(peer.address), reason })
        this.#swarm.closed(peer)
      },
    })
    this.#swarm = new Swarm({
      dialer: options.network.dialer,
      clock: options.clock,
      log: options.log,
      peerId: parts.peerId,
      mostPeers: () => Math.min(options.maxPeers, this.#share.connections()),
      host: this.#desk,
      hashes: () => host.infoHashes(),
      features: () => ourFeatures(host.infoHashes(), discovery.usesDht),
      onPeer: (peer) => {
        this.#desk.greet(peer)
        discovery.greet(peer)
      },
    })
    this.#share = parts.shares.join(() => this.#shareFacts)
    this.#tick()
  }

  /** `null` while the metadata is missing or the files are being opened. */
  get live(): LiveTorrent | null {
    return this.#live
  }

  /** Payload received since the beginning of this run. */
  get downloadedBytes(): number {
    return this.#desk.downloadedBytes + (this.#webSeeds?.downloadedBytes ?? 0)
  }

  /** Payload sent since the beginning of this run. */
  get uploadedBytes(): number {
    return this.#uploader.uploadedBytes
  }

  /** Peers that can give the metadata. */
  get metadataSources(): number {
    return this.#extensions.metadataSources
  }

  /** Where peers may be. */
  get knownAddresses(): readonly KnownAddress[] {
    return this.#swarm.candidates.known
  }

  /** What a status is made from. */
  get facts(): RunFacts {
    return {
      live: this.#live,
      peers: [...this.#swarm.peers.values()],
      knownPeers: this.#swarm.candidates.count,
      untriedPeers: this.#swarm.candidates.untriedCount,
      webSeeds: this.#webSeeds?.status ?? [],
      webSeedsGiving: (piece) => this.#webSeeds?.givingCount(piece) ?? 0,
      downloadBytesPerSecond: this.#downRate.perSecond,
      uploadBytesPerSecond: this.#upRate.perSecond,
    }
  }

  addPeers(addresses: readonly SocketAddress[], learnedFrom: LearnedFrom): void {
    this.#swarm.add(addresses, learnedFrom)
  }

  /** Somebody dialed us and named one of our hashes. */
  accept(link: Link, remote: Handshake): void {
    this.#swarm.accept(link, remote)
  }

  /** The metadata is known, and can be given on. */
  learn(metainfo: Metainfo): void {
    this.#extensions.learn(metainfo)
  }

  /**
   * Opens the files, compares what is doubted, and takes part. A failure is told to the host.
   *
   * @param isAgain we closed the files ourselves since the torrent was added
   */
  open(metainfo: Metainfo, isAgain: boolean): void {
    this.#opening = this.#open(metainfo, isAgain).catch((error: unknown) => {
      const text = `cannot open the files: ${messageOf(error)}`
      this.#host.onFailed(new TorrentError('disk', text, { cause: error }))
    })
  }

  /** Ends it: readers, peers, files. What is verified stays on the disk. Never throws. */
  async stop(reason: TorrentError): Promise<void> {
    this.halt(reason)
    await this.#opening
    try {
      await this.#files?.[Symbol.asyncDispose]()
    } catch (error) {
      this.#parts.options.log.warn('closing the files failed', { reason: messageOf(error) })
    }
  }

  /** Readers are told why, peers are let go of; the files stay open. */
  halt(reason: TorrentError): void {
    this.#isOver = true
    this.#live?.end(reason)
    this.#webSeeds?.stop()
    this.#swarm.stop()
    this.#timer?.cancel()
    this.#share.leave()
  }

  async #open(metainfo: Metainfo, isAgain: boolean): Promise<void> {
    const { options, infoHashes, filesFrom, leaves } = this.#parts
    const { files, live, doubted } = await openLive({
      options,
      folder: torrentFolder(options, infoHashes),
      metainfo,
      filesFrom,
      isAgain,
      leaves,
      host: {
        peers: () => this.#swarm.peers.values(),
        dialing: () => this.#swarm.dialing,
        hasWebSeeds: () => this.#webSeeds?.isAnyReady === true,
        ban: (id, reason) => this.#ban(id, reason),
        onPiece: (piece) => this.#onPiece(piece),
        onLost: (piece) => this.#onLost(piece),
        onFailed: (error) => this.#host.onFailed(error),
      },
    })
    this.#files = files
    for (const [at, piece] of doubted.entries()) {
      if (this.#isOver) return
      using turn = await this.#parts.checks.take(() => this.#host.isAwaited())
      void turn
      await live.adopt(piece)
      this.#host.onChecked(at + 1, doubted.length)
    }
    if (!this.#isOver) this.#begin(live)
  }

  /** From here on bytes are given and taken. */
  #begin(live: LiveTorrent): void {
    this.#live = live
    this.#desk.live = live
    const { metainfo, holdings } = live
    const { layout } = metainfo
    for (const peer of this.#swarm.peers.values()) {
      peer.learnPieceCount(layout.pieceCount)
      if (!peer.isClosed) live.join(peer)
    }
    // NOTE: before web seeds are asked, because trackers are told what is missing.
    this.#host.onLive(live)
    this.#webSeeds = joinWebSeeds({
      live,
      origins: this.#parts.webSeeds,
      options: this.#parts.options,
      onWrong: (id, reason) => this.#ban(id, reason),
    })
    this.#uploader.open({
      layout,
      hasPiece: (piece) => holdings.hasPiece(piece),
      hadPiece: (piece) => holdings.hadPiece(piece),
      read: (span) => live.readWhole(span),
    })
    this.#extensions.setUploadOnly(holdings.isComplete, this.#swarm.peers.values())
    for (let piece = 0; holdings.pieceCount > 0 && piece < layout.pieceCount; piece++)
      for (const peer of this.#swarm.peers.values())
        if (holdings.hasPiece(piece)) peer.send({ kind: 'have', piece })
  }

  /** The same validator as for a .torrent file; a wrong one is its sender's lie (P11, P12). */
  #onMetadata(infoBytes: Uint8Array, peer: Peer): boolean {
    if (this.#host.onMetadata(infoBytes, peer)) return true
    this.#banPeer(peer, 'bad metadata')
    return false
  }

  /** A source that is never asked again: a peer's address, or a web seed. */
  #ban(id: SourceId, reason: string): void {
    const peer = this.#swarm.peers.get(id)
    if (peer) this.#banPeer(peer, reason)
    else if (this.#webSeeds?.ban(id, reason) === true) this.#live?.downloader.leave(id)
  }

  #banPeer(peer: Peer, reason: string): void {
    this.#host.discovery.forget(peer.address.host)
    this.#swarm.ban(peer, reason)
  }

  get #shareFacts(): ShareFacts {
    const { options } = this.#parts
    const { peers, candidates } = this.#swarm
    let interested = 0
    for (const { them } of peers.values()) if (them.interested) interested++
    return {
      rank: this.#rank,
      connections: Math.min(options.maxPeers, Math.max(peers.size, candidates.count)),
      uploads: Math.min(options.uploadSlots, interested),
      isStarving: this.#isStarving,
    }
  }

  /** What is fetched to be kept, and read by nobody, isn't a film that plays. */
  get #rank(): ShareRank {
    const { live } = this
    const isKept = live?.room.isKept === true
    const isRead = isKept ? live.readers.isWatched : live?.readers.isRead === true
    if (this.#host.isAwaited() || isRead) return 'playing'
    if (this.#host.isPreferred()) return 'preferred'
    return isKept ? 'kept' : 'seeding'
  }

  get #isStarving(): boolean {
    const nowMs = this.#parts.options.clock.nowMs()
    return this.#live?.downloader.supply(nowMs).isStarving === true
  }

  #onPiece(piece: number): void {
    for (const peer of this.#swarm.peers.values())
      if (!peer.pieces.has(piece)) peer.send({ kind: 'have', piece })
    if (this.#live?.holdings.isComplete !== true) return
    this.#host.discovery.completed()
    this.#extensions.setUploadOnly(true, this.#swarm.peers.values())
  }

  #onLost(piece: number): void {
    this.#extensions.tellLost(piece, this.#swarm.peers.values())
    this.#extensions.setUploadOnly(false, this.#swarm.peers.values())
    this.#uploader.lost(piece)
  }

  #tick(): void {
    const { clock } = this.#parts.options
    const nowMs = clock.nowMs()
    const { peers } = this.#swarm
    this.#downRate.note(this.downloadedBytes, nowMs)
    this.#upRate.note(this.uploadedBytes, nowMs)
    for (const peer of peers.values()) peer.tick(nowMs)
    this.#extensions.tick(peers, nowMs)
    this.#live?.tick(nowMs)
    const isRead = this.#live?.readers.isRead
    this.#uploader.tick(nowMs, {
      isFetching: isRead !== false,
      isStarving: this.#isStarving || this.#share.isAnyStarving(),
    })
    const isAwaited = this.#host.isFinding() || isRead === true
    this.#swarm.fill(isAwaited)
    if (isAwaited && peers.size === 0) this.#host.discovery.hurry()
    if (isRead !== false || peers.values().some(({ them }) => them.interested))
      this.#wantedMs = nowMs
    if (!this.#isOver) this.#timer = clock.setTimer(TICK_MS, () => this.#tick())
    this.#host.onIdle(nowMs - this.#wantedMs)
  }
}

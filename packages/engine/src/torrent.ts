// More lines than usual: the wiring of one torrent, which owns the lifetime of all its parts. Decisions live in them.
import {
  addressKey,
  messageOf,
  untilAborted,
  type ByteSpan,
  type LearnedFrom,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import { parseInfo, type Handshake, type InfoHashes, type Metainfo } from '@matinee/protocol'
import { Discovery } from './discovery/discovery.ts'
import { fetchExactSource } from './discovery/exact-source.ts'
import { TorrentError } from './errors.ts'
import { LiveTorrent } from './live-torrent.ts'
import { ourFeatures, type Link } from './peer/link.ts'
import type { Peer } from './peer/peer.ts'
import type { SourceId } from './pick/block-source.ts'
import { RateMeter } from './rate-meter.ts'
import { openLive, torrentFolder } from './open-live.ts'
import { loadInfo, saveInfo } from './store/info-file.ts'
import type { FileReader } from './stream/file-reader.ts'
import type { KnownAddress } from './swarm/candidates.ts'
import { Swarm } from './swarm/swarm.ts'
import type { ReaderHints, TorrentParts } from './torrent-parts.ts'
import { torrentStatus, type TorrentPhase, type TorrentStatus } from './torrent-status.ts'
import { Extensions } from './transfer/extensions.ts'
import { PeerDesk } from './transfer/peer-desk.ts'
import { Uploader } from './upload/uploader.ts'
import { joinWebSeeds } from './webseed/join-web-seeds.ts'
import type { WebSeeds } from './webseed/web-seeds.ts'

const TICK_MS = 250

/**
 * One torrent: its peers, its trackers, and, once the metadata is known, its bytes.
 *
 *     finding-metadata → checking → live        each of them → failed | stopped
 */
export class Torrent {
  readonly #parts: TorrentParts
  readonly #swarm: Swarm
  readonly #uploader: Uploader
  readonly #extensions: Extensions
  readonly #desk: PeerDesk
  readonly #discovery: Discovery
  readonly #stopping = new AbortController()
  readonly #ready = Promise.withResolvers<LiveTorrent>()
  readonly #downRate = new RateMeter()
  readonly #upRate = new RateMeter()
  #infoHashes: InfoHashes
  #phase: TorrentPhase
  #live: LiveTorrent | null = null
  #webSeeds: WebSeeds | null = null
  #files: AsyncDisposable | null = null
  #timer: Timer | null = null
  #opening: Promise<void> | null = null

  constructor(parts: TorrentParts) {
    const { options, metainfo } = parts
    this.#parts = parts
    this.#infoHashes = parts.infoHashes
    this.#phase = { kind: 'finding-metadata', sources: 0 }
    this.#ready.promise.catch(() => {})
    const peers = (): Iterable<Peer> => this.#swarm.peers.values()
    this.#uploader = new Uploader({
      isOn: options.upload,
      slots: options.uploadSlots,
      bucket: parts.uploadBucket,
      clock: options.clock,
      log: options.log,
      peers,
    })
    this.#extensions = new Extensions({
      clock: options.clock,
      listenPort: parts.listenPort,
      infoBytes: metainfo?.infoBytes ?? null,
      onMetadata: (bytes, peer) => this.#onMetadata(bytes, peer),
      onAddresses: (addresses) => this.addPeers(addresses, 'pex'),
    })
    this.#desk = new PeerDesk({
      uploader: this.#uploader,
      extensions: this.#extensions,
      onNode: (node) => this.#discovery.nodeNamed(node),
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
      maxPeers: options.maxPeers,
      host: this.#desk,
      hashes: () => this.#infoHashes,
      features: () => ourFeatures(this.#infoHashes, this.#discovery.usesDht),
      onPeer: (peer) => {
        this.#desk.greet(peer)
        this.#discovery.greet(peer)
      },
    })
    this.#discovery = new Discovery({
      ...parts,
      folder: torrentFolder(options, parts.infoHashes),
      infoHashes: () => this.#infoHashes,
      onPeers: (addresses, learnedFrom) => this.addPeers(addresses, learnedFrom),
    })
    this.#tick()
    if (metainfo) this.#open(metainfo)
    else this.#opening = this.#findMetadata()
  }

  get infoHashes(): InfoHashes {
    return this.#infoHashes
  }

  /** `null` while the metadata is missing. */
  get pieceCount(): number | null {
    return this.#desk.pieceCount
  }

  /** Payload received and sent since the start, and how much is missing: what trackers are told. */
  get counters(): {
    readonly downloaded: number
    readonly uploaded: number
    readonly left: number
  } {
    const live = this.#live
    const all = this.#parts.metainfo?.files.reduce((sum, { length }) => sum + length, 0) ?? 1
    const left = live ? live.holdings.totalBytes - live.holdings.verifiedBytes : all
    return { downloaded: this.#downloadedBytes, uploaded: this.#uploader.uploadedBytes, left }
  }

  get #downloadedBytes(): number {
    return this.#desk.downloadedBytes + (this.#webSeeds?.downloadedBytes ?? 0)
  }

  /** Resolves when the torrent is live. Rejects with {@link TorrentError} or the signal's reason. */
  async metainfo(signal?: AbortSignal): Promise<Metainfo> {
    return (await untilAborted(this.#ready.promise, signal)).metainfo
  }

  /**
   * Reads `span` (bytes of the file) as it is downloaded and verified. Waits for the metadata first.
   * Throws RangeError when the span isn't in the file, {@link TorrentError} when the torrent fails.
   */
  async openFile(
    fileIndex: number,
    span: ByteSpan,
    signal?: AbortSignal,
    hints: ReaderHints = {},
  ): Promise<FileReader> {
    const live = await untilAborted(this.#ready.promise, signal)
    return live.openFile(fileIndex, span, signal, hints.bytesPerSecond)
  }

  /**
   * Gets spans of a file ready before anybody reads them: finds people, connects, and fetches the spans in
   * the order given, with no more than `budgetBytes` of payload. What is over the budget is left out; where
   * only whole pieces can be judged, they count whole. Resolves when what fits is here. Gives way to readers.
   * Throws the signal's reason (and fetches nothing from then on), {@link TorrentError}, RangeError.
   */
  async warm(
    fileIndex: number,
    spans: readonly ByteSpan[],
    { budgetBytes, signal }: { readonly budgetBytes: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const live = await untilAborted(this.#ready.promise, signal)
    const inTorrent = spans.map((span) => live.torrentSpan(fileIndex, span))
    await live.warm(inTorrent, budgetBytes, signal)
  }

  /** Verified bytes of a part of a file; 0 while the metadata is missing. */
  verifiedIn(fileIndex: number, span: ByteSpan): number {
    const file = this.#live?.metainfo.files[fileIndex]
    if (!this.#live || !file) return 0
    const { start } = file.span
    return this.#live.holdings.verifiedIn({ start: start + span.start, end: start + span.end })
  }

  addPeers(addresses: readonly SocketAddress[], learnedFrom: LearnedFrom): void {
    this.#swarm.add(addresses, learnedFrom)
  }

  /** Where peers may be, for who begins the torrent anew. */
  get knownAddresses(): readonly KnownAddress[] {
    return this.#swarm.candidates.known
  }

  /** Somebody dialed us and named one of our hashes. */
  accept(link: Link, remote: Handshake): void {
    this.#swarm.accept(link, remote)
  }

  /** What this torrent may upload, in bytes a second; `null` = as much as the engine. Throws RangeError unless above 0. */
  limitUpload(bytesPerSecond: number | null): void {
    this.#uploader.bucket.limit(bytesPerSecond, this.#parts.options.clock.nowMs())
  }

  status(): TorrentStatus {
    const isFinding = this.#phase.kind === 'finding-metadata'
    const sources = this.#extensions.metadataSources
    return torrentStatus({
      phase: isFinding ? { kind: 'finding-metadata', sources } : this.#phase,
      peers: [...this.#swarm.peers.values()],
      knownPeers: this.#swarm.candidates.count,
      untriedPeers: this.#swarm.candidates.untriedCount,
      trackers: this.#discovery.trackers,
      searches: this.#discovery.searches,
      live: this.#live,
      webSeeds: this.#webSeeds?.status ?? [],
      webSeedsGiving: (piece) => this.#webSeeds?.givingCount(piece) ?? 0,
      downloaded: this.#downloadedBytes,
      uploaded: this.#uploader.uploadedBytes,
      downloadBytesPerSecond: this.#downRate.perSecond,
      uploadBytesPerSecond: this.#upRate.perSecond,
    })
  }

  /** Ends it: readers, peers, trackers, files. What is verified stays on the disk. Never throws. */
  async stop(): Promise<void> {
    if (this.#phase.kind === 'stopped') return
    if (this.#phase.kind !== 'failed') this.#phase = { kind: 'stopped' }
    this.#timer?.cancel()
    const reason = new TorrentError('stopped', 'the torrent was stopped')
    this.#live?.end(reason)
    this.#webSeeds?.stop()
    this.#ready.reject(reason)
    this.#swarm.stop()
    this.#stopping.abort(reason)
    await this.#discovery.stop()
    await this.#opening
    try {
      await this.#files?.[Symbol.asyncDispose]()
    } catch (error) {
      this.#parts.options.log.warn('closing the files failed', { reason: messageOf(error) })
    }
  }

  /** An earlier run may have left the metadata on the disk; otherwise peers are asked. */
  async #findMetadata(): Promise<void> {
    const { options, infoHashes } = this.#parts
    const infoBytes = await loadInfo(options.disk, torrentFolder(options, infoHashes))
    if (this.#phase.kind !== 'finding-metadata') return
    if (infoBytes) {
      try {
        this.#open(this.#readInfo(infoBytes))
        return
      } catch (error) {
        options.log.warn('stored metadata is wrong', { reason: messageOf(error) })
      }
    }
    this.#discovery.start(null)
    const metainfo = await fetchExactSource({ ...this.#parts, signal: this.#stopping.signal })
    // Whoever is first: a peer, or the server that the magnet link names.
    if (metainfo && this.#phase.kind === 'finding-metadata') this.#open(metainfo)
  }

  #readInfo(infoBytes: Uint8Array): Metainfo {
    const { trackers, webSeeds, options } = this.#parts
    const extra = {
      trackers: trackers.flat(),
      webSeeds: webSeeds.map(({ url }) => url),
    }
    return parseInfo(infoBytes, options.hash, this.#infoHashes, extra)
  }

  /** The same validator as for a .torrent file; a wrong one is its sender's lie (P11, P12). */
  #onMetadata(infoBytes: Uint8Array, peer: Peer): boolean {
    try {
      this.#open(this.#readInfo(infoBytes))
      return true
    } catch (error) {
      this.#banPeer(peer, `bad metadata: ${messageOf(error)}`)
      return false
    }
  }

  #open(metainfo: Metainfo): void {
    this.#infoHashes = metainfo.infoHashes
    this.#extensions.learn(metainfo)
    this.#phase = { kind: 'checking', checkedPieces: 0, pieceCount: metainfo.layout.pieceCount }
    this.#opening = this.#openNow(metainfo).catch((error: unknown) => {
      const text = `cannot open the files: ${messageOf(error)}`
      this.#fail(new TorrentError('disk', text, { cause: error }))
    })
  }

  async #openNow(metainfo: Metainfo): Promise<void> {
    const { options, infoHashes, metainfo: known } = this.#parts
    const folder = torrentFolder(options, infoHashes)
    if (!known) await saveInfo(options.disk, folder, metainfo.infoBytes)
    // Of what was never here all is left to fetch: trackers can be told so while the files are opened.
    else if (!this.#parts.filesFrom && (await options.disk.list(folder)).length === 0)
      this.#discovery.start(metainfo.isPrivate)
    const { files, live, doubted } = await openLive({
      options,
      folder,
      metainfo,
      filesFrom: this.#parts.filesFrom,
      leaves: this.#parts.leaves,
      host: {
        peers: () => this.#swarm.peers.values(),
        dialing: () => this.#swarm.dialing,
        hasWebSeeds: () => this.#webSeeds?.isAnyReady === true,
        ban: (id, reason) => this.#ban(id, reason),
        onPiece: (piece) => this.#onPiece(piece),
        onFailed: (error) => this.#fail(error),
      },
    })
    this.#files = files
    if (this.#phase.kind !== 'checking') return
    for (const [at, piece] of doubted.entries()) {
      await live.adopt(piece)
      if (this.#isOver) return
      this.#phase = { kind: 'checking', checkedPieces: at + 1, pieceCount: doubted.length }
    }
    this.#live = live
    this.#desk.live = live
    this.#phase = { kind: 'live' }
    const { layout } = metainfo
    for (const peer of this.#swarm.peers.values()) {
      peer.learnPieceCount(layout.pieceCount)
      if (!peer.isClosed) live.join(peer)
    }
    if (!known || !this.#discovery.isStarted) this.#discovery.start(metainfo.isPrivate)
    this.#webSeeds = joinWebSeeds({
      live,
      origins: this.#parts.webSeeds,
      options,
      onWrong: (id, reason) => this.#ban(id, reason),
    })
    this.#uploader.open({
      layout,
      hasPiece: (piece) => live.holdings.hasPiece(piece),
      read: (span) => live.readWhole(span),
    })
    if (live.holdings.isComplete) this.#extensions.becomeUploadOnly(this.#swarm.peers.values())
    this.#ready.resolve(live)
    for (let piece = 0; live.holdings.pieceCount > 0 && piece < layout.pieceCount; piece++)
      for (const peer of this.#swarm.peers.values())
        if (live.holdings.hasPiece(piece)) peer.send({ kind: 'have', piece })
  }

  /** A source that is never asked again: a peer's address, or a web seed. */
  #ban(id: SourceId, reason: string): void {
    const peer = this.#swarm.peers.get(id)
    if (peer) this.#banPeer(peer, reason)
    else if (this.#webSeeds?.ban(id, reason) === true) this.#live?.downloader.leave(id)
  }

  #banPeer(peer: Peer, reason: string): void {
    this.#discovery.forget(peer.address.host)
    this.#swarm.ban(peer, reason)
  }

  get #isOver(): boolean {
    return this.#phase.kind === 'failed' || this.#phase.kind === 'stopped'
  }

  #onPiece(piece: number): void {
    for (const peer of this.#swarm.peers.values())
      if (!peer.pieces.has(piece)) peer.send({ kind: 'have', piece })
    if (this.#live?.holdings.isComplete !== true) return
    this.#discovery.completed()
    this.#extensions.becomeUploadOnly(this.#swarm.peers.values())
  }

  #fail(error: TorrentError): void {
    if (this.#isOver) return
    this.#phase = { kind: 'failed', code: error.code, message: error.message }
    this.#parts.options.log.error('torrent failed', { code: error.code })
    this.#ready.reject(error)
    this.#live?.end(error)
    this.#webSeeds?.stop()
    this.#swarm.stop()
    this.#stopping.abort(error)
    void this.#discovery.stop()
  }

  #tick(): void {
    const { clock } = this.#parts.options
    const nowMs = clock.nowMs()
    this.#downRate.note(this.#downloadedBytes, nowMs)
    this.#upRate.note(this.#uploader.uploadedBytes, nowMs)
    for (const peer of this.#swarm.peers.values()) peer.tick(nowMs)
    this.#extensions.tick(this.#swarm.peers, nowMs)
    this.#live?.tick(nowMs)
    this.#uploader.tick(nowMs, {
      isFetching: this.#live?.isRead !== false,
      isStarving: this.#live?.downloader.supply(nowMs).isStarving === true,
    })
    const isAwaited = this.#phase.kind === 'finding-metadata' || this.#live?.isRead === true
    this.#swarm.fill(isAwaited)
    if (isAwaited && this.#swarm.peers.size === 0) this.#discovery.hurry()
    if (this.#phase.kind !== 'stopped') this.#timer = clock.setTimer(TICK_MS, () => this.#tick())
  }
}

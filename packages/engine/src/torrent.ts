// More lines than usual: how a torrent finds its metadata, works, rests and wakes belongs together.
import {
  type ByteSpan,
  type LearnedFrom,
  LIMITS,
  messageOf,
  MINUTE_MS,
  type SocketAddress,
  spanLength,
  TokenBucket,
  untilAborted,
} from '@matinee/base'
import type { Handshake, InfoHashes, Metainfo } from '@matinee/protocol'
import type { AnnounceRequest } from './discovery/announce-caller.ts'
import { Discovery } from './discovery/discovery.ts'
import { fetchExactSource } from './discovery/exact-source.ts'
import { diagnose, type Diagnosis } from './diagnosis.ts'
import { TorrentError } from './errors.ts'
import type { LiveTorrent } from './live-torrent.ts'
import { torrentFolder } from './open-live.ts'
import type { Link } from './peer/link.ts'
import type { TorrentRoom } from './room/torrent-room.ts'
import { saveInfo } from './store/info-file.ts'
import { keepMetainfo } from './store/kept-metainfo.ts'
import type { FileReader, ReaderHints } from './stream/file-reader.ts'
import type { KnownAddress } from './swarm/candidates.ts'
import { readInfo, storedInfo, type TorrentParts } from './torrent-parts.ts'
import { TorrentRun, type RunHost } from './torrent-run.ts'
import {
  NO_RUN,
  restedFacts,
  torrentStatus,
  type RestedFacts,
  type TorrentPhase,
  type TorrentStatus,
} from './torrent-status.ts'

/** A torrent lies down when nobody has wanted anything for so long. */
const RESTS_AFTER_MS = 5 * MINUTE_MS
/** When people are named to a torrent that rests, it looks whether they want something, so often at most. */
const LOOKS_UP_EVERY_MS = 15 * MINUTE_MS

/**
 * One torrent: who has it, and, once the metadata is known, its bytes.
 *
 *     finding-metadata → checking → live → resting → checking → …        each of them → failed | stopped
 *
 * While it rests nothing of it is in memory but its name: it is still announced, and whoever reads it, or dials us
 * for it, wakes it.
 */
export class Torrent {
  readonly #parts: TorrentParts
  readonly #folder: string
  readonly #discovery: Discovery
  readonly #stopping = new AbortController()
  readonly #bucket = new TokenBucket()
  readonly #runHost: RunHost
  /** Whoever added it had its metadata. */
  readonly #isGiven: boolean
  #ready = Promise.withResolvers<LiveTorrent>()
  #infoHashes: InfoHashes
  #phase: TorrentPhase = { kind: 'finding-metadata', sources: 0 }
  /** `null` while it rests. */
  #run: TorrentRun | null
  /** Whether the run knows its metadata. */
  #isDescribed = false
  #rested: RestedFacts | null = null
  #restedMs = Number.NEGATIVE_INFINITY
  #restedAddresses: readonly KnownAddress[] = []
  /** Payload of runs that are over. */
  #before = { downloaded: 0, uploaded: 0 }
  #left: number
  #isKept = false
  #isPreferred = false
  #describing: Promise<boolean> | null = null
  /** It was live once since it was added. */
  #wasLive = false
  #isLyingDown = false
  /** Who waits for it to be live. */
  #waiting = 0
  #beginning: Promise<void> | null = null
  #ending: Promise<void> | null = null

  constructor(parts: TorrentParts, metainfo: Metainfo | null) {
    this.#parts = parts
    this.#folder = torrentFolder(parts.options, parts.infoHashes)
    this.#infoHashes = parts.infoHashes
    this.#isGiven = metainfo !== null
    this.#left = metainfo?.files.reduce((sum, { length }) => sum + length, 0) ?? 1
    this.#ready.promise.catch(() => {})
    this.#discovery = new Discovery({
      ...parts,
      folder: this.#folder,
      infoHashes: () => this.#infoHashes,
      onPeers: (addresses, learnedFrom) => this.addPeers(addresses, learnedFrom),
    })
    this.#runHost = this.#makeRunHost()
    this.#run = new TorrentRun(parts, this.#bucket, this.#runHost)
    this.#beginning = metainfo ? this.#begin(metainfo) : this.#findMetadata()
  }

  get infoHashes(): InfoHashes {
    return this.#infoHashes
  }

  /** Payload received and sent since the start, and how much is missing: what trackers are told. */
  get counters(): AnnounceRequest['counters'] {
    const holdings = this.#run?.live?.holdings
    if (holdings) this.#left = holdings.totalBytes - holdings.verifiedBytes
    return {
      downloaded: this.#before.downloaded + (this.#run?.downloadedBytes ?? 0),
      uploaded: this.#before.uploaded + (this.#run?.uploadedBytes ?? 0),
      left: this.#left,
    }
  }

  /** Resolves when the torrent is live. Rejects with {@link TorrentError} or the signal's reason. */
  async metainfo(signal?: AbortSignal): Promise<Metainfo> {
    return (await this.#awake(signal)).metainfo
  }

  /** Reads `span` (bytes of the file) as it's verified, metadata first. Throws RangeError when it isn't in the file, {@link TorrentError}. */
  async openFile(
    fileIndex: number,
    span: ByteSpan,
    signal?: AbortSignal,
    hints?: ReaderHints,
  ): Promise<FileReader> {
    const { readers } = await this.#awake(signal)
    return readers.openFile(fileIndex, span, signal, hints)
  }

  /** As {@link ReaderDesk.readHere}; `null` also when it isn't live: one that rests isn't woken. */
  async readHere(fileIndex: number, span: ByteSpan): Promise<Uint8Array | null> {
    return (await this.#run?.live?.readers.readHere(fileIndex, span)) ?? null
  }

  /**
   * Gets spans of a file ready before anybody reads them: finds people, connects, and fetches the spans in the order given, with no more than
   * `budgetBytes` of payload; what can only be judged by whole pieces counts whole. Resolves when what fits is here. Gives way to readers.
   * Throws the signal's reason (and fetches nothing from then on), {@link TorrentError}, RangeError.
   */
  async warm(
    fileIndex: number,
    spans: readonly ByteSpan[],
    { budgetBytes, signal }: { readonly budgetBytes: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const { readers } = await this.#awake(signal)
    const inTorrent = spans.map((span) => readers.torrentSpan(fileIndex, span))
    await readers.warm(inTorrent, budgetBytes, signal)
  }

  /** Verified bytes of a part of a file; 0 while the metadata is missing. One that rests and isn't whole wakes to tell. */
  verifiedIn(fileIndex: number, span: ByteSpan): number {
    if (this.#rested?.verifiedBytes === this.#rested?.totalBytes && this.#run === null)
      return spanLength(span)
    if (this.#phase.kind === 'resting') this.#wake()
    const live = this.#run?.live
    const file = live?.metainfo.files[fileIndex]
    if (!live || !file) return 0
    const { start } = file.span
    return live.holdings.verifiedIn({ start: start + span.start, end: start + span.end })
  }

  addPeers(addresses: readonly SocketAddress[], learnedFrom: LearnedFrom): void {
    if (this.#run) {
      this.#run.addPeers(addresses, learnedFrom)
      return
    }
    const named = addresses.map((address) => ({ address, learnedFrom }))
    this.#restedAddresses = [...named, ...this.#restedAddresses].slice(0, LIMITS.restedAddresses)
    const restedMs = this.#parts.options.clock.nowMs() - this.#restedMs
    if (addresses.length > 0 && restedMs >= LOOKS_UP_EVERY_MS) this.#wake()
  }

  /** Where peers may be, for who begins the torrent anew. */
  get knownAddresses(): readonly KnownAddress[] {
    return this.#run?.knownAddresses ?? this.#restedAddresses
  }

  /** Somebody dialed us and named one of our hashes. */
  accept(link: Link, remote: Handshake): void {
    if (this.#phase.kind !== 'resting') {
      this.#run?.accept(link, remote)
      return
    }
    this.#wake()
    this.#ready.promise.then(
      () => this.#run?.accept(link, remote),
      () => link.stream.destroy(),
    )
  }

  /** What this torrent may upload, in bytes a second; `null` = as much as the engine. Throws RangeError unless above 0. */
  limitUpload(bytesPerSecond: number | null): void {
    this.#bucket.limit(bytesPerSecond, this.#parts.options.clock.nowMs())
  }

  /** Whether all that is here stays, whatever the disk budget, and opens again without anybody else. Default no. */
  keep(isKept: boolean): void {
    this.#isKept = isKept
    const live = this.#run?.live
    if (live) this.#keepLive(live)
  }

  /** Whether it is served before others, but for films that play. Default no. */
  prefer(isPreferred: boolean): void {
    this.#isPreferred = isPreferred
  }

  /** What it takes on the disk; `null` = its files aren't open. */
  get room(): TorrentRoom | null {
    return this.#run?.live?.room ?? null
  }

  status(): TorrentStatus {
    const sources = this.#run?.metadataSources ?? 0
    return torrentStatus({
      ...(this.#run?.facts ?? { ...NO_RUN, knownPeers: this.#restedAddresses.length }),
      phase: this.#phase.kind === 'finding-metadata' ? { ...this.#phase, sources } : this.#phase,
      trackers: this.#discovery.trackers,
      searches: this.#discovery.searches,
      rested: this.#rested,
      ...this.counters,
    })
  }

  /** Peers, blocks and what readers lack, in detail; `null` unless it's live. */
  diagnosis(): Diagnosis | null {
    const { live = null, peers = [] } = this.#run?.facts ?? {}
    return live && diagnose(live, peers, this.#parts.options.clock.nowMs())
  }

  /** Ends it: readers, peers, trackers, files. What is verified stays on the disk. Never throws. */
  async stop(): Promise<void> {
    if (this.#phase.kind === 'stopped') return
    if (this.#phase.kind !== 'failed') this.#phase = { kind: 'stopped' }
    const reason = new TorrentError('stopped', 'the torrent was stopped')
    this.#run?.halt(reason)
    this.#ready.reject(reason)
    this.#stopping.abort(reason)
    await this.#discovery.stop()
    await this.#beginning
    await Promise.all([this.#run?.stop(reason), this.#ending, this.#describing])
  }

  #makeRunHost(): RunHost {
    return {
      infoHashes: () => this.#infoHashes,
      isFinding: () => this.#phase.kind === 'finding-metadata',
      isAwaited: () => this.#waiting > 0,
      isPreferred: () => this.#isPreferred,
      discovery: this.#discovery,
      onMetadata: (infoBytes) => this.#onMetadata(infoBytes),
      onChecked: (checkedPieces, pieceCount) => {
        if (this.#phase.kind === 'checking')
          this.#phase = { kind: 'checking', checkedPieces, pieceCount }
      },
      onLive: (live) => this.#onLive(live),
      onFailed: (error) => this.#fail(error),
      onIdle: (idleMs) => {
        if (idleMs >= RESTS_AFTER_MS && this.#phase.kind === 'live') void this.#lieDown()
      },
    }
  }

  /** An earlier run may have left the metadata on the disk; otherwise peers are asked. */
  async #findMetadata(): Promise<void> {
    await this.#ending
    const stored = await storedInfo(this.#parts, this.#folder, this.#infoHashes)
    if (stored) return this.#begin(stored)
    if (this.#isOver || this.#isDescribed) return
    this.#phase = { kind: 'finding-metadata', sources: 0 }
    // Whoever was live before knows whether it's private, and is announced all the time.
    if (!this.#wasLive) this.#discovery.start(null)
    const metainfo = await fetchExactSource({ ...this.#parts, signal: this.#stopping.signal })
    if (metainfo) await this.#begin(metainfo)
  }

  /** The same validator as for a .torrent file. */
  #onMetadata(infoBytes: Uint8Array): boolean {
    try {
      this.#beginning = this.#begin(readInfo(this.#parts, this.#infoHashes, infoBytes))
      return true
    } catch (error) {
      this.#parts.options.log.debug('bad metadata', { reason: messageOf(error) })
      return false
    }
  }

  /** Whoever is first: the disk, a peer, or the server that the magnet link names. */
  async #begin(metainfo: Metainfo): Promise<void> {
    if (this.#isOver || this.#isDescribed) return
    this.#isDescribed = true
    const { options, filesFrom } = this.#parts
    this.#infoHashes = metainfo.infoHashes
    this.#run?.learn(metainfo)
    this.#phase = { kind: 'checking', checkedPieces: 0, pieceCount: metainfo.layout.pieceCount }
    try {
      await this.#ending
      if (!this.#isGiven && !this.#wasLive)
        await saveInfo(options.disk, this.#folder, metainfo.infoBytes)
      // Of what was never here all is left to fetch: trackers can be told so while the files are opened.
      else if (
        !this.#wasLive &&
        !filesFrom &&
        (await options.disk.list(this.#folder)).length === 0 &&
        !this.#isOver
      )
        this.#discovery.start(metainfo.isPrivate)
      if (!this.#isOver) this.#run?.open(metainfo, this.#wasLive)
    } catch (error) {
      const text = `cannot open the files: ${messageOf(error)}`
      this.#fail(new TorrentError('disk', text, { cause: error }))
    }
  }

  #onLive(live: LiveTorrent): void {
    this.#phase = { kind: 'live' }
    this.#rested = null
    this.#keepLive(live)
    // Trackers were told how much is missing before anybody knew? Then they are told once more.
    const isTold = this.#isGiven && this.#discovery.isStarted
    if (!this.#wasLive && !isTold) this.#discovery.start(live.metainfo.isPrivate)
    this.#wasLive = true
    this.#ready.resolve(live)
  }

  #keepLive(live: LiveTorrent): void {
    live.room.isKept = this.#isKept
    if (this.#isKept) this.#describing = this.#describe(live)
  }

  /** Writes down what describes it. False = the disk refused. */
  #describe({ metainfo }: LiveTorrent): Promise<boolean> {
    return keepMetainfo({ ...this.#parts.options, folder: this.#folder }, metainfo)
  }

  get #isOver(): boolean {
    return this.#phase.kind === 'failed' || this.#phase.kind === 'stopped'
  }

  #fail(error: TorrentError): void {
    if (this.#isOver) return
    this.#phase = { kind: 'failed', code: error.code, message: error.message }
    this.#parts.options.log.error('torrent failed', { code: error.code })
    this.#ready.reject(error)
    this.#run?.halt(error)
    this.#stopping.abort(error)
    void this.#discovery.stop()
  }

  /** The torrent when it is live, woken if it rests. */
  async #awake(signal: AbortSignal | undefined): Promise<LiveTorrent> {
    if (this.#phase.kind === 'resting') this.#wake()
    this.#waiting++
    try {
      return await untilAborted(this.#ready.promise, signal)
    } finally {
      this.#waiting--
    }
  }

  /** Closes files and connections, once all that is needed to wake lies on the disk. */
  async #lieDown(): Promise<void> {
    const live = this.#run?.live
    if (!live || this.#isLyingDown) return
    this.#isLyingDown = true
    const isKept = await this.#describe(live)
    this.#isLyingDown = !isKept
    const run = this.#run
    if (!isKept || this.#phase.kind !== 'live' || !run || live.readers.isRead) return
    const { downloaded, uploaded } = this.counters
    this.#before = { downloaded, uploaded }
    this.#rested = restedFacts(live)
    this.#restedAddresses = run.knownAddresses.slice(0, LIMITS.restedAddresses)
    this.#restedMs = this.#parts.options.clock.nowMs()
    this.#phase = { kind: 'resting' }
    this.#ready = Promise.withResolvers()
    this.#ready.promise.catch(() => {})
    this.#run = null
    this.#ending = run.stop(new TorrentError('stopped', 'the torrent rests'))
    await this.#ending
    this.#ending = null
  }

  #wake(): void {
    const { pieceCount = 0 } = this.#rested ?? {}
    this.#phase = { kind: 'checking', checkedPieces: 0, pieceCount }
    const run = new TorrentRun(this.#parts, this.#bucket, this.#runHost)
    this.#run = run
    this.#isDescribed = false
    for (const { address, learnedFrom } of this.#restedAddresses)
      run.addPeers([address], learnedFrom)
    this.#restedAddresses = []
    this.#beginning = this.#findMetadata()
  }
}

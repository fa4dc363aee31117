// More lines than usual: what torrents share, and how one is found by its hash, stands where they are made.
import {
  type ByteStream,
  concatBytes,
  latin1Bytes,
  type LearnedFrom,
  LIMITS,
  type Listening,
  messageOf,
  toHex,
  TokenBucket,
} from '@matinee/base'
import { handshakeHash, type InfoHashes, type ScrapeCounts } from '@matinee/protocol'
import type { Dht, DhtStatus } from './dht/dht.ts'
import { MainlineDht } from './dht/mainline-dht.ts'
import { AnnounceCaller } from './discovery/announce-caller.ts'
import { resolveOptions, type EngineOptions, type ResolvedOptions } from './options.ts'
import { Link } from './peer/link.ts'
import type { KnownAddress } from './swarm/candidates.ts'
import { listTrackers, readSource, type TorrentSource } from './torrent-source.ts'
import type { TorrentParts } from './torrent-parts.ts'
import { Torrent } from './torrent.ts'
import { DiskBudget } from './room/disk-budget.ts'
import { Shares } from './share/shares.ts'
import { Turns } from './share/turns.ts'
import type { LeafRun } from './verify/leaf-run.ts'
import type { WebSeedOrigin } from './webseed/web-seeds.ts'

/** What the adder knows about a torrent besides its source. */
export interface AddOptions {
  /** Peers to dial besides those that trackers name. */
  readonly peers?: readonly KnownAddress[]
  /** Trackers besides those in the torrent; each of them is asked. */
  readonly trackers?: readonly string[]
  /** False: it is neither looked for nor announced in the DHT, like a private one. Default true. */
  readonly dht?: boolean
  /** Who vouches for the trackers: `own` and `user` may be on this machine. Default: the source. */
  readonly trackersFrom?: LearnedFrom
  /** Web seeds (BEP 19) besides those in the torrent; used once its files are known. */
  readonly webSeeds?: readonly WebSeedOrigin[]
  /**
   * Merkle leaves that are known beforehand, of the file's first megabytes and its index: their blocks are
   * verified alone whoever sends them, and no hash is asked for. Wrong ones are left out.
   */
  readonly leaves?: readonly LeafRun[]
  /** Absolute paths, one per file: seeds from there, read-only, instead of the engine's folder. */
  readonly filesFrom?: readonly string[]
}

const PEER_ID_PREFIX = latin1Bytes('-MA0100-')

/** Streams torrents. Made by {@link openEngine}; dispose it to close every socket and file it opened. */
export class Engine implements AsyncDisposable {
  readonly #options: ResolvedOptions
  readonly #torrents = new Map<string, Torrent>()
  readonly #caller: AnnounceCaller
  readonly #uploadBucket = new TokenBucket()
  readonly #diskBudget: DiskBudget
  readonly #shares: Shares
  readonly #checks = new Turns()
  readonly #trackersFrom = new WeakMap<Torrent, LearnedFrom>()
  readonly #halfOpen = new Set<AbortController>()
  #listening: Listening | null = null
  #dht: Dht | null = null
  #isClosing = false

  /** Use {@link openEngine}. */
  constructor(options: ResolvedOptions) {
    this.#options = options
    this.#caller = new AnnounceCaller(options)
    this.#shares = new Shares(options)
    const rooms = () => this.torrents.flatMap(({ room }) => room ?? [])
    this.#diskBudget = new DiskBudget({ ...options, rooms })
  }

  /** The port that peers can dial, or `null` when we don't listen. */
  get port(): number | null {
    return this.#listening?.address.port ?? null
  }

  get torrents(): readonly Torrent[] {
    return [...new Set(this.#torrents.values())]
  }

  /** Starts to listen. Throws NetworkError when the port is in use. */
  async listen(): Promise<void> {
    const { port, host, network } = this.#options
    if (port !== null)
      this.#listening = await network.listener.listen({ host, port }, (stream) => {
        void this.#greet(stream)
      })
  }

  /** Adds a torrent, or returns the one that is here already, with the new peers added. */
  add(source: TorrentSource, options: AddOptions = {}): Torrent {
    const { infoHashes, webSeeds, learnedFrom } = readSource(source)
    const known = this.#find(infoHashes)
    const torrent =
      known ??
      this.#make(source, infoHashes, {
        ...options,
        webSeeds: [...(options.webSeeds ?? []), ...webSeeds.map((url) => ({ url, learnedFrom }))],
        trackersFrom: options.trackersFrom ?? learnedFrom,
      })
    for (const { address, learnedFrom: from } of options.peers ?? [])
      torrent.addPeers([address], from)
    if (source.kind === 'magnet') torrent.addPeers(source.magnet.peers, learnedFrom)
    return torrent
  }

  /** What all torrents together may upload, in bytes a second; `null` = no limit. Throws RangeError unless above 0. */
  limitUpload(bytesPerSecond: number | null): void {
    this.#uploadBucket.limit(bytesPerSecond, this.#options.clock.nowMs())
  }

  /**
   * What all torrents together may take on the disk, in bytes; `null` = no limit, as at the start. What an open reader
   * may still want, kept torrents and files from elsewhere are never removed for it. Room comes back in parts of
   * `sectionBytes`, the longest unused first. Throws RangeError when it's below 0.
   */
  limitDisk(bytes: number | null): void {
    this.#diskBudget.limit(bytes)
  }

  /** The DHT as it stands, which this doesn't open; `null` = it isn't open. */
  get dhtStatus(): DhtStatus | null {
    return this.#dht?.status() ?? null
  }

  /** The DHT, opened when it wasn't; `null` = the engine was opened without. */
  useDht(): Dht | null {
    const { dht, host } = this.#options
    if (dht === null || this.#isClosing) return null
    this.#dht ??= new MainlineDht({
      ...this.#options,
      ...dht,
      at: { host, port: this.port ?? 0 },
      // Who can't be dialed is nobody's neighbour (BEP 43).
      isReadOnly: this.port === null,
    })
    return this.#dht
  }

  /**
   * How many take part in a torrent, by the word of the first of its trackers that tells (BEP 48, 15); of a
   * hybrid's two swarms the larger. `null` = none tells. Throws the signal's reason.
   */
  async scrape(torrent: Torrent, signal: AbortSignal): Promise<ScrapeCounts | null> {
    const learnedFrom = this.#trackersFrom.get(torrent) ?? 'metainfo'
    const { infoHashes } = torrent
    for (const { url } of torrent.status().trackers) {
      const counts = await this.#caller.scrape({ url, learnedFrom, infoHashes, signal })
      signal.throwIfAborted()
      if (counts) return counts
    }
    return null
  }

  /** Stops a torrent and forgets it; its files stay. */
  async remove(torrent: Torrent): Promise<void> {
    for (const [key, other] of this.#torrents) if (other === torrent) this.#torrents.delete(key)
    await torrent.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosing) return
    this.#isClosing = true
    for (const greeting of this.#halfOpen) greeting.abort(new DOMException('closing', 'AbortError'))
    await this.#diskBudget[Symbol.asyncDispose]()
    await Promise.all([this.#listening?.close(), ...this.torrents.map((torrent) => torrent.stop())])
    this.#torrents.clear()
    await Promise.all([this.#caller[Symbol.asyncDispose](), this.#dht?.[Symbol.asyncDispose]()])
  }

  #make(source: TorrentSource, infoHashes: InfoHashes, options: AddOptions): Torrent {
    const peerId = concatBytes([PEER_ID_PREFIX, this.#options.random.bytes(12)])
    const trackersFrom = options.trackersFrom ?? 'metainfo'
    const metainfo = source.kind === 'metainfo' ? source.metainfo : null
    const parts: TorrentParts = {
      options: this.#options,
      infoHashes,
      trackers: listTrackers(options.trackers ?? [], readSource(source).tiers),
      dht: isForDht(source, options) ? this.useDht() : null,
      exactSource: source.kind === 'magnet' ? source.magnet.exactSource : null,
      webSeeds: options.webSeeds ?? [],
      peerId,
      listenPort: this.port,
      leaves: options.leaves ?? [],
      uploadBucket: this.#uploadBucket,
      shares: this.#shares,
      checks: this.#checks,
      filesFrom: options.filesFrom,
      announce: (url, facts, signal) =>
        this.#caller.announce({
          url,
          learnedFrom: trackersFrom,
          infoHashes: torrent.infoHashes,
          peerId,
          port: this.port,
          counters: torrent.counters,
          event: facts.event,
          signal,
        }),
    }
    const torrent = new Torrent(parts, metainfo)
    this.#trackersFrom.set(torrent, trackersFrom)
    for (const key of keysOf(infoHashes)) this.#torrents.set(key, torrent)
    return torrent
  }

  #find(infoHashes: InfoHashes): Torrent | undefined {
    for (const key of keysOf(infoHashes)) {
      const torrent = this.#torrents.get(key)
      if (torrent) return torrent
    }
    return undefined
  }

  /** A torrent that came by one of its hashes has learnt the other with its metadata. */
  #learntAs(key: string): Torrent | undefined {
    const torrent = this.torrents.find((one) => keysOf(one.infoHashes).includes(key))
    if (torrent) this.#torrents.set(key, torrent)
    return torrent
  }

  /** Reads the handshake of somebody who dialed us, and hands the connection to the torrent it names. */
  async #greet(stream: ByteStream): Promise<void> {
    if (this.#isClosing) {
      stream.destroy()
      return
    }
    const greeting = new AbortController()
    const oldest = this.#halfOpen.values().next().value
    if (oldest && this.#halfOpen.size >= LIMITS.halfOpenConnections)
      oldest.abort(new DOMException('too many half-open connections', 'AbortError'))
    this.#halfOpen.add(greeting)
    try {
      const link = new Link(stream, this.#options.clock)
      const handshake = await link.readHandshake(greeting.signal)
      const named = toHex(handshake.infoHash)
      const torrent = this.#torrents.get(named) ?? this.#learntAs(named)
      if (torrent) {
        this.#options.onReached(stream.remote)
        torrent.accept(link, handshake)
      } else stream.destroy()
    } catch (error) {
      this.#options.log.debug('greeting failed', { reason: messageOf(error) })
      stream.destroy()
    } finally {
      this.#halfOpen.delete(greeting)
    }
  }
}

/** Opens an engine: listens (unless told not to) and waits for torrents. Throws NetworkError when it can't listen. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const engine = new Engine(resolveOptions(options))
  await engine.listen()
  return engine
}

/** BEP 27: only trackers are asked for a private torrent's peers. Of a magnet link nobody knows yet. */
function isForDht(source: TorrentSource, options: AddOptions): boolean {
  const isPrivate = source.kind === 'metainfo' && source.metainfo.isPrivate
  return options.dht !== false && !isPrivate
}

/** The 20 bytes, in hexadecimal, by which handshakes name the torrent: one or two of them. */
function keysOf(infoHashes: InfoHashes): string[] {
  const keys: string[] = []
  if (infoHashes.v1 !== null) keys.push(toHex(handshakeHash(infoHashes, 'v1')))
  if (infoHashes.v2 !== null) keys.push(toHex(handshakeHash(infoHashes, 'v2')))
  return keys
}

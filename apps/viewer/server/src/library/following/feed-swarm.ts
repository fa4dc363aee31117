/** The DHT and the engine as following a feed uses them: pointers, and the torrents of feeds. */
import { NO_BYTES, concatBytes, messageOf, type Log, type SocketAddress } from '@matinee/base'
import { pointerOf, type FeedCrypto, type FeedPointer } from '@matinee/catalogue'
import type { Engine, Torrent } from '@matinee/engine'
import type { InfoHashV2, Metainfo, TorrentFile } from '@matinee/protocol'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FeedPointerName } from './feed-address.ts'
import { SourceError } from './feed-source.ts'

/** What a swarm is made of. */
export interface FeedSwarmParts {
  /** Null = the viewer wants no swarm. May reject. */
  readonly engine: () => Promise<Engine | null>
  readonly crypto: FeedCrypto
  readonly log: Log
  /** Absolute; where the engine keeps what it fetches. */
  readonly mediaFolder: string
}

/** A feed's torrent that is being read; it goes with its last reader. */
interface ReadTorrent {
  readonly torrent: Torrent
  readonly engine: Engine
  readers: number
}

/** Asks the swarm for feeds, and gives them out. */
export class FeedSwarm {
  readonly #parts: FeedSwarmParts
  readonly #read = new Map<InfoHashV2, ReadTorrent>()
  /** Given out: what is read of these is ours already, and they stay when nobody reads. */
  readonly #given = new Set<Torrent>()

  constructor(parts: FeedSwarmParts) {
    this.#parts = parts
  }

  /** The newest pointer that the DHT has; `null` = none. Throws {@link SourceError} `unreachable`, or the signal's reason. */
  async pointer(
    { publicKey, salt }: Pick<FeedPointerName, 'publicKey' | 'salt'>,
    signal: AbortSignal,
  ): Promise<FeedPointer | null> {
    const dht = (await this.#engine()).useDht()
    if (dht === null) throw new SourceError('unreachable', 'the DHT is off')
    const item = await dht.get({ kind: 'mutable', publicKey, salt }, signal)
    return item?.kind === 'mutable' ? pointerOf(item, this.#parts.crypto) : null
  }

  /** Has the DHT keep a pointer for the next two hours. How many nodes do; 0 when there is no DHT. Throws the signal's reason. */
  async putPointer({ item }: FeedPointer, signal: AbortSignal): Promise<number> {
    const engine = await this.#parts.engine().catch(() => null)
    const dht = engine?.useDht() ?? null
    return dht === null ? 0 : (await dht.put(item, signal)).kept
  }

  /**
   * Reads a file of a feed's torrent; `null` = the torrent hasn't it. Throws {@link SourceError}, TorrentError, or the
   * signal's reason.
   */
  async read(
    infoHash: InfoHashV2,
    peers: readonly SocketAddress[],
    { path, maxBytes }: { readonly path: string; readonly maxBytes: number },
    signal: AbortSignal,
  ): Promise<Uint8Array | null> {
    const read = await this.#hold(infoHash, peers)
    try {
      const file = fileOf(await read.torrent.metainfo(signal), path)
      if (file === null) return null
      const { length } = file
      if (length > maxBytes) throw new SourceError('too-large', `${path} has ${length} bytes`)
      if (length === 0) return NO_BYTES
      await using reader = await read.torrent.openFile(
        file.index,
        { start: 0, end: length },
        signal,
      )
      const chunks: Uint8Array[] = []
      for await (const bytes of reader) chunks.push(bytes)
      return concatBytes(chunks)
    } finally {
      read.readers--
    }
  }

  /** Lets go of torrents that nobody reads. What came of them is ours already, or is of no use. */
  async settle(): Promise<void> {
    for (const [infoHash, read] of this.#read) {
      if (read.readers > 0) continue
      this.#read.delete(infoHash)
      if (this.#given.has(read.torrent)) continue
      await read.engine.remove(read.torrent)
      await rm(join(this.#parts.mediaFolder, infoHash), { recursive: true, force: true })
    }
  }

  /**
   * Gives a feed's torrent out, from the files of our copy. `null` = the viewer wants no swarm. Throws what opening an
   * engine throws.
   *
   * @param paths absolute, one for each file of the torrent
   */
  async seed(metainfo: Metainfo, paths: readonly string[]): Promise<FeedSeed | null> {
    const engine = await this.#parts.engine()
    const { v2 } = metainfo.infoHashes
    if (engine === null || v2 === null) return null
    const read = this.#read.get(v2)
    if (read !== undefined && !this.#given.has(read.torrent)) {
      this.#read.delete(v2)
      await read.engine.remove(read.torrent)
    }
    const torrent = engine.add({ kind: 'metainfo', metainfo }, { filesFrom: paths })
    this.#given.add(torrent)
    return {
      infoHash: v2,
      isOpen: () => engine.torrents.includes(torrent),
      close: () => {
        this.#given.delete(torrent)
        return engine.remove(torrent)
      },
    }
  }

  async #engine(): Promise<Engine> {
    let engine: Engine | null
    try {
      engine = await this.#parts.engine()
    } catch (error) {
      throw new SourceError('unreachable', messageOf(error), { cause: error })
    }
    if (engine === null) throw new SourceError('unreachable', 'the viewer wants no swarm')
    return engine
  }

  async #hold(infoHash: InfoHashV2, peers: readonly SocketAddress[]): Promise<ReadTorrent> {
    const engine = await this.#engine()
    let read = this.#read.get(infoHash)
    if (read === undefined || !engine.torrents.includes(read.torrent)) {
      const magnet = {
        infoHashes: { v1: null, v2: infoHash },
        displayName: null,
        trackers: [],
        webSeeds: [],
        peers,
        files: [],
        exactSource: null,
      }
      read = { torrent: engine.add({ kind: 'magnet', magnet }), engine, readers: 0 }
      this.#read.set(infoHash, read)
    }
    read.readers++
    return read
  }
}

/** A feed's torrent that is given out. */
export interface FeedSeed {
  readonly infoHash: InfoHashV2
  /** False = the engine was opened anew since. */
  isOpen(): boolean
  close(): Promise<void>
}

function fileOf({ files }: Metainfo, path: string): TorrentFile | null {
  return files.find((file) => file.path.join('/') === path) ?? null
}

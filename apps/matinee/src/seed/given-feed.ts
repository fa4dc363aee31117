/** The feed that a publisher gives out as its torrent, and the pointer that leads there (feed-format 16). */
import { join } from 'node:path'
import { MINUTE_MS, NO_BYTES, equalBytes, type Clock, type Random } from '@matinee/base'
import {
  readPointer,
  TIMESTAMP_FILE,
  type FeedPointer,
  type RevocationMemory,
} from '@matinee/catalogue'
import { systemSignatures } from '@matinee/catalogue/node'
import type { Engine, Torrent } from '@matinee/engine'
import { systemHash } from '@matinee/engine/system'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import { readWholeFeed, type WholeFeed } from './whole-feed.ts'

/** Readers are apart by chance, so that they don't all put at once; the DHT keeps an item for two hours. */
const PUT_EVERY_MS = { least: 50 * MINUTE_MS, spread: 20 * MINUTE_MS }
const TIMESTAMP_BYTES = 64 * 1024

interface Given {
  readonly torrent: Torrent
  readonly metainfo: Metainfo
  readonly pointer: FeedPointer | null
}

/** What a seed needs for it. */
export interface GivenFeedParts {
  readonly folder: PublisherFolder
  readonly engine: Engine
  readonly clock: Clock
  readonly random: Random
}

/** Keeps the version that is published given out. */
export class GivenFeed {
  readonly #parts: GivenFeedParts
  #given: Given | null = null
  #decisions: RevocationMemory = []
  /** timestamp.json of the last look: another one is another version. A version that isn't whole isn't read twice. */
  #timestamp: Uint8Array = NO_BYTES
  #putMs = 0

  constructor(parts: GivenFeedParts) {
    this.#parts = parts
  }

  /** `null` = nothing is published, or it isn't whole. */
  get metainfo(): Metainfo | null {
    return this.#given?.metainfo ?? null
  }

  /** What all its roles decided about works, as of the last version that was whole (feed-format 14). */
  get decisions(): RevocationMemory {
    return this.#decisions
  }

  get torrent(): Torrent | null {
    return this.#given?.torrent ?? null
  }

  /** Gives out what is published now, when it's another version than before. Throws DiskError, PublisherError, the signal's reason. */
  async look(signal: AbortSignal): Promise<void> {
    const { folder, engine } = this.#parts
    const file = `feed/${TIMESTAMP_FILE}`
    const timestamp = (await folder.read(file, TIMESTAMP_BYTES)) ?? NO_BYTES
    if (equalBytes(timestamp, this.#timestamp)) return
    // Until all of it was read, the version before is given out.
    const read = timestamp.length === 0 ? null : await readWholeFeed(folder.path, signal)
    const old = this.#given
    this.#given = null
    if (old !== null) await engine.remove(old.torrent)
    if (read !== null) this.#given = this.#give(read)
    this.#timestamp = timestamp
    this.#putMs = 0
  }

  /** Has the DHT keep the pointer, when it's time. Throws the signal's reason. */
  async point(signal: AbortSignal): Promise<void> {
    const { engine, clock, random } = this.#parts
    const dht = engine.useDht()
    const pointer = this.#given?.pointer ?? null
    if (dht === null || pointer === null || clock.nowMs() < this.#putMs) return
    const { kept } = await dht.put(pointer.item, signal)
    const { least, spread } = PUT_EVERY_MS
    // When nobody took it, the network may have been away: it is tried again at the next look.
    this.#putMs = kept === 0 ? 0 : clock.nowMs() + least + random.below(spread)
  }

  #give(read: WholeFeed): Given {
    this.#decisions = read.decisions
    const metainfo = parseMetainfo(read.metainfo, systemHash())
    const filesFrom = metainfo.files.map(({ path }) => join(read.folder, ...path))
    const torrent = this.#parts.engine.add({ kind: 'metainfo', metainfo }, { filesFrom })
    const pointer = read.pointer === null ? null : readPointer(read.pointer, systemSignatures())
    const isItsOwn = pointer?.infoHash === metainfo.infoHashes.v2
    return { torrent, metainfo, pointer: isItsOwn ? pointer : null }
  }
}

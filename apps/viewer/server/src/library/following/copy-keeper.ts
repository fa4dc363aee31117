/**
 * Makes the copy of a followed feed whole, gives it out as the feed's torrent, and puts the feed's pointer into the DHT
 * again: what makes every follower a mirror (feed-format 16).
 */
import {
  HOUR_MS,
  MINUTE_MS,
  ShortTurns,
  equalBytes,
  messageOf,
  type Clock,
  type Hash,
  type Log,
  type Random,
} from '@matinee/base'
import {
  FeedPathBook,
  HEAD_PACK_BYTES,
  POINTER_BYTES,
  POINTER_FILE,
  TIMESTAMP_FILE,
  TRUST_LIMITS,
  feedTorrent,
  feedTorrentFileSteps,
  parseSha256,
  pointerSalt,
  readPointer,
  type FeedCrypto,
  type FeedPointer,
  type FeedTorrentFile,
  type Sha256Text,
  type VerifiedFeed,
  type WantedFile,
} from '@matinee/catalogue'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { join } from 'node:path'
import type { FeedCopy } from './feed-copy.ts'
import type { FeedSeed, FeedSwarm } from './feed-swarm.ts'
import type { FollowedFeed } from './followed-feed.ts'

/** What keeping copies needs. */
export interface CopyKeeperParts {
  readonly swarm: FeedSwarm
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly hash: Hash
  readonly crypto: FeedCrypto
  /** Bytes that one copy may have; a larger feed is followed, and not given out. */
  readonly largestCopyBytes: number
}

/** How a copy that is given out stands. */
interface Carried {
  seed: FeedSeed | null
  /** Of files that were hashed before, by path: what has that name never changes. */
  readonly hashed: Map<string, FeedTorrentFile>
  /** When its pointer is put again, by the clock that never goes back. */
  putMs: number
}

/** The DHT keeps an item for two hours; readers are apart by chance, so that they don't all come at once. */
const PUT_EVERY_MS = { least: 50 * MINUTE_MS, spread: 20 * MINUTE_MS }

/** Keeps copies. Nothing in it rejects but for the signal's reason: what fails is said to the log, and tried again. */
export class CopyKeeper implements AsyncDisposable {
  readonly #parts: CopyKeeperParts
  readonly #carried = new Map<Sha256Text, Carried>()

  constructor(parts: CopyKeeperParts) {
    this.#parts = parts
  }

  /** Fetches what is missing, deletes what is of older versions, gives the rest out, and puts the pointer when it's time. */
  async keep(feed: FollowedFeed, copy: FeedCopy, signal: AbortSignal): Promise<void> {
    const { log, swarm } = this.#parts
    try {
      const version = feed.ledger.feed
      if (version === null || feed.ledger.version !== version.timestamp.version) return
      const paths = await this.#complete(feed, copy, version, signal)
      if (paths === null) return
      const pointer = await this.#pointer(feed, copy, version, signal)
      await copy.keepOnly(new Set([...paths, TIMESTAMP_FILE, POINTER_FILE]))
      await this.#give(feed.fingerprint, copy, paths, pointer, signal)
    } catch (error) {
      signal.throwIfAborted()
      log.warn('feed not given out', { feed: feed.fingerprint, reason: messageOf(error) })
    } finally {
      await swarm.settle()
    }
  }

  /** Whether a feed's torrent is given out now. */
  isGiven(fingerprint: Sha256Text): boolean {
    return this.#carried.get(fingerprint)?.seed?.isOpen() ?? false
  }

  /** Gives a feed out no more. */
  async drop(fingerprint: Sha256Text): Promise<void> {
    const carried = this.#carried.get(fingerprint)
    this.#carried.delete(fingerprint)
    await carried?.seed?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const fingerprint of this.#carried.keys()) await this.drop(fingerprint)
  }

  /** Every file of the feed's torrent is in the copy afterwards. `null` = something can't be had, or there is too much. */
  async #complete(
    feed: FollowedFeed,
    copy: FeedCopy,
    version: VerifiedFeed,
    signal: AbortSignal,
  ): Promise<readonly string[] | null> {
    const turns = new ShortTurns(this.#parts.clock)
    const book = new FeedPathBook(version)
    for (const record of feed.ledger.records()) {
      if (!book.add(record)) break
      await turns.rest(signal)
    }
    const { paths } = book.paths()
    let bytes = 0
    for (const path of paths) {
      const known = await copy.lengthOf(path)
      const wanted = wantedOf(path)
      const length =
        known ?? (wanted === null ? null : ((await feed.fetch(wanted, signal))?.length ?? null))
      if (length === null) {
        this.#parts.log.info('feed copy not whole', { feed: feed.fingerprint, path })
        return null
      }
      bytes += length
      if (bytes > this.#parts.largestCopyBytes) return null
    }
    return paths
  }

  /** The pointer to this very version: ours, or a source's. */
  async #pointer(
    feed: FollowedFeed,
    copy: FeedCopy,
    version: VerifiedFeed,
    signal: AbortSignal,
  ): Promise<FeedPointer | null> {
    const timestamp = feed.ledger.trusted?.timestamp ?? null
    const wanted = { path: POINTER_FILE, maxBytes: POINTER_BYTES, sha256: null }
    const isRight = (bytes: Uint8Array | null): FeedPointer | null => {
      const pointer = bytes === null ? null : readPointer(bytes, this.#parts.crypto)
      if (pointer === null || timestamp === null) return null
      const { publicKey, salt } = pointer.item
      const { keys } = version.root.signers.timestamp
      const isOfFeed =
        keys.some((key) => equalBytes(key.publicKey, publicKey)) &&
        equalBytes(salt, pointerSalt(feed.fingerprint)) &&
        equalBytes(pointer.timestamp, timestamp)
      return isOfFeed ? pointer : null
    }
    const own = isRight(await copy.readOwn(wanted, signal))
    if (own !== null) return own
    for (const { source } of feed.sources.inOrder()) {
      const bytes = await source.read(wanted, signal).catch(() => {
        signal.throwIfAborted()
        return null
      })
      const pointer = isRight(bytes)
      if (bytes === null || pointer === null) continue
      await copy.write(POINTER_FILE, bytes)
      return pointer
    }
    return null
  }

  async #give(
    fingerprint: Sha256Text,
    copy: FeedCopy,
    paths: readonly string[],
    pointer: FeedPointer | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { swarm, clock, random, log } = this.#parts
    const carried = this.#carried.get(fingerprint) ?? { seed: null, hashed: new Map(), putMs: 0 }
    this.#carried.set(fingerprint, carried)
    const metainfo = await this.#metainfo(copy, paths, carried.hashed, signal)
    const infoHash = metainfo.infoHashes.v2
    if (pointer !== null && pointer.infoHash !== infoHash) {
      log.warn('feed pointer names another torrent', { feed: fingerprint })
      return
    }
    if (carried.seed?.infoHash !== infoHash || !carried.seed.isOpen()) {
      await carried.seed?.close()
      const files = metainfo.files.map(({ path }) => join(copy.folder, ...path))
      carried.seed = await swarm.seed(metainfo, files)
      carried.putMs = 0
    }
    if (pointer === null || carried.seed === null || clock.nowMs() < carried.putMs) return
    const kept = await swarm.putPointer(pointer, signal)
    const { least, spread } = PUT_EVERY_MS
    carried.putMs = kept === 0 ? 0 : clock.nowMs() + least + random.below(spread)
    log.info('feed pointer put', { feed: fingerprint, kept })
  }

  async #metainfo(
    copy: FeedCopy,
    paths: readonly string[],
    hashed: Map<string, FeedTorrentFile>,
    signal: AbortSignal,
  ): Promise<Metainfo> {
    const { hash } = this.#parts
    const files: FeedTorrentFile[] = []
    const turns = new ShortTurns(this.#parts.clock)
    for (const path of paths) {
      let file = hashed.get(path)
      if (file === undefined) {
        const wanted = { path, maxBytes: TRUST_LIMITS.packBytes, sha256: null }
        const bytes = await copy.readOwn(wanted, signal)
        if (bytes === null) throw new RangeError(`${path} went from the copy`)
        const steps = feedTorrentFileSteps(path, bytes, hash)
        let step = steps.next()
        while (step.done !== true) {
          await turns.rest(signal)
          step = steps.next()
        }
        file = step.value
        hashed.set(path, file)
      }
      files.push(file)
    }
    const current = new Set(paths)
    for (const path of hashed.keys()) if (!current.has(path)) hashed.delete(path)
    return parseMetainfo(feedTorrent(files, hash).metainfo, hash)
  }
}

/** How often copies are looked at between refreshes: pointers are put again, and what was missing is fetched. */
export const KEEP_EVERY_MS = HOUR_MS / 4

/** A file whose name says its hash; `null` = a role's, which is in the copy or isn't to be had. */
function wantedOf(path: string): WantedFile | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const sha256 = parseSha256(name.split('.', 1)[0] ?? '')
  if (sha256 === null) return null
  const maxBytes = path.startsWith('heads/') ? HEAD_PACK_BYTES : TRUST_LIMITS.packBytes
  return { path, maxBytes, sha256 }
}

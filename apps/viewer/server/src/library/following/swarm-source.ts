import { SECOND_MS, messageOf, type Clock } from '@matinee/base'
import {
  POINTER_FILE,
  TIMESTAMP_FILE,
  writePointer,
  type FeedPointer,
  type WantedFile,
} from '@matinee/catalogue'
import type { FeedPointerName } from './feed-address.ts'
import { SourceError, type FeedSource } from './feed-source.ts'
import type { FeedSwarm } from './feed-swarm.ts'

/** What says which version is the newest is asked with a pointer found no longer ago than that. */
const POINTER_MS = 5 * SECOND_MS

/** The people who have a feed: its pointer from the DHT, its files from its torrent (BEP 44, 46, 52). */
export class SwarmSource implements FeedSource {
  readonly kind = 'swarm'
  readonly #name: FeedPointerName
  readonly #swarm: Pick<FeedSwarm, 'pointer' | 'read'>
  readonly #clock: Clock
  #found: { readonly pointer: FeedPointer; readonly sinceMs: number } | null = null

  constructor(name: FeedPointerName, swarm: Pick<FeedSwarm, 'pointer' | 'read'>, clock: Clock) {
    this.#name = name
    this.#swarm = swarm
    this.#clock = clock
  }

  async read(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    try {
      const pointer = await this.#pointer(wanted, signal)
      if (wanted.path === TIMESTAMP_FILE) return capped(pointer.timestamp, wanted)
      if (wanted.path === POINTER_FILE) return capped(writePointer(pointer.item), wanted)
      return await this.#swarm.read(pointer.infoHash, this.#name.peers, wanted, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof SourceError) throw error
      throw new SourceError('unreachable', messageOf(error), { cause: error })
    }
  }

  async #pointer({ sha256 }: WantedFile, signal: AbortSignal): Promise<FeedPointer> {
    const nowMs = this.#clock.nowMs()
    const found = this.#found
    // A file whose hash is known is looked for where the version is from that named it.
    if (found !== null && (sha256 !== null || nowMs - found.sinceMs < POINTER_MS))
      return found.pointer
    const pointer = await this.#swarm.pointer(this.#name, signal)
    if (pointer === null) throw new SourceError('unreachable', 'the DHT knows no pointer')
    this.#found = { pointer, sinceMs: nowMs }
    return pointer
  }
}

function capped(bytes: Uint8Array, { path, maxBytes }: WantedFile): Uint8Array {
  if (bytes.length > maxBytes) throw new SourceError('too-large', `${path} is too large`)
  return bytes
}

import { MINUTE_MS, messageOf, type Clock } from '@matinee/base'
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

/** A pointer that was just found is believed so long: files of one check are of one version. */
const POINTER_MS = MINUTE_MS

/** The people who have a feed: its pointer from the DHT, its files from its torrent (BEP 44, 46, 52). */
export class SwarmSource implements FeedSource {
  readonly kind = 'swarm'
  readonly #name: FeedPointerName
  readonly #swarm: FeedSwarm
  readonly #clock: Clock
  #found: { readonly pointer: FeedPointer; readonly sinceMs: number } | null = null

  constructor(name: FeedPointerName, swarm: FeedSwarm, clock: Clock) {
    this.#name = name
    this.#swarm = swarm
    this.#clock = clock
  }

  async read(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    try {
      const pointer = await this.#pointer(signal)
      if (wanted.path === TIMESTAMP_FILE) return capped(pointer.timestamp, wanted)
      if (wanted.path === POINTER_FILE) return capped(writePointer(pointer.item), wanted)
      return await this.#swarm.read(pointer.infoHash, this.#name.peers, wanted, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof SourceError) throw error
      throw new SourceError('unreachable', messageOf(error), { cause: error })
    }
  }

  async #pointer(signal: AbortSignal): Promise<FeedPointer> {
    const nowMs = this.#clock.nowMs()
    const found = this.#found
    if (found !== null && nowMs - found.sinceMs < POINTER_MS) return found.pointer
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

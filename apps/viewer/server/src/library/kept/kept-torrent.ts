import { SECOND_MS, messageOf, sleep, untilAborted } from '@matinee/base'
import type { ByteSpan, Clock, Log } from '@matinee/base'
import type { Release } from '@matinee/catalogue'
import type { Torrent } from '@matinee/engine'
import type { TorrentFile } from '@matinee/protocol'
import type { KeepWait } from '#api'
import { OtherFileError } from '../streams/film-stream.ts'
import type { TorrentDesk, TorrentHold } from '../streams/torrent-desk.ts'
import { fetchPart, missingPart, type TorrentPart } from '../streams/torrent-part.ts'
import type { KeepPace } from './keep-pace.ts'
import { filesToKeep } from './kept-files.ts'

/** How often is looked whether what was in the way is gone. */
const LOOK_AGAIN_MS = 2 * SECOND_MS

/** What keeping asks of the torrent desk. */
export type KeptTorrents = Pick<
  TorrentDesk,
  | 'torrents'
  | 'hold'
  | 'drop'
  | 'torrentOf'
  | 'letGo'
  | 'isHeldAlone'
  | 'seedersOf'
  | 'limitUpload'
  | 'uploadLimit'
>

/** What a kept torrent needs. */
export interface KeptTorrentParts {
  readonly hold: TorrentHold
  readonly release: Release
  /** Null = all of it. */
  readonly episodeIds: readonly string[] | null
  /** Whether there is room on the disk for so many bytes more. */
  readonly hasRoom: (bytes: number) => Promise<boolean>
  /** Whether a film that somebody watches needs all that comes. */
  readonly isHungry: () => boolean
  readonly hasNetwork: () => boolean
  /** How fast it's fetched. */
  readonly pace: KeepPace
  /** Everything is here, and on the disk. */
  readonly onWhole: () => void
  readonly clock: Clock
  readonly log: Log
}

/** A release that is kept and at work: it's fetched to its end, and given out while it's open. */
export class KeptTorrent {
  readonly #parts: KeptTorrentParts
  readonly #stop = new AbortController()
  readonly #fetching: Promise<void>
  #files: readonly TorrentFile[] | null = null
  #waitsFor: KeepWait | null = null
  #isWhole = false
  #hasFailed = false
  #isOther = false
  /** Others who have it whole, by its trackers' word; null = nobody tells. */
  others: number | null = null

  constructor(parts: KeptTorrentParts) {
    this.#parts = parts
    this.#fetching = this.#fetch(this.#stop.signal).catch((error: unknown) => {
      if (this.#stop.signal.aborted) return
      this.#hasFailed = true
      this.#isOther = error instanceof OtherFileError
      parts.log.warn('release not kept', { release: parts.release.id, reason: messageOf(error) })
    })
  }

  /** Null before it was added. */
  get torrent(): Torrent | null {
    return this.#parts.hold.torrent
  }

  /** It has to be begun anew. */
  get hasEnded(): boolean {
    const phase = this.torrent?.status().phase.kind
    return this.#hasFailed || phase === 'stopped' || phase === 'failed'
  }

  /** Everything is here, and on the disk. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** What came isn't what the record says: beginning anew changes nothing. */
  get isOther(): boolean {
    return this.#isOther
  }

  /** Why nothing comes; null = it comes, or nothing is missing. */
  get waitsFor(): KeepWait | null {
    if (this.#waitsFor !== null) return this.#waitsFor
    const status = this.torrent?.status()
    if (status === undefined) return null
    const hasSource =
      status.peers.connected > 0 || status.webSeeds.some(({ state }) => state.kind === 'ready')
    if (hasSource) return null
    return this.#parts.hasNetwork() ? 'people' : 'network'
  }

  /** What is here of the files that are kept; null = not known yet. */
  get progress(): { readonly bytes: number; readonly hereBytes: number } | null {
    const { torrent } = this
    const kind = torrent?.status().phase.kind
    if (torrent === null || this.#files === null || (kind !== 'live' && kind !== 'resting'))
      return null
    let [bytes, hereBytes] = [0, 0]
    for (const { index, length } of this.#files) {
      bytes += length
      hereBytes += torrent.verifiedIn(index, { start: 0, end: length })
    }
    return { bytes, hereBytes }
  }

  /** Fetches no more, and lets go of the torrent. */
  async close(): Promise<void> {
    this.#stop.abort(new DOMException('it is not kept any more', 'AbortError'))
    await this.#fetching
    await this.#parts.hold.close()
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const { hold, release, episodeIds, pace, clock } = this.#parts
    const torrent = await untilAborted(hold.opened, signal)
    const metainfo = await torrent.metainfo(signal)
    const files = filesToKeep(metainfo, release, episodeIds)
    this.#files = files
    torrent.keep(true)
    const next = (): TorrentPart | null => missingPart(torrent, files, pace.mostBytes)
    for (let part = next(); part !== null; part = next()) {
      this.#waitsFor = await this.#hindrance(torrent, part.span)
      if (this.#waitsFor === null) {
        const before = torrent.status().bytes.downloaded
        await fetchPart(torrent, part, clock, signal)
        await pace.came(torrent.status().bytes.downloaded - before, signal)
      } else await sleep(clock, LOOK_AGAIN_MS, signal)
    }
    // What the disk refused lies in memory: it's not kept before it's written.
    while (torrent.status().diskTrouble !== null) {
      this.#waitsFor = 'disk-full'
      await sleep(clock, LOOK_AGAIN_MS, signal)
    }
    this.#waitsFor = null
    this.#isWhole = true
    this.#parts.onWhole()
  }

  async #hindrance(torrent: Torrent, { start, end }: ByteSpan): Promise<KeepWait | null> {
    const { diskTrouble } = torrent.status()
    if (diskTrouble !== null) return diskTrouble === 'full' ? 'disk-full' : 'disk'
    if (!(await this.#parts.hasRoom(end - start))) return 'disk-full'
    return this.#parts.isHungry() ? 'film' : null
  }
}

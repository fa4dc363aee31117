/** Puts together what keeps films and gives back. */
import { GIB, MIB, type Clock, type Disk, type Hash, type Log, type Random } from '@matinee/base'
import type { Settings } from '#api'
import { freeBytesAt } from '../../settings/media-folder.ts'
import { hasNetwork } from '../projection-room.ts'
import type { FoundWork } from '../shop-window.ts'
import type { TorrentDesk } from '../streams/torrent-desk.ts'
import type { Viewer } from '../viewer.ts'
import { GivingCount } from './giving-count.ts'
import { KeptCounter } from './kept-counter.ts'
import { KeptDesk } from './kept-desk.ts'
import type { KeptFile } from './kept-file.ts'

/** Room that is left on a disk while something is fetched to be kept. */
const LEFT_FREE_BYTES = GIB / 4
/** A film that has so much ahead of it isn't hungry. */
const ENOUGH_AHEAD_BYTES = 8 * MIB

/** What keeping is put together from. */
export interface KeptParts {
  readonly file: KeptFile
  readonly torrents: TorrentDesk
  /** A work as its feed has it, whoever watches. */
  readonly find: (workId: string) => Promise<FoundWork | null>
  readonly viewer: () => Viewer
  readonly settings: () => Settings
  readonly fetchPictures: (work: FoundWork) => Promise<void>
  readonly mediaFolder: string
  readonly disk: Disk
  readonly clock: Clock
  readonly hash: Hash
  readonly random: Random
  readonly log: Log
}

/** What keeps, what counts, and what answers for them. */
export interface OpenKept extends AsyncDisposable {
  readonly desk: KeptDesk
  readonly giving: GivingCount
  readonly counter: KeptCounter
  /** The viewer has decided something. */
  review(): Promise<void>
}

/** Opens what keeps films; nothing is fetched or given before it's started. */
export function openKept(parts: KeptParts): OpenKept {
  const { file, torrents, settings, mediaFolder } = parts
  const giving = new GivingCount(
    { ...parts, isCounted: () => settings().countAudience },
    file.current.days,
  )
  const freeBytes = (): Promise<number | null> => freeBytesAt(mediaFolder)
  const desk: KeptDesk = new KeptDesk({
    ...parts,
    giving,
    hasNetwork,
    isHungry: (open, own) =>
      open.some((torrent) => {
        const { readers, downloadBytesPerSecond } = torrent.status()
        const isShort = readers.some(({ aheadBytes }) => aheadBytes < ENOUGH_AHEAD_BYTES)
        return torrent !== own && isShort && downloadBytesPerSecond > 0
      }),
    hasRoom: async (bytes) => {
      const free = await freeBytes()
      return free === null || free - LEFT_FREE_BYTES >= bytes
    },
  })
  const counter = new KeptCounter({
    desk,
    giving,
    torrents,
    settings,
    mediaFolder,
    freeBytes,
    hasNetwork,
  })
  return {
    desk,
    giving,
    counter,
    async review() {
      if (!settings().countAudience) giving.forget()
      await torrents.letGo()
      await desk.look()
    },
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  }
}

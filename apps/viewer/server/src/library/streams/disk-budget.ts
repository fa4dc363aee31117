import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { diskBytesOf } from '../../settings/media-folder.ts'

/** A torrent's folder is called by its info-hash, v1 or v2. Nothing else in the media folder is ever touched. */
const TORRENT_FOLDER = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u

/** What a film needs, and what may be taken for it. */
export interface RoomWish {
  /** Absolute; where films are kept. */
  readonly mediaFolder: string
  readonly budgetBytes: number
  /** The torrent that is about to be fetched, by its folder's name, and what it takes when it's whole. */
  readonly torrent: string
  readonly lengthBytes: number
  /** Whether a torrent is open: such a one is never taken. */
  readonly isOpen: (torrent: string) => boolean
  /** Whether the viewer keeps it: such a one is never taken either. */
  readonly isKept: (torrent: string) => boolean
}

/** What came of making room. */
export interface RoomMade {
  /** Torrents that were deleted, by the names of their folders. */
  readonly gone: readonly string[]
  /** What the torrents take that aren't open and weren't deleted, without the one that is about to be fetched. */
  readonly closedBytes: number
}

/**
 * Deletes torrents that nobody opened for longest until a film fits into the budget, or nothing is left to delete: a
 * film that is bigger than the budget plays, too. Throws what the file system throws.
 */
export async function makeRoom(wish: RoomWish): Promise<RoomMade> {
  const kept = await copiesIn(wish.mediaFolder)
  const here = kept.find(({ name }) => name === wish.torrent)?.bytes ?? 0
  const missing = Math.max(0, wish.lengthBytes - here)
  let taken = kept.reduce((sum, { bytes }) => sum + bytes, 0)
  const gone: string[] = []
  for (const { name, bytes } of kept.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (taken + missing <= wish.budgetBytes) break
    if (name === wish.torrent || wish.isOpen(name) || wish.isKept(name)) continue
    await removeCopy(wish.mediaFolder, name)
    taken -= bytes
    gone.push(name)
  }
  const closed = kept.filter(
    ({ name }) => name !== wish.torrent && !gone.includes(name) && !wish.isOpen(name),
  )
  return { gone, closedBytes: closed.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** A torrent on the disk. */
export interface DiskCopy {
  /** The name of its folder. */
  readonly name: string
  /** What it takes. */
  readonly bytes: number
  /** When it was last opened, in milliseconds since 1970. */
  readonly usedMs: number
}

/** The torrents in the media folder. */
export async function copiesIn(mediaFolder: string): Promise<readonly DiskCopy[]> {
  const entries = await readdir(mediaFolder, { withFileTypes: true }).catch(() => [])
  return Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && TORRENT_FOLDER.test(entry.name))
      .map(async ({ name }) => {
        const folder = join(mediaFolder, name)
        return { name, bytes: await diskBytesOf(folder), usedMs: await lastUseOf(folder) }
      }),
  )
}

/** Deletes a torrent's folder; nothing that isn't called like one. Throws what the file system throws. */
export async function removeCopy(mediaFolder: string, name: string): Promise<void> {
  if (!TORRENT_FOLDER.test(name)) throw new RangeError(`${name} is no torrent's folder`)
  await rm(join(mediaFolder, name), { recursive: true, force: true })
}

/** When something in a folder was written last: each opening of a torrent writes. Milliseconds since 1970. */
async function lastUseOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(
    ['.', ...names].map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return Math.max(0, ...times)
}

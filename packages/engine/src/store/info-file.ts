import {
  DiskError,
  LIMITS,
  parentOf,
  pathIn,
  readWholeFile,
  writeWholeFile,
  type Disk,
} from '@matinee/base'

const NAME = 'info'

/**
 * Keeps the info dictionary of a torrent that came by magnet link in the torrent's folder, so that
 * the next start needs no peer for it. Survives a power cut once it returns. False = the disk refused, and
 * nothing depends on it.
 */
export async function saveInfo(
  disk: Disk,
  folder: string,
  infoBytes: Uint8Array,
): Promise<boolean> {
  try {
    await disk.makeFolder(folder)
    await writeWholeFile(disk, folder, NAME, infoBytes)
    await disk.syncFolder(parentOf(folder))
    return true
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    return false
  }
}

/**
 * What {@link saveInfo} kept, unchecked: the caller compares it with the info-hash, as if a peer had
 * sent it. `null` when there is none, when it is longer than any metainfo may be, or when the disk refuses: peers have it.
 */
export async function loadInfo(disk: Disk, folder: string): Promise<Uint8Array | null> {
  try {
    return await readWholeFile(disk, pathIn(folder, NAME), LIMITS.metainfoBytes)
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    return null
  }
}

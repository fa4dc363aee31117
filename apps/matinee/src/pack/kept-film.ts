/** A film as an engine keeps it, made into the files that its torrent names. Nobody is asked for what is missing. */
import { cp, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import type { PackedTorrents } from '../relaunch/packed-torrents.ts'

/** A torrent's folder, and what the torrent is. */
export interface KeptFilm {
  /** Absolute: `<engine's folder>/<info-hash>`. */
  readonly folder: string
  readonly torrents: PackedTorrents
  readonly headPack: Uint8Array
}

/**
 * Writes `files/`, both torrents and the head pack of a film into `to`. False = it isn't here whole, and nothing is written.
 * The engine's own folder is only read: a copy of it in `scratch` is opened, which is gone afterwards.
 *
 * Throws what the file system throws, TorrentError, and the signal's reason.
 */
export async function exportFilm(
  { folder, torrents, headPack }: KeptFilm,
  to: string,
  scratch: string,
  signal: AbortSignal,
): Promise<boolean> {
  const clock = systemClock()
  await mkdir(scratch, { recursive: true })
  try {
    // Sizes and dates are what the engine knows its own work by.
    const copy = join(scratch, basename(folder))
    await cp(folder, copy, { recursive: true, preserveTimestamps: true })
    await using network = createNetwork({ clock })
    await network.closeAll('a film is packed')
    await using engine = await openEngine({
      network,
      disk: systemDisk(),
      hash: systemHash(),
      clock,
      random: systemRandom(),
      folder: scratch,
      port: null,
      upload: false,
      dht: null,
    })
    const torrent = engine.add({ kind: 'metainfo', metainfo: torrents.metainfo }, { dht: false })
    const { files } = await torrent.metainfo(signal)
    const isWhole = files.every(
      ({ index, length }) => torrent.verifiedIn(index, { start: 0, end: length }) === length,
    )
    if (!isWhole) return false
    for (const { index, length, path } of files) {
      const place = join(to, 'files', ...path)
      await mkdir(dirname(place), { recursive: true })
      await using file = await open(place, 'w')
      if (length === 0) continue
      await using reader = await torrent.openFile(index, { start: 0, end: length }, signal)
      for await (const bytes of reader) await file.write(bytes)
    }
    await writeFile(join(to, 'hybrid.torrent'), torrents.hybrid)
    if (torrents.twin !== null) await writeFile(join(to, 'v1.torrent'), torrents.twin)
    await writeFile(join(to, 'head-pack'), headPack)
    return true
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

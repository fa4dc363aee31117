/** What of a release is in a feed's folder, or a publisher's around it: torrents and subtitles, each as it was signed. */
import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS, concatBytes, toHex } from '@matinee/base'
import {
  HEAD_PACK_BYTES,
  readHeadPack,
  type OwnRelease,
  type Release,
  type WorkId,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { SubtitleError, parseSubtitles, writeVtt } from '@matinee/media'
import { BLOCK_BYTES, MetainfoError, blockLeaf, merkleRoot, parseMetainfo } from '@matinee/protocol'
import type { FeedSource } from '../publisher/feed-source.ts'
import type { LeftOut, SiteRelease, SiteTorrent } from './site-model.ts'

const HASH = systemHash()
const NO_TORRENT = 'its head pack isn’t here, so it has no .torrent and isn’t played'
const NO_SUBTITLES = 'subtitles aren’t here as they were signed'
const LEGACY = 'an older torrent, named by its magnet link alone'

/** Where releases are looked for. */
export interface ReleasePlaces {
  readonly source: FeedSource
  /** Around the feed's, where `releases/` is; `null` = there is none. Absolute. */
  readonly publisher: string | null
}

/** Reads what is there of a release; what is missing is told to `onMissing`. Throws what the file system throws. */
export async function readRelease(
  { source, publisher }: ReleasePlaces,
  work: WorkId,
  release: Release,
  showsSubtitles: boolean,
  onMissing: (left: Omit<LeftOut, 'kind'>) => void,
): Promise<Omit<SiteRelease, 'slip'>> {
  const what = `${work}/${release.id}`
  if (release.kind === 'legacy') {
    onMissing({ what, why: LEGACY })
    return { release, torrent: null, twin: null, subtitles: new Map() }
  }
  const torrent = await headTorrent(source, release)
  if (torrent === null) onMissing({ what, why: NO_TORRENT })
  const place = publisher === null ? null : join(publisher, 'releases', work, release.id)
  const twin = place === null ? null : await twinTorrent(join(place, 'v1.torrent'), release)
  const subtitles = new Map<string, string>()
  const files = place === null ? new Set<string>() : await filesBelow(join(place, 'files'))
  for (const track of showsSubtitles ? release.subtitles : []) {
    // A name of a record is compared with what is there, and never used as a path itself (feed-format 3.10).
    const bytes =
      place === null || !files.has(track.path) || track.length > LIMITS.subtitleBytes
        ? null
        : new Uint8Array(await readFile(join(place, 'files', track.path)))
    const text = bytes === null || !isSigned(bytes, track) ? null : vttOf(bytes, track.language)
    if (text === null) onMissing({ what, why: NO_SUBTITLES })
    else subtitles.set(track.path, text)
  }
  return { release, torrent, twin, subtitles }
}

async function headTorrent(source: FeedSource, release: OwnRelease): Promise<SiteTorrent | null> {
  const { headPack } = release
  if (headPack === undefined) return null
  const bytes = await source(`heads/${headPack.sha256}`, HEAD_PACK_BYTES)
  if (bytes === null || toHex(HASH.sha256(bytes)) !== headPack.sha256) return null
  const head = readHeadPack(bytes)
  const torrent = head === null ? null : readTorrent(head.torrent)
  const wanted: string = release.infoHashes.v2
  return torrent?.metainfo.infoHashes.v2 === wanted ? torrent : null
}

async function twinTorrent(path: string, { twin }: OwnRelease): Promise<SiteTorrent | null> {
  const facts = await stat(path).catch(() => null)
  if (twin === undefined || facts?.isFile() !== true || facts.size > LIMITS.metainfoBytes)
    return null
  const torrent = readTorrent(new Uint8Array(await readFile(path)))
  const wanted: string = twin
  return torrent?.metainfo.infoHashes.v1 === wanted ? torrent : null
}

function readTorrent(bytes: Uint8Array): SiteTorrent | null {
  try {
    return { bytes, metainfo: parseMetainfo(bytes, HASH) }
  } catch (error) {
    if (error instanceof MetainfoError) return null
    throw error
  }
}

async function filesBelow(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)),
  )
}

/** Whether these are the bytes whose Merkle root (BEP 52) the record names. */
function isSigned(bytes: Uint8Array, { length, root }: OwnRelease['subtitles'][number]): boolean {
  if (bytes.length !== length || length === 0) return false
  const leaves: Uint8Array[] = []
  for (let at = 0; at < length; at += BLOCK_BYTES)
    leaves.push(blockLeaf(bytes.subarray(at, at + BLOCK_BYTES), HASH))
  return toHex(merkleRoot(concatBytes(leaves), HASH)) === root
}

/** Whatever it was written as, WebVTT of our own: cues, and nothing that a player would take for more. */
function vttOf(bytes: Uint8Array, language: string): string | null {
  try {
    return writeVtt(parseSubtitles(bytes, { language }).cues)
  } catch (error) {
    if (error instanceof SubtitleError) return null
    throw error
  }
}

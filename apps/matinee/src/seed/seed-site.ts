/**
 * What a publisher gives out over HTTP: the feed, as a mirror, and the releases, as a web seed (BEP 19). Nothing else of
 * the folder has an address.
 *
 *     /metadata/… /targets/… /images/… /heads/… /pointer                   the feed
 *     /releases/<work>/<release>/hybrid.torrent, v1.torrent                torrent files
 *     /releases/<work>/<release>/<name of the torrent>/<path in it>        the web seed, pad files included
 */
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { diskMediaFile, rangedAnswer, type MediaFile } from '@matinee/viewer'
import type { SeededRelease } from './seeded-release.ts'

/** What is given out now. */
export interface SeedShelf {
  /** The folder `feed/`: it may be another one with each request, or not be there. */
  readonly feedFolder: string
  readonly releases: () => readonly SeededRelease[]
}

/** feed-format 10.7: what a feed's folder holds. No name begins with a dot, so none leads elsewhere. */
const FEED_PATH = /^(?:pointer|(?:metadata|targets|images|heads)(?:\/[a-z0-9][a-z0-9.-]*){1,12})$/u
/** What changes under its name; everything else has its version or its hash in it. */
const CHANGING = new Set(['metadata/timestamp.json', 'pointer'])
const YEAR_SECONDS = 31_536_000

/** Answers one request. The signal of `request` ends the reading. Throws nothing but what the disk throws. */
export async function seedAnswer(request: Request, shelf: SeedShelf): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, { allow: 'GET, HEAD' })
  const path = decodedPath(request.url)
  const found = FEED_PATH.test(path)
    ? await feedFile(path, shelf.feedFolder)
    : await releaseFile(path, shelf.releases())
  if (found === null) return plain(404, {})
  const headers = new Headers({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': CHANGING.has(path)
      ? 'no-cache'
      : path.startsWith('releases/')
        ? 'public, max-age=3600'
        : `public, max-age=${YEAR_SECONDS}, immutable`,
  })
  return rangedAnswer(request, found, headers)
}

/** Without the slash before it. The listener let nothing through whose escapes don't decode. */
function decodedPath(url: string): string {
  return decodeURIComponent(new URL(url).pathname).slice(1)
}

async function feedFile(path: string, folder: string): Promise<MediaFile | null> {
  return await plainFile(join(folder, ...path.split('/')))
}

async function releaseFile(
  path: string,
  releases: readonly SeededRelease[],
): Promise<MediaFile | null> {
  const [first, work, release, name = '', ...rest] = path.split('/')
  if (first !== 'releases') return null
  const found = releases.find((each) => each.work === work && each.release === release)
  if (found === undefined) return null
  if (rest.length === 0) {
    const torrent = { 'hybrid.torrent': found.hybrid, 'v1.torrent': found.twin }[name]
    return torrent === undefined ? null : memoryFile(name, torrent.bytes)
  }
  const { metainfo } = found.hybrid
  const padding = name === metainfo.name ? paddingFile(rest, metainfo.pieceLength) : null
  if (padding !== null) return padding
  // Only what the torrent names, by its own names: no path of a request ever meets the disk.
  const file =
    name === metainfo.name
      ? metainfo.files.find((each) => each.path.join('/') === rest.join('/'))
      : undefined
  return file === undefined ? null : await plainFile(join(found.filesFolder, ...file.path))
}

/**
 * BEP 47: the zeros between files, `.pad/<how many>`. Older clients know no pad files, and want them from a web seed as
 * any other.
 */
function paddingFile(path: readonly string[], pieceLength: number): MediaFile | null {
  const [folder, name = '', ...rest] = path
  if (folder !== '.pad' || rest.length > 0 || !/^[1-9]\d{0,8}$/u.test(name)) return null
  const lengthBytes = Number(name)
  if (lengthBytes >= pieceLength) return null
  return {
    name,
    lengthBytes,
    identity: `zeros ${name}`,
    async *read(span) {
      yield new Uint8Array(span.end - span.start)
    },
  }
}

/** A file, and no link: what a link leads to isn't meant to be given out. */
async function plainFile(path: string): Promise<MediaFile | null> {
  const facts = await lstat(path).catch(() => null)
  return facts?.isFile() === true ? await diskMediaFile(path) : null
}

function memoryFile(name: string, bytes: Uint8Array): MediaFile {
  return {
    name,
    lengthBytes: bytes.length,
    identity: bytes.length < 1 ? name : Buffer.from(bytes).toString('base64'),
    async *read(span) {
      yield bytes.subarray(span.start, span.end)
    },
  }
}

function plain(status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(null, { status, headers: { ...headers, 'content-length': '0' } })
}

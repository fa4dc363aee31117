/**
 * What a mirror gives out over HTTP:
 *
 *     /feeds/<fingerprint>/metadata/… targets/… images/… heads/… pointer    each feed, whole
 *     /works/<info-hash>/<name of the torrent>/<path in it>                 the web seed, files that are here whole
 */
import { diskMediaFile, rangedAnswer } from '@matinee/viewer'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptReleases } from './kept-releases.ts'

/** feed-format 10.7: what a feed's folder holds. No name begins with a dot, so none leads elsewhere. */
const FEED =
  /^\/feeds\/([0-9a-f]{64})\/(pointer|(?:metadata|targets|images|heads)(?:\/[a-z0-9][a-z0-9.-]*){1,12})$/u
const WORK = /^\/works\/([0-9a-f]{40}|[0-9a-f]{64})\/(.+)$/u
/** What changes under its name; everything else has its version or its hash in it. */
const CHANGING = /\/(?:metadata\/timestamp\.json|pointer)$/u

/** Answers one request. The signal of `request` ends the reading. Throws nothing but what the disk throws. */
export async function mirrorAnswer(
  request: Request,
  folder: string,
  kept: Pick<KeptReleases, 'wholeFile'>,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405)
  // The listener let nothing through whose escapes don't decode.
  const path = decodeURIComponent(new URL(request.url).pathname)
  const place = placeOf(path, folder, kept)
  // A file, and no link: what a link leads to isn't meant to be given out.
  const facts = place === null ? null : await lstat(place).catch(() => null)
  const found = place !== null && facts?.isFile() === true ? await diskMediaFile(place) : null
  if (found === null) return plain(404)
  const headers = new Headers({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': CHANGING.test(path) ? 'no-cache' : 'public, max-age=31536000, immutable',
  })
  return rangedAnswer(request, found, headers)
}

/** Where a path's file lies; `null` = nothing has that path. No path of a request ever meets the disk unchecked. */
function placeOf(
  path: string,
  folder: string,
  kept: Pick<KeptReleases, 'wholeFile'>,
): string | null {
  const [, fingerprint, file] = FEED.exec(path) ?? []
  if (fingerprint !== undefined && file !== undefined)
    return join(folder, 'feeds', fingerprint, 'feed', ...file.split('/'))
  const [, torrent, name] = WORK.exec(path) ?? []
  return torrent === undefined || name === undefined ? null : kept.wholeFile(torrent, name)
}

function plain(status: number): Response {
  return new Response(null, { status, headers: { 'content-length': '0' } })
}

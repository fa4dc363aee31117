import { MEDIA_POLICY } from '../http/guards/answer-headers.ts'
import { failureAnswer } from '../http/failure-answer.ts'
import { hereAnswer } from './here-answer.ts'
import { rangedAnswer } from './ranged-answer.ts'
import { PROBE_BYTES, mediaType } from './media-type.ts'
import type { MediaFile } from './media-file.ts'
import type { MediaShelf, ShelvedFile } from './media-shelf.ts'

/** What becomes of a file that isn't on the list of types: a page gets 404, a tool may have it as a download. */
export type OtherTypes = 'refuse' | 'attach'

/**
 * Answers GET and HEAD for a file on the shelf, as RFC 9110 has it. The signal of `request` ends the
 * reading.
 */
export async function mediaAnswer(
  request: Request,
  shelf: MediaShelf,
  address: { readonly token: string; readonly number: string },
  otherTypes: OtherTypes,
): Promise<Response> {
  const shelved = shelf.find(address.token, address.number)
  if (shelved === null) return failureAnswer(404, 'not-found')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })

  if (new URL(request.url).searchParams.has('here')) return hereAnswer(request, shelved.file)
  const found = await openFile(shelved, request.signal).catch((error: unknown) => {
    // Taken off the shelf while its first bytes were waited for: there is no such file any more.
    if (shelf.find(address.token, address.number) === null || wasStopped(error)) return null
    throw error
  })
  if (found === null) return failureAnswer(404, 'not-found')
  const { file, type } = found
  if (type === null && otherTypes === 'refuse') return failureAnswer(404, 'not-found')

  const headers = new Headers({
    'content-type': type ?? 'application/octet-stream',
    'content-security-policy': MEDIA_POLICY,
  })
  if (type === null) headers.set('content-disposition', 'attachment')
  // A picture's address is its own as long as the server runs, and pages ask for the same ones again and again.
  if (type?.startsWith('image/')) headers.set('cache-control', 'private, max-age=86400')
  return rangedAnswer(request, file, headers)
}

/** Its torrent was begun anew for somebody who asked again. */
function wasStopped(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'stopped'
}

async function openFile(
  shelved: ShelvedFile,
  signal: AbortSignal,
): Promise<{ readonly file: MediaFile; readonly type: string | null } | null> {
  const file = await shelved.open(signal)
  return file === null ? null : { file, type: await typeOf(shelved, file, signal) }
}

/** F11: the type by our own look at the first bytes, remembered with the file. */
async function typeOf(
  shelved: ShelvedFile,
  file: MediaFile,
  signal: AbortSignal,
): Promise<string | null> {
  if (shelved.type !== undefined) return shelved.type
  const head = new Uint8Array(Math.min(PROBE_BYTES, file.lengthBytes))
  let filled = 0
  for await (const chunk of file.read({ start: 0, end: head.length }, signal)) {
    head.set(chunk.subarray(0, head.length - filled), filled)
    filled += Math.min(chunk.length, head.length - filled)
    if (filled === head.length) break
  }
  shelved.type = mediaType(head)
  return shelved.type
}

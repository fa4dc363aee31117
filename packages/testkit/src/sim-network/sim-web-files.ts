import type { Content } from '../content.ts'
import type { WebHandler } from './sim-web-server.ts'

const CHUNK_BYTES = 16 * 1024

/**
 * Serves files with byte ranges (RFC 9110 section 14), as a web seed does (BEP 19). Keys are paths as in
 * the URL, percent signs decoded: `/films/a b.mp4`.
 */
export function serveFiles(files: ReadonlyMap<string, Content>): WebHandler {
  return ({ url, headers }) => {
    const content = files.get(decodeURIComponent(url.pathname))
    if (content === undefined) return { status: 404 }
    const range = /^bytes=(\d+)-(\d*)$/u.exec(headers['range'] ?? '')
    if (range === null) return { ...bodyOf(content, 0, content.length), status: 200 }
    const start = Number(range[1])
    const last = range[2] === '' ? content.length - 1 : Number(range[2])
    const end = Math.min(content.length, last + 1)
    if (start >= end) {
      return { status: 416, headers: { 'content-range': `bytes */${content.length}` } }
    }
    const body = bodyOf(content, start, end)
    const contentRange = `bytes ${start}-${end - 1}/${content.length}`
    return { ...body, status: 206, headers: { ...body.headers, 'content-range': contentRange } }
  }
}

function bodyOf(
  content: Content,
  start: number,
  end: number,
): { body: AsyncIterable<Uint8Array>; headers: Record<string, string> } {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += CHUNK_BYTES) {
      yield content.bytesAt({ start: at, end: Math.min(end, at + CHUNK_BYTES) })
    }
  }
  const headers = { 'content-length': String(end - start), 'accept-ranges': 'bytes' }
  return { body: chunks(), headers }
}

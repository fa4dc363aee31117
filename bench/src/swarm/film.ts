import { createHash } from 'node:crypto'
import { openSync, readSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MIB, SHA256_BYTES, type ByteSpan } from '@matinee/base'
import { BLOCK_BYTES, parseMetainfo, type Metainfo } from '@matinee/protocol'
import { SeededRandom, leavesOf, makeTorrent, nodeHash, type Content } from '@matinee/testkit'

/** The kind of torrent that a run streams. */
export interface FilmKind {
  readonly kind: 'v1' | 'hybrid'
  readonly pieceMiB: 1 | 4
  /** A file to stream. Default: a film whose bytes are computed. */
  readonly path?: string
}

/** A film and its torrent, with the leaves that seeds answer hash requests from. */
export interface FilmTorrent {
  readonly film: Content
  /** Where the `.torrent` file lies. */
  readonly path: string
  readonly torrentFile: Uint8Array
  readonly metainfo: Metainfo
  /** 32 bytes a block (BEP 52); empty for v1. */
  readonly leaves: Uint8Array
}

const CACHE = fileURLToPath(new URL('../../../.cache/bench', import.meta.url))
/** Different blocks that the film is made of, before each gets its number. A prime: no pattern of pieces fits it. */
const PATTERN_BLOCKS = 61

/**
 * A film whose bytes are computed: a few random blocks again and again, each with its own number at its
 * beginning, so that right bytes at a wrong place are wrong. A block costs a copy and nothing else.
 */
export function madeFilm(length: number): Content {
  const pattern = new SeededRandom('film').bytes(PATTERN_BLOCKS * BLOCK_BYTES)
  return {
    length,
    bytesAt({ start, end }: ByteSpan) {
      if (start < 0 || end < start || end > length)
        throw new RangeError(`bytes ${start} to ${end} of a film of ${length}`)
      const out = Buffer.allocUnsafeSlow(end - start)
      const view = new DataView(out.buffer)
      let at = 0
      while (at < out.length) {
        const position = start + at
        const block = Math.floor(position / BLOCK_BYTES)
        const inside = position - block * BLOCK_BYTES
        const count = Math.min(BLOCK_BYTES - inside, out.length - at)
        const from = (block % PATTERN_BLOCKS) * BLOCK_BYTES + inside
        out.set(pattern.subarray(from, from + count), at)
        if (inside === 0 && count >= 4) view.setUint32(at, block)
        else if (inside < 4) stamp(out, { at, block, inside, count })
        at += count
      }
      return out
    },
  }
}

/** The part of a block's number that lies in a span which begins or ends within it. */
function stamp(
  out: Uint8Array,
  place: {
    readonly at: number
    readonly block: number
    readonly inside: number
    readonly count: number
  },
): void {
  const { at, block, inside, count } = place
  for (let i = inside; i < Math.min(4, inside + count); i++)
    out[at + i - inside] = (block >>> (24 - 8 * i)) & 0xff
}

/** The film as a torrent of this kind. Hashes are computed once and kept in .cache/bench. */
export async function openFilm(
  { kind, pieceMiB, path }: FilmKind,
  length: number,
): Promise<FilmTorrent> {
  const film = path === undefined ? madeFilm(length) : fileFilm(path, length)
  const fileName = path === undefined ? 'film.mp4' : basename(path)
  const stem = path === undefined ? 'film' : fileName
  const name = `${stem}-${length}-${kind}-${pieceMiB}.torrent`
  const pieceLength = pieceMiB * MIB
  const torrentFile = await cached(name, () => {
    const files = [{ path: [fileName], content: film }]
    return makeTorrent({ kind, pieceLength, files }).torrentFile
  })
  const leaves =
    kind === 'v1'
      ? new Uint8Array(0)
      : await cached(`${stem}-${length}.leaves`, () => allLeaves(film))
  return {
    film,
    path: join(CACHE, name),
    torrentFile,
    metainfo: parseMetainfo(torrentFile, nodeHash),
    leaves,
  }
}

/** A film that is a file, read block by block; it stays open as long as the process. */
function fileFilm(path: string, length: number): Content {
  const file = openSync(path, 'r')
  return {
    length,
    bytesAt({ start, end }: ByteSpan) {
      if (start < 0 || end < start || end > length)
        throw new RangeError(`bytes ${start} to ${end} of a film of ${length}`)
      const out = Buffer.allocUnsafeSlow(end - start)
      if (readSync(file, out, 0, out.length, start) !== out.length)
        throw new Error(`${path} is shorter than it was`)
      return out
    },
  }
}

function allLeaves(film: Content): Uint8Array {
  const out = new Uint8Array(Math.ceil(film.length / BLOCK_BYTES) * SHA256_BYTES)
  for (let start = 0; start < film.length; start += MIB) {
    const bytes = film.bytesAt({ start, end: Math.min(start + MIB, film.length) })
    out.set(leavesOf(bytes), (start / BLOCK_BYTES) * SHA256_BYTES)
  }
  return out
}

/** A file of the cache, checked by the digest beside it; made again when it's missing or wrong. */
async function cached(name: string, make: () => Uint8Array): Promise<Uint8Array> {
  const path = join(CACHE, name)
  const digestPath = `${path}.sha256`
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
  try {
    const bytes = await readFile(path)
    if (digest(bytes) === (await readFile(digestPath, 'utf8'))) return bytes
  } catch {
    // Not there yet.
  }
  const bytes = make()
  await mkdir(CACHE, { recursive: true })
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
  await writeFile(digestPath, digest(bytes))
  return bytes
}

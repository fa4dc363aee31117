import { LIMITS, NO_BYTES } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { type RawPath, checkPath } from './file-path.ts'
import { MetainfoError } from './metainfo-error.ts'

/** A file as one of the two halves of a torrent describes it. */
export interface ListedFile {
  readonly path: RawPath
  readonly length: number
  /** In torrent address space. */
  readonly start: number
  /** 32 bytes; `null` in the v1 half and for empty files. */
  readonly piecesRoot: Uint8Array | null
}

/** What one half of a torrent says about files: pad files are gaps. */
export interface FileList {
  readonly files: readonly ListedFile[]
  /** Address space, padding included. */
  readonly length: number
}

/** No torrent within our caps is longer; keeps sums exact. */
export const MAX_TORRENT_BYTES = LIMITS.torrentPieces * LIMITS.pieceLengthBytes

// Letters of BEP 47's `attr`.
const LINK = 0x6c
const PAD = 0x70

/** A length from an info dictionary. Throws {@link MetainfoError} `length`. */
export function parseLength(entry: BencodeDictionary): number {
  const length = entry.integer('length')
  if (length === undefined || length < 0 || length > MAX_TORRENT_BYTES)
    throw new MetainfoError('length', `file length ${length}`)
  return length
}

/**
 * Refuses a symbolic link (BEP 47): nothing here makes one, and a film has no use for it.
 * Throws {@link MetainfoError} `symlink`. Returns whether the entry is a pad file.
 */
export function checkAttributes(entry: BencodeDictionary): boolean {
  const attributes = entry.bytes('attr') ?? NO_BYTES
  if (attributes.includes(LINK) || entry.has('symlink path'))
    throw new MetainfoError('symlink', 'a symbolic link')
  return attributes.includes(PAD)
}

/** Reads `length` or `files` of a v1 info dictionary (BEP 3, pad files BEP 47). Throws {@link MetainfoError}. */
export function parseFileList(
  info: BencodeDictionary,
  name: string,
  pieceLength: number,
): FileList {
  if (info.has('files') === info.has('length'))
    throw new MetainfoError('files', 'not exactly one of length and files')
  if (info.has('length')) return parseSingleFile(info, name)
  // The cap comes before a file is made. Each file of an aligned torrent may have a pad file.
  if (info.countOf('files') > 2 * LIMITS.torrentFiles)
    throw new MetainfoError('too-many-files', `${info.countOf('files')} files`)
  const files: ListedFile[] = []
  let start = 0
  for (const entry of info.list('files') ?? []) {
    if (!(entry instanceof BencodeDictionary)) throw new MetainfoError('files', 'not a file')
    const length = parseLength(entry)
    if (checkAttributes(entry)) checkPad(length, pieceLength)
    else files.push({ path: parsePath(entry), length, start, piecesRoot: null })
    start += length
    if (start > MAX_TORRENT_BYTES) throw new MetainfoError('length', `a torrent of ${start} bytes`)
    if (files.length > LIMITS.torrentFiles)
      throw new MetainfoError('too-many-files', `more than ${LIMITS.torrentFiles} files`)
  }
  if (files.length === 0) throw new MetainfoError('files', 'no files')
  return { files, length: start }
}

function parseSingleFile(info: BencodeDictionary, name: string): FileList {
  const length = parseLength(info)
  if (checkAttributes(info)) throw new MetainfoError('pad-file', 'nothing but a pad file')
  const path = [name]
  checkPath(path)
  return { files: [{ path, length, start: 0, piecesRoot: null }], length }
}

/** BEP 47: a pad file brings the next file to the beginning of a piece, so it is shorter than one. */
function checkPad(length: number, pieceLength: number): void {
  if (length >= pieceLength) throw new MetainfoError('pad-file', `a pad file of ${length} bytes`)
}

function parsePath(entry: BencodeDictionary): RawPath {
  if (entry.countOf('path') > LIMITS.pathDepth)
    throw new MetainfoError('path-depth', `a path of ${entry.countOf('path')} elements`)
  const path = entry.keyList('path')
  if (path === undefined) throw new MetainfoError('path', 'a path that is no list of texts')
  checkPath(path)
  return path
}

import type { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import type { FileList } from './file-list.ts'
import { MetainfoError } from './metainfo-error.ts'

/**
 * Refuses a hybrid torrent whose halves describe different bytes: names, order, lengths and the place
 * of every file must agree, or who follows v1 would see another film than who follows v2. (That the
 * hashes agree too shows itself when data is verified by both.)
 * Throws {@link MetainfoError} `hybrid-conflict`.
 */
export function refuseConflict(
  info: BencodeDictionary,
  name: string,
  v1: FileList,
  v2: FileList,
  pieceLength: number,
): void {
  if (v1.files.length !== v2.files.length)
    refuse(`${v1.files.length} files in v1, ${v2.files.length} in v2`)
  for (const [i, a] of v1.files.entries()) {
    const b = v2.files[i]
    if (b === undefined || !isSamePath(a.path, b.path)) refuse(`file ${i} has two names`)
    if (a.length !== b.length) refuse(`file ${i} has two lengths`)
    // An empty file has no bytes to be anywhere.
    if (a.length > 0 && a.start !== b.start) refuse(`file ${i} has two places`)
  }
  // BEP 52: a lone file in the tree bears the torrent's name exactly when v1 has no file list.
  if (info.has('length') && v2.files[0]?.path[0] !== name) refuse('two names')
  // A pad file at the very end is allowed: zeros, up to the end of the last piece.
  const padded = Math.ceil(v2.length / pieceLength) * pieceLength
  if (v1.length !== v2.length && v1.length !== padded) refuse('two lengths')
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((element, i) => element === b[i])
}

function refuse(message: string): never {
  throw new MetainfoError('hybrid-conflict', `the v1 and v2 halves differ: ${message}`)
}

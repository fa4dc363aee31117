import { LIMITS, SHA256_BYTES } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import {
  type FileList,
  type ListedFile,
  MAX_TORRENT_BYTES,
  checkAttributes,
  parseLength,
} from './file-list.ts'
import { type RawPath, checkPathElement } from './file-path.ts'
import { MetainfoError } from './metainfo-error.ts'

/** The key that tells a file from a folder (BEP 52, `file tree`). */
const FILE_KEY = ''

/** A folder on the way down. */
interface Open {
  readonly folder: BencodeDictionary
  /** Keys of it that are done. */
  done: number
}

/**
 * Reads the `file tree` of a v2 info dictionary (BEP 52). Files come in the order of the tree, each
 * beginning a piece. No recursion. Throws {@link MetainfoError}.
 */
export function parseFileTree(info: BencodeDictionary, pieceLength: number): FileList {
  const root = info.dictionary('file tree')
  if (root === undefined) throw new MetainfoError('file-tree', 'no file tree')
  const files: ListedFile[] = []
  const path: string[] = []
  const open: Open[] = [openFolder(root)]
  let length = 0
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const name = top.folder.keys()[top.done++]
    if (name === undefined) {
      open.pop()
      path.pop()
      continue
    }
    checkPathElement(name)
    const node = top.folder.get(name)
    if (!(node instanceof BencodeDictionary))
      throw new MetainfoError('file-tree', 'neither a file nor a folder')
    path.push(name)
    if (path.length > LIMITS.pathDepth)
      throw new MetainfoError('path-depth', `more than ${LIMITS.pathDepth} folders`)
    if (!node.has(FILE_KEY)) {
      open.push(openFolder(node))
      continue
    }
    const file = parseFile(node, [...path], Math.ceil(length / pieceLength) * pieceLength, length)
    path.pop()
    files.push(file)
    if (files.length > LIMITS.torrentFiles)
      throw new MetainfoError('too-many-files', `more than ${LIMITS.torrentFiles} files`)
    length = file.start + file.length
    if (length > MAX_TORRENT_BYTES)
      throw new MetainfoError('length', `a torrent of ${length} bytes`)
  }
  return { files, length }
}

function openFolder(folder: BencodeDictionary): Open {
  if (folder.size === 0) throw new MetainfoError('file-tree', 'an empty folder')
  return { folder, done: 0 }
}

function parseFile(
  node: BencodeDictionary,
  path: RawPath,
  alignedStart: number,
  end: number,
): ListedFile {
  const entry = node.dictionary(FILE_KEY)
  if (entry === undefined || node.size !== 1)
    throw new MetainfoError('file-tree', 'a file that is a folder too')
  const length = parseLength(entry)
  // BEP 52 aligns files by itself; a pad file in the tree is a lie about the data.
  if (checkAttributes(entry)) throw new MetainfoError('pad-file', 'a pad file in a file tree')
  const root = entry.bytes('pieces root')
  if (length === 0) {
    if (entry.has('pieces root')) throw new MetainfoError('pieces-root', 'the root of nothing')
    return { path, length, start: end, piecesRoot: null }
  }
  if (root?.length !== SHA256_BYTES) throw new MetainfoError('pieces-root', 'no pieces root')
  return { path, length, start: alignedStart, piecesRoot: root }
}

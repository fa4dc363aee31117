import { SHA256_BYTES, equalBytes, type ByteSpan } from '@matinee/base'
import { FileTree, type HashFields, type Metainfo, type TorrentFile } from '@matinee/protocol'
import { leavesOf } from '../made-torrent.ts'
import { nodeHash } from '../node-hash.ts'

/** The true hashes of a torrent's files, computed from their content when they are asked for. */
export class SeedHashes {
  readonly #metainfo: Metainfo
  readonly #bytesAt: (span: ByteSpan) => Uint8Array
  readonly #trees = new Map<number, FileTree>()

  constructor(metainfo: Metainfo, bytesAt: (span: ByteSpan) => Uint8Array) {
    this.#metainfo = metainfo
    this.#bytesAt = bytesAt
  }

  /** The run and its uncles as they go on the wire; `null` when an honest seed must reject. */
  answer(request: HashFields): Uint8Array | null {
    const file = this.#metainfo.files.find(
      ({ piecesRoot }) => piecesRoot !== null && equalBytes(piecesRoot, request.piecesRoot),
    )
    const tree = file === undefined ? null : this.#treeOf(file)
    if (file === undefined || tree === null) return null
    const { pieceLeaves, pieceCount } = tree.shape
    const first = Math.floor(request.index / pieceLeaves)
    const end = Math.min(pieceCount, Math.ceil((request.index + request.length) / pieceLeaves))
    if (request.baseLayer !== 0) return tree.answer(request)
    for (let piece = first; piece < end; piece++) {
      const start = file.span.start + piece * this.#metainfo.pieceLength
      const bytes = this.#bytesAt({
        start,
        end: Math.min(start + this.#metainfo.pieceLength, file.span.end),
      })
      tree.setLeaves(piece, leavesOf(bytes))
    }
    const answer = tree.answer(request)
    for (let piece = first; piece < end; piece++) tree.forgetLeaves(piece)
    return answer
  }

  #treeOf(file: TorrentFile): FileTree | null {
    const { pieceLength } = this.#metainfo
    const { length, piecesRoot, index } = file
    const layer = this.#metainfo.pieceLayer(index)
    const known = this.#trees.get(index)
    if (known !== undefined || piecesRoot === null || layer === null) return known ?? null
    const tree = new FileTree({ length, pieceLength, piecesRoot }, nodeHash)
    tree.setLayer(layer)
    this.#trees.set(index, tree)
    return tree
  }
}

/** True hashes turned into a lie: the run, its proof, or its length is wrong. */
export function falseHashes(
  manner: 'wrong-hashes' | 'wrong-proof' | 'wrong-length',
  hashes: Uint8Array,
): Uint8Array {
  if (manner === 'wrong-length') return hashes.subarray(0, hashes.length - SHA256_BYTES)
  const out = hashes.slice()
  const at = manner === 'wrong-hashes' ? 0 : out.length - 1
  out[at] = (out[at] ?? 0) ^ 1
  return out
}

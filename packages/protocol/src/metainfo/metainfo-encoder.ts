import { SHA1_BYTES, SHA256_BYTES, assert, latin1, utf8Bytes } from '@matinee/base'
import { BencodeDictionary, type BencodeValue } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import type { MetainfoKind } from './metainfo.ts'
import { type PlannedFile, type TorrentPlan, planTorrent } from './torrent-plan.ts'

/** A file with its v2 hashes. */
export interface HashedFile extends PlannedFile {
  /** 32 bytes; `null` for empty files and in v1 torrents. */
  readonly piecesRoot: Uint8Array | null
  /** 32 bytes per piece; needed when the file is longer than a piece, `null` otherwise. */
  readonly pieceLayer: Uint8Array | null
}

/** Everything a `.torrent` file says. Hashes are by {@link planTorrent}'s layout of the same files. */
export interface MetainfoDraft {
  readonly kind: MetainfoKind
  readonly name: string
  readonly pieceLength: number
  /** In any order for v2 and hybrid; in their own for v1. */
  readonly files: readonly HashedFile[]
  /** v1 only: pad files bring every file to the beginning of a piece. Default false. */
  readonly alignFiles?: boolean
  /** 20 bytes per piece, padding included; `null` for v2. */
  readonly v1Hashes: Uint8Array | null
  readonly trackers?: readonly (readonly string[])[]
  readonly webSeeds?: readonly string[]
  readonly isPrivate?: boolean
  readonly comment?: string | null
  readonly createdBy?: string | null
  readonly createdSeconds?: number | null
}

/**
 * Writes a `.torrent` file (BEP 3, 12, 19, 27, 47, 52). Asserts that hashes are there and as many as the
 * layout asks for; whether names and sizes are acceptable is for {@link parseMetainfo} to say.
 */
export function encodeMetainfo(draft: MetainfoDraft): Uint8Array {
  const plan = planTorrent(draft)
  const trackers = (draft.trackers ?? []).filter((tier) => tier.length > 0)
  const webSeeds = draft.webSeeds ?? []
  return encodeBencode(
    BencodeDictionary.from({
      announce: optionalText(trackers[0]?.[0]),
      'announce-list':
        trackers.flat().length > 1 ? trackers.map((tier) => tier.map(utf8Bytes)) : undefined,
      comment: optionalText(draft.comment),
      'created by': optionalText(draft.createdBy),
      'creation date': draft.createdSeconds ?? undefined,
      info: infoOf(draft, plan),
      'piece layers': draft.kind === 'v1' ? undefined : pieceLayersOf(plan),
      'url-list': webSeeds.length > 0 ? webSeeds.map(utf8Bytes) : undefined,
    }),
  )
}

function infoOf(draft: MetainfoDraft, plan: TorrentPlan<HashedFile>): BencodeDictionary {
  const { kind } = draft
  const [only] = draft.files
  const isSingle =
    draft.files.length === 1 && only?.path.length === 1 && only.path[0] === draft.name
  const hasV1 = kind !== 'v2'
  if (hasV1)
    assert(
      draft.v1Hashes?.length === plan.layout.pieceCount * SHA1_BYTES,
      'a v1 torrent has a hash per piece',
    )
  return BencodeDictionary.from({
    'file tree': kind === 'v1' ? undefined : fileTreeOf(plan),
    files: hasV1 && !isSingle ? fileListOf(plan) : undefined,
    length: hasV1 && isSingle ? only.length : undefined,
    'meta version': kind === 'v1' ? undefined : 2,
    name: utf8Bytes(draft.name),
    'piece length': draft.pieceLength,
    pieces: hasV1 ? (draft.v1Hashes ?? undefined) : undefined,
    private: draft.isPrivate === true ? 1 : undefined,
  })
}

/** The v1 list of files, with a pad file wherever the layout has a gap. */
function fileListOf(plan: TorrentPlan<HashedFile>): BencodeValue[] {
  const entries: BencodeValue[] = []
  let end = 0
  for (const [i, file] of plan.files.entries()) {
    const span = plan.layout.fileSpan(i)
    if (span.start > end) entries.push(padOf(span.start - end))
    entries.push(BencodeDictionary.from({ length: file.length, path: file.path.map(utf8Bytes) }))
    end = span.end
  }
  return entries
}

/** BEP 47: attribute `p`, and the name that older clients hide. */
function padOf(length: number): BencodeDictionary {
  return BencodeDictionary.from({
    attr: utf8Bytes('p'),
    length,
    path: ['.pad', String(length)].map(utf8Bytes),
  })
}

/** A folder of the tree while it is filled; keys are latin1 of the names' bytes. */
interface Folder {
  readonly name: string
  readonly entries: [string, BencodeDictionary][]
}

/** Files come in tree order, so every folder is open once. */
function fileTreeOf(plan: TorrentPlan<HashedFile>): BencodeDictionary {
  const open: Folder[] = [{ name: '', entries: [] }]
  const closeTo = (depth: number): void => {
    while (open.length > depth) {
      const folder = open.pop()
      const parent = open.at(-1)
      assert(folder && parent, 'the root stays open')
      parent.entries.push([folder.name, BencodeDictionary.from(folder.entries)])
    }
  }
  for (const file of plan.files) {
    const path = file.path.map((element) => latin1(utf8Bytes(element)))
    let shared = 0
    while (shared < path.length - 1 && open[shared + 1]?.name === path[shared]) shared++
    closeTo(shared + 1)
    for (const name of path.slice(shared, -1)) open.push({ name, entries: [] })
    const isEmpty = file.length === 0
    assert(isEmpty || file.piecesRoot?.length === SHA256_BYTES, 'a v2 file has a pieces root')
    const entry = BencodeDictionary.from({
      length: file.length,
      'pieces root': isEmpty ? undefined : (file.piecesRoot ?? undefined),
    })
    open.at(-1)?.entries.push([path.at(-1) ?? '', BencodeDictionary.from({ '': entry })])
  }
  closeTo(1)
  return BencodeDictionary.from(open[0]?.entries ?? [])
}

function pieceLayersOf(plan: TorrentPlan<HashedFile>): BencodeDictionary {
  const layers = new Map<string, Uint8Array>()
  for (const file of plan.files) {
    if (file.length <= plan.pieceLength || file.piecesRoot === null) continue
    const pieces = Math.ceil(file.length / plan.pieceLength)
    const layer = file.pieceLayer
    assert(layer?.length === pieces * SHA256_BYTES, 'a file of several pieces has a piece layer')
    layers.set(latin1(file.piecesRoot), layer)
  }
  return BencodeDictionary.from(layers)
}

function optionalText(text: string | null | undefined): Uint8Array | undefined {
  return text === null || text === undefined || text === '' ? undefined : utf8Bytes(text)
}

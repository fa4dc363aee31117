import { LIMITS, SHA256_BYTES, utf8Bytes } from '@matinee/base'
import {
  BencodeDictionary,
  BencodeError,
  type BencodeValue,
  decodeBencode,
  encodeBencode,
} from '@matinee/protocol'

/** feed-format 12.8. */
export const HEAD_PACK_BYTES = 98_304

/** Merkle leaves of consecutive blocks of a file (BEP 52). */
export interface HeadLeaves {
  /** In the torrent, names joined by `/`. */
  readonly path: string
  /** The block of the file that the first hash belongs to. */
  readonly first: number
  /** 32 bytes for each block. */
  readonly hashes: Uint8Array
}

/** A moment that a player can begin with, and the byte of its picture. */
export interface HeadPoint {
  /** Whole. */
  readonly ms: number
  readonly offset: number
}

/** Where in a file a player can begin. */
export interface HeadPoints {
  /** In the torrent, names joined by `/`. */
  readonly path: string
  /** Ascending in both. */
  readonly times: readonly HeadPoint[]
}

/**
 * What is needed of a release before its first picture (feed-format 12.8). Nothing in it is to be believed that the torrent's
 * own roots don't prove, and the torrent only by its info-hash.
 */
export interface HeadPack {
  /** The .torrent file. */
  readonly torrent: Uint8Array
  readonly leaves: readonly HeadLeaves[]
  readonly points: readonly HeadPoints[]
}

/** Writes a head pack, of whatever length: whether it's short enough is for the caller to see. */
export function encodeHeadPack({ torrent, leaves, points }: HeadPack): Uint8Array {
  return encodeBencode(
    BencodeDictionary.from({
      torrent,
      leaves: leaves.map(({ path, first, hashes }) =>
        BencodeDictionary.from({ path: utf8Bytes(path), first, hashes }),
      ),
      points: points.map(({ path, times }) =>
        BencodeDictionary.from({
          path: utf8Bytes(path),
          times: times.flatMap(({ ms, offset }) => [ms, offset]),
        }),
      ),
    }),
  )
}

/** Reads a stranger's head pack; `null` = it is none. The parts are views of `bytes`. */
export function readHeadPack(bytes: Uint8Array): HeadPack | null {
  if (bytes.length > HEAD_PACK_BYTES) return null
  try {
    const root = decodeBencode(bytes)
    if (!(root instanceof BencodeDictionary)) return null
    const torrent = root.bytes('torrent')
    const leaves = root.list('leaves')?.map(leavesOf)
    const points = root.list('points')?.map(pointsOf)
    if (torrent === undefined || leaves === undefined || points === undefined) return null
    const read = { torrent, leaves: leaves.filter(isThere), points: points.filter(isThere) }
    const isWhole = read.leaves.length === leaves.length && read.points.length === points.length
    return isWhole ? read : null
  } catch (error) {
    if (error instanceof BencodeError) return null
    throw error
  }
}

function leavesOf(value: BencodeValue): HeadLeaves | null {
  if (!(value instanceof BencodeDictionary)) return null
  const [path, first, hashes] = [value.text('path'), value.integer('first'), value.bytes('hashes')]
  if (path === undefined || first === undefined || hashes === undefined) return null
  const isRun = first >= 0 && hashes.length > 0 && hashes.length % SHA256_BYTES === 0
  return isRun ? { path, first, hashes } : null
}

function pointsOf(value: BencodeValue): HeadPoints | null {
  if (!(value instanceof BencodeDictionary)) return null
  const [path, list] = [value.text('path'), value.list('times')]
  if (path === undefined || list === undefined || list.length % 2 !== 0) return null
  const times: HeadPoint[] = []
  for (let at = 0; at < list.length; at += 2) {
    const [ms, offset] = [list[at], list[at + 1]]
    if (!isPlace(ms) || !isPlace(offset)) return null
    const last = times.at(-1)
    if (last !== undefined && (ms <= last.ms || offset <= last.offset)) return null
    times.push({ ms, offset })
  }
  return times.length <= LIMITS.keyPoints ? { path, times } : null
}

function isPlace(value: BencodeValue | undefined): value is number {
  return typeof value === 'number' && value >= 0
}

function isThere<T>(value: T | null): value is T {
  return value !== null
}

import { open } from 'node:fs/promises'
import { LIMITS, MIB, SHA256_BYTES, type ByteSpan } from '@matinee/base'
import {
  HEAD_PACK_BYTES,
  encodeHeadPack,
  type HeadLeaves,
  type HeadPack,
  type HeadPoints,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { blockLeaf } from '@matinee/protocol'
import type { FilmFacts } from './film-facts.ts'
import { indexEnd } from './film-fault.ts'

/** feed-format 12.8: what a player needs first, index apart. */
const HEAD_BYTES = 8 * MIB
/** Points this far apart are worth their place; closer ones go first when there is none. */
const THINNEST_SECONDS = 60

/** What is told of the torrent. */
export interface HeadTorrent {
  /** The .torrent file. */
  readonly bytes: Uint8Array
  readonly pieceLength: number
}

/** A film of the release, as its torrent names it. */
export interface HeadFilm {
  /** In the torrent. */
  readonly path: string
  /** Of the file in the release's folder. */
  readonly facts: FilmFacts
}

/**
 * The head pack of a release: its torrent, the leaves of each film's index and first megabytes, and the moments a
 * player can begin with, fewer of them until all fits. `null` = it doesn't. Throws system errors and the signal's reason.
 */
export async function makeHeadPack(
  torrent: HeadTorrent,
  films: readonly HeadFilm[],
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const { pieceLength } = torrent
  const wantedBytes = Math.floor(HEAD_BYTES / films.length)
  const leaves: HeadLeaves[] = []
  for (const film of films) leaves.push(await headLeaves(film, wantedBytes, pieceLength, signal))
  const pack = { torrent: torrent.bytes, leaves, points: films.map(pointsOf) }
  return fitHeadPack(pack, pieceLength / LIMITS.blockBytes)
}

/**
 * The pack with as many points as fit, else without them, else with fewer leaves; `null` = the torrent alone is too
 * large.
 *
 * @param pieceLeaves leaves of a piece: a part of a piece proves nothing
 */
export function fitHeadPack(whole: HeadPack, pieceLeaves: number): Uint8Array | null {
  for (const pack of thinner(whole, pieceLeaves)) {
    const bytes = encodeHeadPack(pack)
    if (bytes.length <= HEAD_PACK_BYTES) return bytes
  }
  return null
}

/** A pack, then ones that say less and less. */
function* thinner(pack: HeadPack, pieceLeaves: number): Generator<HeadPack> {
  yield pack
  for (let apartMs = 4000; apartMs <= THINNEST_SECONDS * 1000; apartMs += 2000)
    yield { ...pack, points: pack.points.map((each) => thinned(each, apartMs)) }
  const bare = { ...pack, points: [] }
  yield bare
  for (let part = 2; part <= 64; part *= 2)
    yield { ...bare, leaves: bare.leaves.flatMap((each) => firstPart(each, part, pieceLeaves)) }
  yield { ...bare, leaves: [] }
}

function thinned({ path, times }: HeadPoints, apartMs: number): HeadPoints {
  let last = -Infinity
  const kept = times.filter(({ ms }) => {
    if (ms - last < apartMs) return false
    last = ms
    return true
  })
  return { path, times: kept }
}

function firstPart(leaves: HeadLeaves, part: number, pieceLeaves: number): HeadLeaves[] {
  const pieces = Math.floor(leaves.hashes.length / SHA256_BYTES / part / pieceLeaves)
  const hashes = leaves.hashes.subarray(0, pieces * pieceLeaves * SHA256_BYTES)
  return pieces === 0 ? [] : [{ ...leaves, hashes }]
}

function pointsOf({ path, facts }: HeadFilm): HeadPoints {
  const times: { ms: number; offset: number }[] = []
  for (const { seconds, offset } of facts.index?.keyPoints ?? []) {
    const ms = Math.round(seconds * 1000)
    const last = times.at(-1)
    if (last === undefined || (ms > last.ms && offset > last.offset)) times.push({ ms, offset })
  }
  return { path, times }
}

/** The index lies before the film, so both are one run of blocks from the file's beginning, up to the end of a piece. */
async function headLeaves(
  { path, facts }: HeadFilm,
  wantedBytes: number,
  pieceLength: number,
  signal: AbortSignal,
): Promise<HeadLeaves> {
  const pieces = Math.ceil(Math.max(indexEnd(facts), wantedBytes) / pieceLength)
  const end = Math.min(pieces * pieceLength, facts.lengthBytes)
  const count = Math.ceil(end / LIMITS.blockBytes)
  const hashes = new Uint8Array(count * SHA256_BYTES)
  const hash = systemHash()
  await using file = await open(facts.path)
  for (let block = 0; block < count; block++) {
    signal.throwIfAborted()
    hashes.set(
      blockLeaf(await readBlock(file, block, facts.lengthBytes), hash),
      block * SHA256_BYTES,
    )
  }
  return { path, first: 0, hashes }
}

async function readBlock(
  file: Awaited<ReturnType<typeof open>>,
  block: number,
  lengthBytes: number,
): Promise<Uint8Array> {
  const start = block * LIMITS.blockBytes
  const span: ByteSpan = { start, end: Math.min(start + LIMITS.blockBytes, lengthBytes) }
  const bytes = new Uint8Array(span.end - span.start)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start)
  return bytes.subarray(0, bytesRead)
}

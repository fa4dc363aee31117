/** Which films go onto a stick. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  HEAD_PACK_BYTES,
  type Release,
  type ReleaseId,
  type WorkId,
  type WorkRecord,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { readCapped } from '../publisher/durable-file.ts'
import type { FeedHeritage } from '../relaunch/feed-heritage.ts'
import { readInherited } from '../relaunch/inherited-work.ts'
import { packedTorrents } from '../relaunch/packed-torrents.ts'
import type { FilmPlace } from './film-place.ts'
import type { KeptFilm } from './kept-film.ts'
import { PackError } from './pack-error.ts'

/** What a person wants on it. */
export interface FilmWish {
  /** Ids of the feed's lists. */
  readonly lists: readonly string[]
  /** Ids of works. */
  readonly works: readonly string[]
  readonly all: boolean
}

/** A release that is here. */
export interface ChosenRelease {
  readonly work: WorkId
  readonly release: ReleaseId
  readonly from:
    /** Absolute: holds `files/` and `hybrid.torrent`. */
    | { readonly kind: 'files'; readonly folder: string }
    /** Whether it's here whole turns out when it's exported. */
    | { readonly kind: 'kept'; readonly film: KeptFilm }
}

/** What is taken, and what of the wish isn't here. */
export interface FilmChoice {
  readonly releases: readonly ChosenRelease[]
  /** Works that were asked for and of which no film is here. */
  readonly missing: readonly WorkId[]
}

/**
 * Finds the releases of the works that are wanted. Throws {@link PackError} `choice` for lists and works that the feed
 * doesn't offer, and when no film is here at all.
 */
export async function chooseFilms(
  heritage: FeedHeritage,
  place: FilmPlace,
  wish: FilmWish,
): Promise<FilmChoice> {
  const releases: ChosenRelease[] = []
  const missing: WorkId[] = []
  for (const work of wantedWorks(heritage, wish)) {
    const line = heritage.works.get(work)
    const read = line === undefined ? null : readInherited(line)
    const found = read === null ? [] : await releasesOf(place, read.record)
    if (found.length === 0) missing.push(work)
    releases.push(...found)
  }
  if (releases.length === 0) throw new PackError('choice', 'none of these films is here')
  return { releases, missing }
}

function wantedWorks(
  { head, works }: FeedHeritage,
  { lists, works: named, all }: FilmWish,
): ReadonlySet<WorkId> {
  const wanted = new Set<WorkId>(all ? works.keys() : [])
  for (const id of lists) {
    const list = head.lists.find((each) => each.id === id)
    const known = head.lists.map((each) => each.id).join(', ')
    if (list === undefined)
      throw new PackError('choice', `the feed has no list ${id}; it has ${known || 'none'}`)
    for (const work of list.works) if (works.has(work)) wanted.add(work)
  }
  for (const id of named) {
    const work = [...works.keys()].find((each) => each === id)
    if (work === undefined) throw new PackError('choice', `the feed offers no work ${id}`)
    wanted.add(work)
  }
  return wanted
}

async function releasesOf(place: FilmPlace, record: WorkRecord): Promise<ChosenRelease[]> {
  const found: ChosenRelease[] = []
  for (const release of record.releases) {
    const from =
      place.kind === 'publisher'
        ? await filesOf(join(place.folder, 'releases', record.id, release.id))
        : await keptOf(place, release)
    if (from !== null) found.push({ work: record.id, release: release.id, from })
  }
  return found
}

async function filesOf(folder: string): Promise<ChosenRelease['from'] | null> {
  const names = await readdir(folder).catch((): string[] => [])
  const isHere = names.includes('files') && names.includes('hybrid.torrent')
  return isHere ? { kind: 'files', folder } : null
}

async function keptOf(
  { films, feed }: FilmPlace & { readonly kind: 'follower' },
  release: Release,
): Promise<ChosenRelease['from'] | null> {
  if (release.kind !== 'release' || release.headPack === undefined) return null
  const { v1, v2 } = release.infoHashes
  const folder = join(films, v1 ?? v2)
  const names = await readdir(folder).catch((): string[] => [])
  if (names.length === 0) return null
  const { sha256 } = release.headPack
  const headPack = await readCapped(systemDisk(), join(feed, 'heads', sha256), HEAD_PACK_BYTES)
  if (headPack === null || systemFeedCrypto().sha256(headPack).toHex() !== sha256) return null
  const torrents = packedTorrents(headPack, release)
  return torrents === null ? null : { kind: 'kept', film: { folder, torrents, headPack } }
}

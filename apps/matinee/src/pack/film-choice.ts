/** Which films go onto a stick. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReleaseId, WorkId, WorkRecord } from '@matinee/catalogue'
import type { FeedHeritage } from '../relaunch/feed-heritage.ts'
import { readInherited } from '../relaunch/inherited-work.ts'
import { PackError } from './pack-error.ts'

/** What a person wants on it. */
export interface FilmWish {
  /** Ids of the feed's lists. */
  readonly lists: readonly string[]
  /** Ids of works. */
  readonly works: readonly string[]
  readonly all: boolean
}

/** A release whose files are here. */
export interface ChosenRelease {
  readonly work: WorkId
  readonly release: ReleaseId
  /** Absolute: holds `files/` and `hybrid.torrent`. */
  readonly folder: string
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
 *
 * @param from a publisher's folder
 */
export async function chooseFilms(
  heritage: FeedHeritage,
  from: string,
  wish: FilmWish,
): Promise<FilmChoice> {
  const releases: ChosenRelease[] = []
  const missing: WorkId[] = []
  for (const work of wantedWorks(heritage, wish)) {
    const line = heritage.works.get(work)
    const read = line === undefined ? null : readInherited(line)
    const found = read === null ? [] : await releasesOf(from, read.record)
    if (found.length === 0) missing.push(work)
    releases.push(...found)
  }
  if (releases.length === 0)
    throw new PackError('choice', `none of these films is in ${from}/releases`)
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

async function releasesOf(from: string, record: WorkRecord): Promise<ChosenRelease[]> {
  const found: ChosenRelease[] = []
  for (const { id: release } of record.releases) {
    const folder = join(from, 'releases', record.id, release)
    const names = await readdir(folder).catch((): string[] => [])
    if (names.includes('files') && names.includes('hybrid.torrent'))
      found.push({ work: record.id, release, folder })
  }
  return found
}

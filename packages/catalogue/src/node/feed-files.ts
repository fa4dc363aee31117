import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FeedId, parseFeedId } from '../name/id.ts'

/** A feed's file by its name: `starter.3.feed`; while it's written, `starter.3.part`. */
export interface FeedFileName {
  readonly feedId: FeedId
  /** Counts up each time the feed is loaded. */
  readonly generation: number
  readonly name: string
}

/** The feeds' files in a folder, the newest of each feed first. */
export function feedFilesIn(folder: string): FeedFileName[] {
  return readdirSync(folder)
    .map(parseFileName)
    .filter((each) => each !== null)
    .toSorted(
      (a, b) =>
        (a.feedId < b.feedId ? -1 : a.feedId > b.feedId ? 1 : 0) || b.generation - a.generation,
    )
}

/** The name of a feed's file, and the one that it's written under. */
export function feedFileName(feedId: FeedId, generation: number): { name: string; part: string } {
  return { name: `${feedId}.${generation}.feed`, part: `${feedId}.${generation}.part` }
}

/** Makes the folder, and clears away what a load that never ended left in it. */
export function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder))
    if (name.endsWith('.part')) rmSync(join(folder, name), { force: true })
}

function parseFileName(name: string): FeedFileName | null {
  const [, feedName = '', generation = ''] = /^([a-z0-9-]+)\.(\d{1,9})\.feed$/u.exec(name) ?? []
  const feedId = parseFeedId(feedName)
  return feedId === null ? null : { feedId, generation: Number(generation), name }
}

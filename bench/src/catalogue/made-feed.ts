import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import {
  type FeedEntry,
  type FeedWork,
  type WorkRecord,
  parseFeedId,
  parseRecord,
  parseSha256,
} from '@matinee/catalogue'
import type { FeedInput } from '@matinee/catalogue/node'
import { madeWorks } from '@matinee/testkit'
import { parseCalendarDate } from '@matinee/rights'

/** A made-up feed in a file, and what searches for it are made of. */
export interface MadeFeed {
  /** JSON, a validated record a line. */
  readonly path: string
  readonly medianBytes: number
  readonly titles: readonly string[]
  readonly names: readonly string[]
}

/** One work in this many lends its title to a search. */
const SAMPLED = 50

/** Writes a made-up feed to a file, so that a load reads it as a feed is read: from a disk, once. */
export async function writeMadeFeed(path: string, seed: string, count: number): Promise<MadeFeed> {
  const out = createWriteStream(path)
  const lengths: number[] = []
  const titles: string[] = []
  const names: string[] = []
  for (const made of madeWorks({ seed, count })) {
    const bytes = new TextEncoder().encode(JSON.stringify(made))
    const parsed = parseRecord(bytes)
    if (parsed.kind !== 'record') throw new Error('a made-up record is of this version')
    const { title, people } = parsed.record
    if (lengths.length % SAMPLED === 0) {
      titles.push(title.text)
      names.push(people[0]?.name ?? title.text)
    }
    lengths.push(bytes.length)
    if (!out.write(`${JSON.stringify(parsed.record)}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  const medianBytes = lengths.toSorted((a, b) => a - b)[lengths.length >> 1] ?? 0
  return { path, medianBytes, titles, names }
}

/** The feed in such a file. */
export function madeFeedInput(path: string, version: string): FeedInput {
  const id = parseFeedId('made')
  if (id === null) throw new Error('the made-up feed has an id')
  const names = { en: 'Made up' }
  return { id, version, trust: 'bundled', names, works: readWorks(path), lists: [] }
}

async function* readWorks(path: string): AsyncGenerator<FeedWork> {
  const sha256 = parseSha256('0'.repeat(64))
  const added = parseCalendarDate('2026-10-01')
  if (sha256 === null || added === null) throw new Error('a manifest has hashes and days')
  await using file = await open(path)
  for await (const line of file.readLines()) {
    // Validated before it was written, by this program.
    const record = JSON.parse(line) as WorkRecord
    const entry: FeedEntry = {
      id: record.id,
      sha256,
      length: line.length,
      state: 'offered',
      added,
      waitsFor: [],
    }
    yield { entry, record }
  }
}

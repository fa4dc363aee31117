/**
 * A harvest: candidates one after another, each with a folder of its own under the harvest's:
 *
 *     harvest.json            where it stands
 *     review.html             all candidates, for a person
 *     <key>/evidence/         pages that were kept, by their hash
 *     <key>/files/            what was fetched
 *     <key>/release/          the release that was built
 *     <key>/images/           pictures that could become its poster
 *     <key>/record.json       the draft of its record; nobody verified its rights
 *     <key>/review.html|json  the sheet on which a person decides
 *
 * Nothing here signs, publishes or touches a publisher's folder.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { PICTURE_TYPES, readableRecord } from '@matinee/catalogue'
import { systemDisk } from '@matinee/engine/system'
import { writeDurably } from '../publisher/durable-file.ts'
import { SEARCH_LIMITS, parseSearchAnswer } from './archive/archive-search.ts'
import { runCandidate, type CandidateResult } from './candidate-run.ts'
import type { HarvestTools } from './harvest-tools.ts'
import { foundCandidate, type Candidate } from './candidate.ts'
import { HarvestError } from './harvest-error.ts'
import {
  addCandidates,
  readHarvestState,
  writeHarvestState,
  type HarvestEntry,
  type HarvestState,
} from './harvest-state.ts'
import { fieldOf, lineOf, listOf } from './loose-field.ts'
import { harvestPage, reviewJson, reviewPage, type HarvestRow } from './review-sheet.ts'

/** How a harvest ended. */
export interface HarvestSummary {
  readonly ready: number
  readonly refused: number
  readonly failed: number
}

/** Most candidates that a search adds. */
export const MOST_FOUND = 10_000
/** The archive gives no less. */
const PAGE_ITEMS = 100
const PAGES = MOST_FOUND / PAGE_ITEMS
/** A candidate that failed so often is left until somebody changes the list. */
const MOST_FAILURES = 5
const REVIEW_BYTES = 4 * 2 ** 20

/** Identifiers that a search in the archive finds, at most `most`. Throws {@link HarvestError}, or the signal's reason. */
export async function searchArchive(
  { web, archive }: HarvestTools,
  query: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const found = new Set<string>()
  let cursor: string | null = null
  // Cursors are the server's: a circle of them ends too.
  for (let page = 0; page < PAGES && found.size < most; page++) {
    const asked = new URLSearchParams({
      q: `mediatype:movies AND (${query})`,
      fields: 'identifier',
      count: String(PAGE_ITEMS),
      ...(cursor === null ? {} : { cursor }),
    })
    const url = `${archive}/services/search/v1/scrape?${asked.toString()}`
    const order = { url, learnedFrom: 'user', maxBytes: SEARCH_LIMITS.bytes, signal } as const
    const answer = parseSearchAnswer((await web.page(order)).bytes)
    if (answer.kind === 'refused') throw new HarvestError('answer', answer.why)
    for (const identifier of answer.identifiers) found.add(identifier)
    cursor = answer.cursor
    if (cursor === null || answer.identifiers.length === 0) break
  }
  return [...found].slice(0, most).map(foundCandidate)
}

/**
 * Runs every candidate that isn't done; those of `candidates` that are new are added first. Throws what the disk throws,
 * and the signal's reason: what was finished until then is kept.
 */
export async function harvest(
  tools: HarvestTools,
  folder: string,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<HarvestSummary> {
  const state = await readHarvestState(folder)
  addCandidates(state, candidates)
  await writeHarvestState(folder, state)
  for (const entry of state.entries) {
    if (!isToDo(entry)) continue
    signal.throwIfAborted()
    try {
      const own = join(folder, entry.key)
      const save = (): Promise<void> => writeHarvestState(folder, state)
      const result = await runCandidate(tools, { folder: own, entry, save, signal })
      await keep(own, result)
      entry.state = result.state
    } finally {
      // Pages that were kept before the run was stopped needn't be asked for again.
      await writeHarvestState(folder, state)
    }
  }
  await writeOverview(folder, state)
  const count = (kind: string): number =>
    state.entries.filter((entry) => entry.state.kind === kind).length
  return { ready: count('ready'), refused: count('refused'), failed: count('failed') }
}

function isToDo({ state }: HarvestEntry): boolean {
  if (state.kind === 'failed') return state.times < MOST_FAILURES || state.code === 'busy'
  return state.kind === 'waiting'
}

async function keep(folder: string, { record, built, review }: CandidateResult): Promise<void> {
  const disk = systemDisk()
  const put = (name: string, content: Uint8Array | string): Promise<void> =>
    writeDurably(
      disk,
      join(folder, name),
      typeof content === 'string' ? utf8Bytes(content) : content,
    )
  for (const { picture, bytes } of built?.posterCandidates ?? [])
    await put(pictureName(picture), bytes)
  if (record !== null) await put('record.json', readableRecord(record))
  await put('review.html', reviewPage(review))
  await put('review.json', reviewJson(review))
}

async function writeOverview(folder: string, { entries }: HarvestState): Promise<void> {
  const rows: HarvestRow[] = []
  for (const { key, state } of entries) {
    const review = await readReview(join(folder, key, 'review.json'))
    const title = lineOf(fieldOf(review, 'title')) ?? key
    const licence = lineOf(fieldOf(review, 'licence'))
    const questions = listOf(fieldOf(review, 'doubts'), 1000).length
    rows.push({ title, licence, state, questions, path: `${key}/review.html` })
  }
  await writeDurably(systemDisk(), join(folder, 'review.html'), utf8Bytes(harvestPage(rows)))
}

/** Our own file; `null` when there is none, or somebody made something else of it. */
async function readReview(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null || text.length > REVIEW_BYTES) return null
  try {
    return JSON.parse(text)
  } catch {
    return null // half of it: the candidate is listed without
  }
}

function pictureName({ sha256, type }: { readonly sha256: string; readonly type: string }): string {
  const [, ending = 'bin'] = Object.entries(PICTURE_TYPES).find(([name]) => name === type) ?? []
  return `images/${sha256}.${ending}`
}

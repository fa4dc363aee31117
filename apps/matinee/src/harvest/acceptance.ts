/** A person decided: a harvested work goes into a publisher's folder. It comes into the feed when that is signed. */
import { cp, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import {
  isJsonList,
  isJsonObject,
  parseRecord,
  picturePath,
  type JsonObject,
  type ReleaseId,
  type WorkId,
  type WorkRecord,
} from '@matinee/catalogue'
import type { CalendarDate } from '@matinee/rights'
import { UsageError } from '../command.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import { readHarvestState } from './harvest-state.ts'
import { fieldOf, linesOf } from './loose-field.ts'
import { judgeRecord } from './record-draft.ts'

/** A decision. */
export interface Acceptance {
  /** The harvest's folder. */
  readonly harvest: string
  /** The candidate's. */
  readonly key: string
  /** Pseudonyms of who checked. */
  readonly checkers: readonly string[]
  /** Whether they answered every question of the sheet. */
  readonly isAnswered: boolean
  readonly on: CalendarDate
}

const RECORD_BYTES = 256 * 1024

/**
 * Takes a candidate over, with its record as it lies there (also after somebody improved it), its release and its
 * evidence. Returns the id of the work.
 *
 * Throws {@link UsageError} when the candidate isn't ready, questions are open or the checks don't suffice;
 * CatalogueError when the record isn't one; PublisherError, and what the disk throws.
 */
export async function acceptCandidate(
  publisher: PublisherFolder,
  { harvest, key, checkers, isAnswered, on }: Acceptance,
): Promise<WorkId> {
  const { entries } = await readHarvestState(harvest)
  const entry = entries.find((each) => each.key === key)
  if (entry === undefined) throw new UsageError(`${harvest} has no candidate ${key}`)
  if (entry.state.kind !== 'ready')
    throw new UsageError(`${key} isn't ready for a decision; its sheet says why`)
  const folder = join(harvest, key)
  const questions = await questionsOf(folder)
  if (questions.length > 0 && !isAnswered)
    throw new UsageError(
      `${key} has open questions: ${questions.join('; ')}. Add --answered when all are answered`,
    )
  const record = checked(await readDraft(folder), checkers, on)
  const { places, missing } = judgeRecord(record, on)
  if (places.length === 0)
    throw new UsageError(
      `${record.id} could be offered nowhere: what lacks is ${missing.join(', ')}`,
    )
  if ((await publisher.work(record.id)) !== null)
    throw new UsageError(`${publisher.path} has a work ${record.id} already`)
  const [release] = record.releases
  if (release === undefined) throw new UsageError(`${key} has no release`)
  await takeRelease(publisher, record.id, release.id, join(folder, 'release'))
  await takeEvidence(publisher, record.id, folder)
  await publisher.putWork({ id: record.id, record, images: await picturesOf(record, folder) })
  return record.id
}

async function questionsOf(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, 'review.json'), 'utf8')
  return linesOf(fieldOf(JSON.parse(text) as unknown, 'doubts'))
}

async function readDraft(folder: string): Promise<JsonObject> {
  const path = join(folder, 'record.json')
  const { size } = await stat(path)
  if (size > RECORD_BYTES) throw new UsageError(`${path} is larger than a record may be`)
  const bytes = new Uint8Array(await readFile(path))
  const parsed = parseRecord(bytes)
  if (parsed.kind === 'newer') throw new UsageError(`${path} needs a newer Matinee`)
  return JSON.parse(JSON.stringify(parsed.record)) as JsonObject
}

function checked(draft: JsonObject, checkers: readonly string[], on: CalendarDate): WorkRecord {
  const checks = checkers.map((by) => ({ by, on }))
  const entries = draft['rights'] ?? []
  const rights = (isJsonList(entries) ? entries : []).map((entry) =>
    isJsonObject(entry) ? { ...entry, verified: true, checks } : entry,
  )
  const parsed = parseRecord(utf8Bytes(JSON.stringify({ ...draft, rights })))
  if (parsed.kind !== 'record') throw new UsageError('the record needs a newer Matinee')
  return parsed.record
}

/** The copy is whole before it has its name. */
async function takeRelease(
  publisher: PublisherFolder,
  work: WorkId,
  release: ReleaseId,
  from: string,
): Promise<void> {
  const to = publisher.releaseFolder(work, release)
  const draft = `${to}.new`
  await rm(draft, { recursive: true, force: true })
  await rm(to, { recursive: true, force: true })
  await cp(from, draft, { recursive: true })
  await publisher.disk.rename(draft, to)
}

async function takeEvidence(
  publisher: PublisherFolder,
  work: WorkId,
  folder: string,
): Promise<void> {
  const to = publisher.evidenceFolder(work)
  await cp(join(folder, 'evidence'), to, { recursive: true })
  for (const name of ['review.html', 'review.json']) await cp(join(folder, name), join(to, name))
}

/** Pictures that somebody made the record name; they lie beside it. */
async function picturesOf(
  record: WorkRecord,
  folder: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const images = new Map<string, Uint8Array>()
  for (const picture of record.images) {
    const name = picturePath(picture).replace('images/', '')
    images.set(name, new Uint8Array(await readFile(join(folder, 'images', name))))
  }
  return images
}

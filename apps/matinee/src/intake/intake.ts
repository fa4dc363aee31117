/**
 * A film comes into a publisher's folder: what it is is asked first, then its release is made, and in the end its
 * record stands there. It comes into the feed when that is signed.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { utf8Bytes, type Signer } from '@matinee/base'
import {
  canonicalRecord,
  isJsonObject,
  makeEnvelope,
  parseReleaseId,
  parseStrictJson,
  parseTracker,
  parseWebAddress,
  parseWorkId,
  picturePath,
  RECORD_LIMITS,
  type JsonObject,
  type ReleaseId,
  type WorkRecord,
} from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import type { Questions } from '../questions.ts'
import { buildRelease } from '../release/build-release.ts'
import { readPlayableFilm } from '../release/playable-film.ts'
import type { BuiltRelease, ReleaseOrder, ReleaseProgress } from '../release/release-order.ts'
import { readFacts, type IntakeFacts } from './intake-facts.ts'
import type { IntakeOptions } from './intake-options.ts'
import { readRights, type IntakeRights } from './intake-rights.ts'
import { readSources, readText, type IntakeSources } from './intake-sources.ts'
import { draftWork, rehearsedRelease } from './work-draft.ts'

/** What is known before anything is made. */
export interface Intake {
  readonly facts: IntakeFacts
  readonly rights: IntakeRights
  readonly sources: IntakeSources
  readonly order: ReleaseOrder
}

/** What was made. */
export interface TakenIn {
  readonly record: WorkRecord
  readonly built: BuiltRelease
  /** Where candidates for a poster lie; `null` = there are none. */
  readonly candidates: string | null
}

/** What an intake works with. */
export interface IntakeTools {
  readonly folder: PublisherFolder
  readonly questions: Questions
  /** `null` = there is none. */
  readonly ffmpeg: string | null
  /** Today, `YYYY-MM-DD`. */
  readonly today: string
}

/**
 * Reads the film, then options, then answers, and makes sure that a record would come of them. Throws
 * {@link UsageError}, ReleaseError, CatalogueError, PublisherError and the signal's reason.
 */
export async function prepareIntake(
  values: IntakeOptions,
  films: readonly string[],
  { folder, questions, ffmpeg, today }: IntakeTools,
  signal: AbortSignal,
): Promise<Intake> {
  const releaseId = parseReleaseId(values.release)
  if (releaseId === null) throw new UsageError(`--release ${values.release} is no id, as main`)
  const [film] = await Promise.all(films.map((path) => readPlayableFilm(path, signal)))
  if (film === undefined) throw new UsageError('the film is missing')
  const known = await knownFields(values, folder)
  const facts = await readFacts(values, known, film, questions)
  const there = await fieldsThere(folder, facts.id, releaseId)
  const whole = { ...facts, fields: { ...there, ...facts.fields } }
  const hasPoster = JSON.stringify(whole.fields['images'] ?? []).includes('"poster"')
  const language = values['title-language'] ?? spokenLanguage(facts)
  const sources = await readSources(values, questions, language, hasPoster)
  const rights = await readRights(values, facts, sources.licenceText, questions, today)
  const order: ReleaseOrder = {
    folder: folder.releaseFolder(facts.id, releaseId),
    workId: facts.id,
    releaseId,
    ...(values.label === undefined ? {} : { label: values.label }),
    title: facts.title,
    year: facts.year,
    films: films.map((path) => ({ path, languages: facts.languages })),
    subtitles: sources.subtitles,
    audios: sources.audios,
    pictures: sources.pictures,
    chapters: sources.chapters,
    credit: rights.credit,
    terms: rights.terms,
    licenceText: sources.licenceText,
    trackers: values.tracker.map((text) => addressOf('--tracker', text, parseTracker)),
    webSeeds: values['web-seed'].map((text) => addressOf('--web-seed', text, parseWebAddress)),
    ffmpeg,
  }
  const release = rehearsedRelease(releaseId, values.label)
  const { chapters } = sources
  draftWork({ facts: whole, release, pictures: [], chapters, rights: rights.entry })
  return { facts: whole, rights, sources, order }
}

/**
 * Makes the release and puts the work into the folder. If that fails, nothing of it stays. Throws as
 * {@link prepareIntake}.
 *
 * @param maker who signs the record as its maker; `null` = nobody
 */
export async function takeIn(
  { facts, rights, sources, order }: Intake,
  folder: PublisherFolder,
  maker: Signer | null,
  onProgress: (progress: ReleaseProgress) => void,
  signal: AbortSignal,
): Promise<TakenIn> {
  await clearHalfMade(order.folder)
  const built = await buildRelease(order, onProgress, signal)
  try {
    const { release, pictures } = built
    const { chapters } = sources
    const record = draftWork({ facts, release, pictures, chapters, rights: rights.entry })
    const candidates = await keepCandidates(order.folder, built)
    const evidence = folder.evidenceFolder(facts.id)
    await mkdir(evidence, { recursive: true, mode: 0o700 })
    for (const { name, bytes } of rights.evidence)
      await writeFile(join(evidence, name), bytes, { mode: 0o600 })
    const images = imagesOf(record, built)
    const bytes = canonicalRecord(record)
    await folder.putWork({
      id: facts.id,
      images,
      ...(maker === null
        ? { record }
        : { envelope: makeEnvelope(bytes, 'matinee-record', [maker]) }),
    })
    return { record, built, candidates }
  } catch (error) {
    await rm(order.folder, { recursive: true, force: true })
    throw error
  }
}

/** What a crash left behind: a release that no record names, and drafts of one. */
async function clearHalfMade(folder: string): Promise<void> {
  const name = basename(folder)
  const isDraft = new RegExp(`^${name}\\.[A-Za-z0-9]{6}$`, 'u')
  const names: string[] = await readdir(dirname(folder)).catch(() => [])
  for (const each of names)
    if (each === name || isDraft.test(each))
      await rm(join(dirname(folder), each), { recursive: true, force: true })
}

/** Beside the release, for a person to choose from; they are no part of it. */
async function keepCandidates(folder: string, built: BuiltRelease): Promise<string | null> {
  if (built.posterCandidates.length === 0) return null
  const place = join(folder, 'candidates')
  await mkdir(place)
  for (const [at, { bytes }] of built.posterCandidates.entries())
    await writeFile(join(place, `${at + 1}.jpg`), bytes)
  return place
}

async function knownFields(values: IntakeOptions, folder: PublisherFolder): Promise<JsonObject> {
  const id = values.id === undefined ? null : parseWorkId(values.id)
  const there = id === null ? null : await folder.work(id)
  const fields = there === null ? {} : recordFields(there.record)
  if (values.record === undefined) return fields
  const parsed = parseStrictJson(await readText(values.record, RECORD_LIMITS.bytes), RECORD_LIMITS)
  if (!isJsonObject(parsed)) throw new UsageError(`${values.record} holds no record`)
  return { ...fields, ...parsed }
}

/** The record that is there under the id, for one more release. Throws {@link UsageError} when it has that release. */
async function fieldsThere(
  folder: PublisherFolder,
  id: IntakeFacts['id'],
  releaseId: ReleaseId,
): Promise<JsonObject> {
  const there = await folder.work(id)
  if (there === null) return {}
  if (there.record.releases.some((each) => each.id === releaseId))
    throw new UsageError(
      `${id} is there already, with a release ${releaseId}: name the new one with --release`,
    )
  return recordFields(there.record)
}

function recordFields(record: WorkRecord): JsonObject {
  const fields = parseStrictJson(utf8Bytes(JSON.stringify(record)), RECORD_LIMITS)
  return isJsonObject(fields) ? fields : {}
}

function spokenLanguage({ languages: [first = 'en'] }: IntakeFacts): string {
  return first === 'zxx' ? 'en' : first
}

/** The pictures that were made, by the names that the record has for them. */
function imagesOf(record: WorkRecord, { pictures }: BuiltRelease): Map<string, Uint8Array> {
  const images = new Map<string, Uint8Array>()
  for (const image of record.images) {
    const made = pictures.find(({ picture }) => picture.sha256 === image.sha256)
    if (made !== undefined) images.set(picturePath(image).replace('images/', ''), made.bytes)
  }
  return images
}

function addressOf(option: string, text: string, parse: (text: string) => string | null): string {
  const address = parse(text)
  if (address === null) throw new UsageError(`${option} ${text} is not a usable address`)
  return address
}

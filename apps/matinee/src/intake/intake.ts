/**
 * A film comes into a publisher's folder: what it is is asked first, then its release is made, and in the end its
 * record stands there. It comes into the feed when that is signed.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Signer } from '@matinee/base'
import {
  canonicalRecord,
  makeEnvelope,
  parseReleaseId,
  parseTracker,
  parseWebAddress,
  picturePath,
  type ReleaseId,
  type WorkRecord,
} from '@matinee/catalogue'
import { parseCalendarDate, type CreditTerms } from '@matinee/rights'
import { UsageError } from '../command.ts'
import { supposedVerdict } from '../harvest/record-draft.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import type { Questions } from '../questions.ts'
import { buildRelease } from '../release/build-release.ts'
import { readPlayableFilm } from '../release/playable-film.ts'
import type { BuiltRelease, ReleaseOrder, ReleaseProgress } from '../release/release-order.ts'
import { readPlacedText } from './episode-place.ts'
import { episodesName, readEpisodes, seasonsWith, type IntakeEpisode } from './intake-episodes.ts'
import { readFacts, readKind, type IntakeFacts } from './intake-facts.ts'
import { readName, type IntakeName } from './intake-name.ts'
import type { FilmArgument, IntakeOptions } from './intake-options.ts'
import { readRights, type IntakeRights } from './intake-rights.ts'
import { readSources, type IntakeSources } from './intake-sources.ts'
import { termVerdict } from './term-verdict.ts'
import { draftWork, rehearsedRelease } from './work-draft.ts'

/** What is known before anything is made. */
export interface Intake {
  readonly facts: IntakeFacts
  readonly rights: IntakeRights
  readonly sources: IntakeSources
  readonly order: ReleaseOrder
  /** In the order of the films; empty = it's no series. */
  readonly episodes: readonly IntakeEpisode[]
}

/** What was made. */
export interface TakenIn {
  readonly record: WorkRecord
  readonly built: BuiltRelease
  /** Ids of the episodes that came; empty = it's no series. */
  readonly episodes: readonly string[]
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
  films: readonly FilmArgument[],
  { folder, questions, ffmpeg, today }: IntakeTools,
  signal: AbortSignal,
): Promise<Intake> {
  const played = await Promise.all(films.map(({ path }) => readPlayableFilm(path, signal)))
  const [film] = played
  if (film === undefined) throw new UsageError('the film is missing')
  const name = await readName(values, folder, questions)
  const kind = await readKind(values, name, films, film, questions)
  const episodes = kind === 'series' ? await readEpisodes(films, played, name.known, questions) : []
  const releaseId = freshReleaseId(values, name, episodes)
  const facts = await readFacts(values, name, kind, film, questions)
  const hasPoster = JSON.stringify(facts.fields['images'] ?? []).includes('"poster"')
  const language = values['title-language'] ?? spokenLanguage(facts)
  const sources = await readSources(values, questions, language, hasPoster, episodes)
  const { chapters } = sources
  if (kind !== 'series') refuseSeasons(values)
  const { known } = name
  const series = { values, known, episodes, chapters, language, questions }
  const seasons = kind === 'series' ? { seasons: await seasonsWith(series) } : {}
  const told = { ...facts, fields: { ...facts.fields, ...seasons } }
  const rights = await readRights(values, told, sources.licenceText, questions, today)
  const release = rehearsedRelease(releaseId, values.label, [
    ...new Set(episodes.map(({ id }) => id)),
  ])
  const term = rights.term?.(true) ?? null
  const parts = { facts: told, pictures: [], chapters: ownChapters(chapters), term }
  const rehearsed = draftWork({ ...parts, release, rights: rights.entry })
  const order: ReleaseOrder = {
    folder: folder.releaseFolder(facts.id, releaseId),
    workId: facts.id,
    releaseId,
    ...(values.label === undefined ? {} : { label: values.label }),
    title: facts.title,
    year: facts.year,
    films: films.map(({ path }, at) => {
      const episode = episodes[at]?.id
      return { path, languages: facts.languages, ...(episode === undefined ? {} : { episode }) }
    }),
    subtitles: sources.subtitles,
    audios: sources.audios,
    pictures: sources.pictures,
    chapters,
    credit: rights.credit,
    terms: term === null ? rights.terms : freeTerms(rehearsed, today),
    licenceText: sources.licenceText,
    trackers: values.tracker.map((text) => addressOf('--tracker', text, parseTracker)),
    webSeeds: values['web-seed'].map((text) => addressOf('--web-seed', text, parseWebAddress)),
    ffmpeg,
  }
  return { facts: told, rights, sources, order, episodes }
}

/** The public domain where it is computed to be. Throws {@link UsageError} that says what is missing when that is nowhere. */
function freeTerms(rehearsed: WorkRecord, today: string): CreditTerms {
  const on = parseCalendarDate(today)
  const places = on === null ? [] : supposedVerdict(rehearsed, on).places
  if (places.length > 0) return { kind: 'public-domain', places }
  const found = on === null ? [] : termVerdict(rehearsed, on)
  const why = found.map(({ where, says }) => `${where}: ${says}`).join(' | ')
  throw new UsageError(`it can't be shown to be free anywhere, so it isn't added: ${why}`)
}

/** Options that only a series has, in a work that is none. */
function refuseSeasons({ aired, 'title-in': titles, synopsis }: IntakeOptions): void {
  const about = [...titles, ...synopsis].find((text) => readPlacedText(text).place !== null)
  const given = aired[0] ?? about
  if (given !== undefined) throw new UsageError(`${given}: this is no series`)
}

/** Those of a series are its episodes'. */
function ownChapters(chapters: IntakeSources['chapters']): IntakeSources['chapters'] {
  return chapters.filter(({ episode }) => episode === undefined)
}

function freshReleaseId(
  { release }: IntakeOptions,
  { id, there }: IntakeName,
  episodes: readonly IntakeEpisode[],
): ReleaseId {
  const text = release ?? (episodes.length === 0 ? 'main' : episodesName(episodes))
  const releaseId = parseReleaseId(text)
  if (releaseId === null) throw new UsageError(`--release ${text} is no id, as main`)
  if (there !== null && there.releases.some((each) => each.id === releaseId))
    throw new UsageError(
      `${id} is there already, with a release ${releaseId}: name the new one with --release`,
    )
  return releaseId
}

/**
 * Makes the release and puts the work into the folder. If that fails, nothing of it stays. Throws as
 * {@link prepareIntake}.
 *
 * @param maker who signs the record as its maker; `null` = nobody
 */
export async function takeIn(
  { facts, rights, sources, order, episodes }: Intake,
  folder: PublisherFolder,
  maker: Signer | null,
  onProgress: (progress: ReleaseProgress) => void,
  signal: AbortSignal,
): Promise<TakenIn> {
  await clearHalfMade(order.folder)
  const built = await buildRelease(order, onProgress, signal)
  try {
    const { release, pictures } = built
    const chapters = ownChapters(sources.chapters)
    const isChecked = rights.entry['verified'] === true
    const term = rights.term?.(isChecked) ?? null
    const record = draftWork({ facts, release, pictures, chapters, rights: rights.entry, term })
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
    return { record, built, candidates, episodes: [...new Set(episodes.map(({ id }) => id))] }
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

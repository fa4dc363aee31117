/** One candidate, from its address to its review sheet. What is done already isn't done again. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseUtf8, type Clock } from '@matinee/base'
import { CatalogueError, type WorkRecord } from '@matinee/catalogue'
import { creditTerms, parseCalendarDate, type CalendarDate } from '@matinee/rights'
import {
  ReleaseError,
  type BuiltRelease,
  type ReleaseOrder,
  type ReleaseProgress,
} from '../release/release-order.ts'
import { ITEM_LIMITS, isArchiveIdentifier, parseArchiveItem } from './archive/archive-item.ts'
import { EvidenceFolder } from './evidence-folder.ts'
import { download } from './fetch/download.ts'
import { planArchiveFilm, planWebFilm, type FilmPlan, type PlannedFile } from './film-plan.ts'
import { newFindings, reviewOf, type Findings } from './findings.ts'
import { HarvestError } from './harvest-error.ts'
import type { HarvestTools } from './harvest-tools.ts'
import type { CandidateState, HarvestEntry } from './harvest-state.ts'
import { wordsOfHtml } from './html-words.ts'
import { draftRecord } from './record-draft.ts'
import type { Review } from './review-sheet.ts'
import { claimOf, licencesInPage } from './rights-claim.ts'

/** What came of a candidate. */
export interface CandidateResult {
  readonly state: CandidateState
  readonly review: Review
  /** The draft; `null` when there is none. */
  readonly record: WorkRecord | null
  readonly built: BuiltRelease | null
}

const PAGE_BYTES = 5 * 2 ** 20
const SUBTITLE_BYTES = 2 * 2 ** 20

/** Why a candidate can't become a work. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  constructor(code: string, why: string, options?: ErrorOptions) {
    super(why, options)
    this.code = code
  }
}

/** A candidate to run. */
export interface CandidateOrder {
  /** Absolute: its own. */
  readonly folder: string
  /** Changed while it runs. */
  readonly entry: HarvestEntry
  /** Keeps the harvest's state, with what of the entry was changed. */
  readonly save: () => Promise<void>
  readonly signal: AbortSignal
}

/** Runs one candidate. Throws what the disk throws, and the signal's reason. */
export async function runCandidate(
  tools: HarvestTools,
  order: CandidateOrder,
): Promise<CandidateResult> {
  const found = newFindings()
  const state = await tryIt(tools, order, found)
  const review = reviewOf(order.entry.key, state, found, today(tools.clock))
  return { state, review, record: found.record, built: found.built }
}

async function tryIt(
  tools: HarvestTools,
  order: CandidateOrder,
  found: Findings,
): Promise<CandidateState> {
  const { entry, signal } = order
  try {
    await findAll(tools, order, found)
    return { kind: 'ready' }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Refusal) return { kind: 'refused', code: error.code, why: error.message }
    if (error instanceof CatalogueError)
      return { kind: 'refused', code: 'record', why: `its record: ${error.message}` }
    if (error instanceof ReleaseError) {
      if (error.mend !== null) found.notes.push(`what mends it: ${error.mend}`)
      return { kind: 'refused', code: `release-${error.code}`, why: error.message }
    }
    if (!(error instanceof HarvestError)) throw error
    // Items change: what was read of them has to be read again.
    if (error.code === 'wrong-hash' || error.code === 'gone') entry.pages = []
    const times = entry.state.kind === 'failed' ? entry.state.times + 1 : 1
    return { kind: 'failed', code: error.code, why: error.message, times }
  }
}

async function findAll(
  tools: HarvestTools,
  { folder, entry, save, signal }: CandidateOrder,
  found: Findings,
): Promise<void> {
  const { clock, web, onStep } = tools
  const { key } = entry
  onStep(key, { kind: 'reading' })
  const evidence = new EvidenceFolder(folder, web, today(clock), save)
  const plan = await planOf(tools, evidence, entry, found, signal)
  found.plan = plan
  found.doubts.push(...plan.doubts)
  const fromPages = await keepPages(evidence, entry, plan, found, signal)
  found.said = [...plan.rights.urls, ...plan.rights.statuses, ...plan.rights.texts.map(wordsOfHtml)]
  const claim = claimOf(plan.rights, fromPages)
  found.claim = claim
  found.doubts.push(...claim.doubts)
  const terms = claim.basis === null ? null : creditTerms(claim.basis, [])
  if (terms === null) throw new Refusal('rights', 'nothing shows under what it would be free')

  const film = await fetchFile(tools, folder, entry, found, plan.film, tools.maxFilmBytes, signal)
  const subtitles: ReleaseOrder['subtitles'][number][] = []
  for (const each of plan.subtitles) {
    if (subtitles.some(({ language }) => language === each.language)) {
      found.notes.push(`a second file of subtitles in ${each.language} was left: ${each.url}`)
      continue
    }
    const path = await fetchFile(tools, folder, entry, found, each, SUBTITLE_BYTES, signal)
    if (each.language === 'und') found.doubts.push(`nobody says in which language ${each.name} is`)
    subtitles.push({ path, language: each.language })
  }

  const release = join(folder, 'release')
  // One that a killed run built has no record that names it.
  await rm(release, { recursive: true, force: true })
  const { title, year, sourceUrl, creators, languages } = plan
  const order: ReleaseOrder = {
    folder: release,
    workId: plan.workId,
    releaseId: 'first',
    title,
    year,
    films: [{ path: film, languages }],
    subtitles,
    audios: [],
    pictures: [],
    chapters: [],
    credit: {
      title,
      authors: creators,
      year: null,
      sourceUrl,
      requestedForm: null,
      copyrightNotice: null,
      modifications: null,
      creditsMustPlay: false,
    },
    terms,
    licenceText: null,
    trackers: tools.trackers,
    webSeeds: tools.webSeeds,
    ffmpeg: tools.ffmpeg,
  }
  const onProgress = (progress: ReleaseProgress): void =>
    onStep(key, { kind: 'building', progress })
  const built = await tools.build(order, onProgress, signal)
  found.built = built
  found.notes.push(...built.notes)
  found.record = draftRecord({ plan, claim, built, pages: found.pages })
}

async function planOf(
  tools: HarvestTools,
  evidence: EvidenceFolder,
  entry: HarvestEntry,
  found: Findings,
  signal: AbortSignal,
): Promise<FilmPlan> {
  const { candidate } = entry
  if (candidate.kind === 'web') return planWebFilm(candidate)
  if (!isArchiveIdentifier(candidate.item)) throw new Refusal('no-item', 'that names no item')
  const url = `${tools.archive}/metadata/${candidate.item}`
  const order = { url, learnedFrom: 'user', maxBytes: ITEM_LIMITS.bytes } as const
  const { bytes, kept } = await evidence.page(entry, order, signal)
  found.pages.push({ ...kept, speaker: 'third-party' })
  const answer = parseArchiveItem(bytes, candidate.item)
  if (answer.kind === 'refused') throw new Refusal(answer.code, answer.why)
  found.notes.push(...answer.oddities)
  const planned = planArchiveFilm(candidate, answer.item, tools.archive)
  if (planned.kind === 'refused') throw new Refusal(planned.code, planned.why)
  return planned.plan
}

/** Keeps the pages of a plan, and says which licences the page of the licence names. */
async function keepPages(
  evidence: EvidenceFolder,
  entry: HarvestEntry,
  plan: FilmPlan,
  found: Findings,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  let licences: readonly string[] | null = null
  for (const { url, learnedFrom, speaker, isLicencePage } of plan.pages)
    try {
      const order = { url, learnedFrom, maxBytes: PAGE_BYTES }
      const { kept, bytes } = await evidence.page(entry, order, signal)
      found.pages.push({ ...kept, speaker })
      if (isLicencePage) licences = licencesInPage(parseUtf8(bytes) ?? '')
    } catch (error) {
      // Without the page on which the licence stands there is nothing to decide on; others are missed.
      const isMissed = error instanceof HarvestError && error.code !== 'busy' && !isLicencePage
      if (!isMissed) throw error
      found.doubts.push(`a page couldn’t be kept: ${error.message}`)
    }
  return licences
}

async function fetchFile(
  tools: HarvestTools,
  folder: string,
  entry: HarvestEntry,
  found: Findings,
  file: PlannedFile,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, 'files', file.name)
  const fetched = await download(tools.web, tools.clock, {
    ...file,
    path,
    maxBytes,
    onProgress: (doneBytes, totalBytes) =>
      tools.onStep(entry.key, { kind: 'fetching', doneBytes, totalBytes }),
    signal,
  })
  const { url, name } = file
  found.files.push({ ...fetched, url, name })
  if (!fetched.wasNamed) found.doubts.push(`nobody named a hash for ${name}`)
  return path
}

function today(clock: Clock): CalendarDate {
  const date = parseCalendarDate(new Date(clock.wallMs()).toISOString().slice(0, 10))
  if (date === null) throw new Error('the clock of this computer is wrong')
  return date
}

import type { WorkRecord } from '@matinee/catalogue'
import type { CalendarDate } from '@matinee/rights'
import type { BuiltRelease } from '../release/release-order.ts'
import type { FilmPlan } from './film-plan.ts'
import type { CandidateState } from './harvest-state.ts'
import { supposedVerdict, type EvidencePage } from './record-draft.ts'
import type { Review, ReviewedFile } from './review-sheet.ts'
import type { RightsClaim } from './rights-claim.ts'

const SAID_CHARACTERS = 2000

/** Known of a candidate so far; filled while it runs, so that a refusal has a sheet too. */
export interface Findings {
  plan: FilmPlan | null
  claim: RightsClaim | null
  said: string[]
  doubts: string[]
  notes: string[]
  files: ReviewedFile[]
  pages: EvidencePage[]
  record: WorkRecord | null
  built: BuiltRelease | null
}

/** Nothing yet. */
export function newFindings(): Findings {
  return {
    plan: null,
    claim: null,
    said: [],
    doubts: [],
    notes: [],
    files: [],
    pages: [],
    record: null,
    built: null,
  }
}

/** The sheet of what was found, on the day when it was. */
export function reviewOf(
  key: string,
  state: CandidateState,
  { plan, claim, said, doubts, notes, files, pages, record }: Findings,
  on: CalendarDate,
): Review {
  const supposed = record === null ? null : supposedVerdict(record, on)
  const hashes = record?.releases.flatMap(({ infoHashes }) => Object.values(infoHashes)) ?? []
  return {
    key,
    workId: plan?.workId ?? null,
    title: plan?.title ?? key,
    state,
    sourceUrl: plan?.sourceUrl ?? null,
    licence: claim?.licence?.name ?? null,
    licenceUrl: claim?.licence?.url ?? null,
    said: said.map((each) => each.slice(0, SAID_CHARACTERS)),
    doubts: [...new Set(doubts)],
    duties: claim?.duties ?? [],
    missing: supposed?.missing ?? [],
    places: supposed?.places ?? [],
    files,
    pages,
    infoHashes: hashes.filter((each) => each !== undefined),
    notes,
  }
}

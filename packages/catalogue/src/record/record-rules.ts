import type { CatalogueProblem } from '../catalogue-error.ts'
import { problem, repeated } from '../schema/problem.ts'
import type { Person } from './person.ts'
import { releaseProblems } from './release-rules.ts'
import { type RightsEntry, deniesRights } from './rights-entry.ts'
import type { Chapter } from './season.ts'
import type { RecordFields } from './work-record.ts'

/** What is wrong with fields that are each right alone: the rules between fields of docs/feed-format.md. */
export function recordProblems(record: RecordFields): CatalogueProblem[] {
  return [
    ...kindProblems(record),
    ...personProblems(record.people, '/people'),
    ...seasonProblems(record),
    ...chapterProblems(record.chapters, record.durationSeconds, '/chapters'),
    ...repeated(
      record.images.map(({ sha256 }) => sha256),
      (index) => `/images/${index}/sha256`,
    ),
    ...rightsProblems(record.rights),
    ...donationProblems(record),
    ...releaseProblems(record),
  ]
}

/** feed-format 4.3, 4.8. */
function kindProblems(record: RecordFields): CatalogueProblem[] {
  const isSeries = record.kind === 'series'
  const wrong = isSeries
    ? {
        seasons: record.seasons.length === 0,
        durationSeconds: record.durationSeconds !== undefined,
        chapters: record.chapters.length > 0,
      }
    : { seasons: record.seasons.length > 0, endYear: record.endYear !== undefined }
  return Object.entries(wrong)
    .filter(([, isWrong]) => isWrong)
    .map(([field]) => problem('kind', `/${field}`, `doesn't fit a ${record.kind}`))
}

/** feed-format 4.2. */
function personProblems(people: readonly Person[], at: string): CatalogueProblem[] {
  const keys = people.map(({ name, ids }) => JSON.stringify([name, ids ?? null]))
  return repeated(keys, (index) => `${at}/${index}`)
}

/** feed-format 4.3. */
function seasonProblems({ seasons }: RecordFields): CatalogueProblem[] {
  const episodes = seasons.flatMap((season, s) =>
    season.episodes.map((episode, e) => ({ ...episode, at: `/seasons/${s}/episodes/${e}` })),
  )
  const ats = episodes.map(({ at }) => at)
  return [
    ...(episodes.length > 2000
      ? [problem('too-many-items', '/seasons', 'have more than 2000 episodes')]
      : []),
    ...repeated(
      seasons.map(({ number }) => number),
      (index) => `/seasons/${index}/number`,
    ),
    ...repeated(
      episodes.map(({ id }) => id),
      (index) => `${ats[index]}/id`,
    ),
    ...seasons.flatMap((season, s) =>
      repeated(
        season.episodes.map(({ number }) => number),
        (index) => `/seasons/${s}/episodes/${index}/number`,
      ),
    ),
    ...episodes.flatMap(({ at, people, chapters, durationSeconds }) => [
      ...personProblems(people, `${at}/people`),
      ...chapterProblems(chapters, durationSeconds, `${at}/chapters`),
    ]),
  ]
}

/** feed-format 4.1: chapters ascend, and begin before the end. */
function chapterProblems(
  chapters: readonly Chapter[],
  durationSeconds: number | undefined,
  at: string,
): CatalogueProblem[] {
  return chapters.flatMap(({ startSeconds }, index) => {
    const before = chapters[index - 1]?.startSeconds ?? -1
    const isIn = startSeconds > before && startSeconds < (durationSeconds ?? Infinity)
    const where = `${at}/${index}/startSeconds`
    return isIn
      ? []
      : [problem('value', where, 'is not behind the chapter before, within the work')]
  })
}

/** feed-format 6.2, 6.4. */
function rightsProblems(rights: readonly RightsEntry[]): CatalogueProblem[] {
  return rights.flatMap((entry, index) => {
    const found: CatalogueProblem[] = []
    const { from, until, verified, evidence } = entry
    if (from !== undefined && until !== undefined && until < from)
      found.push(problem('date', `/rights/${index}/until`, 'is before the first day'))
    if (verified && evidence.length === 0 && !deniesRights(entry))
      found.push(problem('missing-field', `/rights/${index}/evidence`, 'is missing'))
    return found
  })
}

/** feed-format 4.6. */
function donationProblems({ donations }: RecordFields): CatalogueProblem[] {
  const isShared = donations.some(({ share }) => share !== undefined)
  return [
    ...repeated(
      donations.map(({ id }) => id),
      (index) => `/donations/${index}/id`,
    ),
    ...donations.flatMap(({ share }, index) =>
      isShared && share === undefined
        ? [problem('value', `/donations/${index}/share`, 'is missing while others have one')]
        : [],
    ),
  ]
}

import type { Diagnosis, Update } from '#api'
import type { Sentence } from '../../i18n/text-key.ts'
import { dateText } from '../../words/day-text.ts'
import { sizeWords } from '../settings/byte-words.ts'
import type { BrowserFacts } from './browser-facts.ts'
import { rowOf, type DiagnosisRow } from './diagnosis-row.ts'

const DAY_MS = 86_400_000
/** Less than this is soon used up by other programs. */
const LITTLE_BYTES = 2_000_000_000

/** Room for films, and whether they can be written. */
export function diskRow({ disk }: Diagnosis, language: string): DiagnosisRow {
  const { folder, canWrite, freeBytes, usedBytes, budgetBytes } = disk
  const name: Sentence = { key: 'diagnosis.disk' }
  const act = { act: { kind: 'settings' } } as const
  const size = (bytes: number): string => sizeWords(bytes, language)
  if (!canWrite)
    return rowOf('disk', name, 'broken', [{ key: 'diagnosis.disk-refused' }], {
      ...act,
      named: [{ what: folder, says: null }],
    })
  const used: Sentence = {
    key: 'diagnosis.disk-used',
    values: { used: size(usedBytes), budget: size(budgetBytes) },
  }
  const unmeasured: Sentence = { key: 'diagnosis.disk-speed' }
  if (freeBytes === null) return rowOf('disk', name, 'fine', [used, unmeasured])
  const free: Sentence = { key: 'diagnosis.disk-free', values: { free: size(freeBytes) } }
  return freeBytes < LITTLE_BYTES
    ? rowOf('disk', name, 'better', [free, used, { key: 'diagnosis.disk-little' }], act)
    : rowOf('disk', name, 'fine', [free, used, unmeasured])
}

/** The clock, against what verified catalogues say of time. */
export function clockRow({ clock, feeds }: Diagnosis, language: string): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.clock' }
  const { now, newestIssued } = clock
  const today: Sentence = {
    key: 'diagnosis.clock-says',
    values: { day: dateText(now.slice(0, 10), language) },
  }
  if (newestIssued === null)
    return rowOf('clock', name, 'unknown', [today, { key: 'diagnosis.clock-unknown' }])
  // A publisher may be a day ahead of us, by the time of day there.
  if (Date.parse(now) < Date.parse(newestIssued) - DAY_MS)
    return rowOf('clock', name, 'broken', [
      today,
      { key: 'diagnosis.clock-behind', values: { day: dateText(newestIssued, language) } },
    ])
  const signed = feeds.filter(({ kind }) => kind === 'signed')
  const isAllOld = signed.length > 0 && signed.every(({ state }) => state.kind === 'expired')
  const hasAnswer = signed.some(({ sources }) =>
    sources.some(({ state, lastOkOn }) => state === 'ok' && lastOkOn !== null),
  )
  return isAllOld && hasAnswer
    ? rowOf('clock', name, 'better', [today, { key: 'diagnosis.clock-ahead' }])
    : rowOf('clock', name, 'fine', [today, { key: 'diagnosis.clock-right' }])
}

/** Whether there is a newer version, as far as anybody may tell us. */
export function updateRow({ program }: Diagnosis, update: Update): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.updates' }
  const own: Sentence[] =
    program.version === null
      ? []
      : [{ key: 'diagnosis.version', values: { version: program.version } }]
  switch (update.kind) {
    case 'nowhere':
      return rowOf('updates', name, 'unknown', [...own, { key: 'diagnosis.updates-nowhere' }])
    case 'not-followed':
      return rowOf('updates', name, 'unknown', [...own, { key: 'diagnosis.updates-unfollowed' }])
    case 'newest':
      return rowOf('updates', name, 'fine', [...own, { key: 'diagnosis.updates-newest' }])
    case 'newer': {
      const { version, from } = update.announced
      return rowOf(
        'updates',
        name,
        update.announced.isPutOff ? 'fine' : 'better',
        [...own, { key: 'diagnosis.updates-newer', values: { version, from } }],
        { act: { kind: 'update' } },
      )
    }
  }
}

/** What this browser plays. */
export function browserRow(browser: BrowserFacts): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.browser' }
  const { plays, lacks, takesPieces, remembers } = browser
  if (plays.length === 0)
    return rowOf('browser', name, 'broken', [{ key: 'diagnosis.browser-nothing' }])
  const says: Sentence[] = [
    { key: 'diagnosis.browser-plays', values: { codecs: plays.join(', ') } },
  ]
  if (lacks.length > 0)
    says.push({ key: 'diagnosis.browser-lacks', values: { codecs: lacks.join(', ') } })
  if (!takesPieces) says.push({ key: 'diagnosis.browser-pieces' })
  if (!remembers) says.push({ key: 'diagnosis.browser-forgets' })
  return rowOf('browser', name, says.length === 1 ? 'fine' : 'better', says)
}

/** What helps where the browser can't. */
export function programRow({ programs }: Diagnosis): DiagnosisRow {
  const name: Sentence = { key: 'diagnosis.programs' }
  const found = [...(programs.ffmpeg ? ['ffmpeg'] : []), ...programs.players]
  if (found.length === 0)
    return rowOf('programs', name, 'better', [{ key: 'diagnosis.programs-none' }])
  const here: Sentence = { key: 'diagnosis.programs-found', values: { programs: found.join(', ') } }
  if (!programs.ffmpeg)
    return rowOf('programs', name, 'better', [here, { key: 'diagnosis.programs-ffmpeg' }])
  return rowOf('programs', name, 'fine', [here])
}

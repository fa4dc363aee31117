import {
  type WorkId,
  type WorkRecord,
  cleanLine,
  hashesOf,
  parseLanguage,
  parseToken,
  parseWorkId,
  parseSha1,
  parseSha256,
} from '@matinee/catalogue'
import { systemClock } from '@matinee/engine/system'
import { parseCalendarDate } from '@matinee/rights'
import { UsageError } from '../command.ts'
import { dayOf } from './calendar.ts'
import type { Decision } from './decisions.ts'
import { folderSource } from './feed-source.ts'
import type { PublisherFolder } from './publisher-folder.ts'
import { parseSettings } from './publisher-settings.ts'
import { checkVersion } from './version-check.ts'

/** Options of every decision about a work. */
export const DECISION_OPTIONS = {
  reason: { type: 'string' },
  note: { type: 'string' },
  language: { type: 'string', default: 'en' },
  on: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** feed-format 14.2: hashes by which other feeds know the work. */
const MOST_COVERS = 200

/** What a call says of a decision. Throws {@link UsageError}. */
export async function readDecision(
  folder: PublisherFolder,
  workText: string,
  values: {
    readonly reason?: string | undefined
    readonly note?: string | undefined
    readonly language: string
    readonly on?: string | undefined
  },
  extra: readonly string[],
): Promise<Omit<Decision, 'state' | 'effect'>> {
  if (extra.length > 0) throw new UsageError(`"${extra[0]}" is one argument too many`)
  const id = parseWorkId(workText)
  if (id === null)
    throw new UsageError(
      workText === '' ? 'the work is missing' : `"${workText}" is no id of a work`,
    )
  const reason = parseToken(values.reason ?? '')
  if (reason === null) throw new UsageError('--reason is court, notice, licence or maker')
  const language = parseLanguage(values.language)
  if (language === null)
    throw new UsageError(`--language ${values.language} is no language, such as fr`)
  const on = values.on === undefined ? dayOf(systemClock().wallMs()) : parseCalendarDate(values.on)
  if (on === null) throw new UsageError(`--on ${values.on} is no day, such as 2026-11-21`)
  const record = (await folder.work(id))?.record ?? (await curatorsRecord(folder, id))
  if (record === null) throw new UsageError(`there is no work ${id} in ${folder.path}`)
  const covers = [...hashesOf(record)]
    .flatMap((hash) => parseSha256(hash) ?? parseSha1(hash) ?? [])
    .slice(0, MOST_COVERS)
  const note = values.note === undefined ? {} : { [language]: cleanLine(values.note) }
  return { work: id, reason, on, note, covers }
}

/** The record of a work that a curator brought into the feed; `null` = there is none in what is published. */
async function curatorsRecord(folder: PublisherFolder, id: WorkId): Promise<WorkRecord | null> {
  const { fingerprint } = parseSettings(await folder.settings())
  if (fingerprint === null) return null
  const source = folderSource(folder.disk, folder.feedFolder)
  const checked = await checkVersion(source, fingerprint, null, systemClock().wallMs())
  if (checked.kind === 'refused') return null
  return checked.records.find((record) => record.id === id) ?? null
}

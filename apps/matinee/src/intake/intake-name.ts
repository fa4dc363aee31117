/** Which work it is that is added, and what is known of it. */
import {
  isJsonObject,
  parseStrictJson,
  parseWorkId,
  RECORD_LIMITS,
  type JsonObject,
  type WorkId,
  type WorkRecord,
} from '@matinee/catalogue'
import { utf8Bytes } from '@matinee/base'
import { UsageError } from '../command.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import type { Questions } from '../questions.ts'
import type { IntakeOptions } from './intake-options.ts'
import { readText } from './intake-sources.ts'
import { objectIn, textIn } from './json-fields.ts'

/** A work by its name. */
export interface IntakeName {
  readonly id: WorkId
  readonly title: string
  /** Fields of the record that is there, and over them those of `--record`. */
  readonly known: JsonObject
  /** `null` = the work is new. */
  readonly there: WorkRecord | null
}

/** The work that options name, else the one that somebody names. Throws {@link UsageError} and PublisherError. */
export async function readName(
  values: IntakeOptions,
  folder: PublisherFolder,
  questions: Questions,
): Promise<IntakeName> {
  const given = await givenFields(values)
  const said = values.id ?? textIn(given, 'id')
  const named = said === undefined ? null : await recordThere(folder, idOf(said))
  const title =
    values.title ??
    titleIn({ ...fieldsOf(named), ...given }) ??
    (await questions.ask({ option: '--title', text: 'Title', usual: null }))
  const id = idOf(said ?? (await askId(title, questions)))
  const there = named ?? (await recordThere(folder, id))
  return { id, title, known: { ...fieldsOf(there), ...given }, there }
}

async function askId(title: string, questions: Questions): Promise<string> {
  const usual = idFrom(title)
  return await questions.ask({
    option: '--id',
    text: 'Its id in the feed, for ever',
    usual: usual === '' ? null : usual,
    fault: (said) => (parseWorkId(said) === null ? 'letters a–z, digits and single dashes' : null),
  })
}

function idOf(text: string): WorkId {
  const id = parseWorkId(text)
  if (id === null) throw new UsageError(`--id ${text} is not letters a–z, digits and single dashes`)
  return id
}

/** `Le Voyage dans la Lune` is `le-voyage-dans-la-lune`; empty when nothing of it is Latin. */
function idFrom(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/gu, '')
}

async function givenFields(values: IntakeOptions): Promise<JsonObject> {
  if (values.record === undefined) return {}
  const parsed = parseStrictJson(await readText(values.record, RECORD_LIMITS.bytes), RECORD_LIMITS)
  if (!isJsonObject(parsed)) throw new UsageError(`${values.record} holds no record`)
  return parsed
}

async function recordThere(folder: PublisherFolder, id: WorkId): Promise<WorkRecord | null> {
  return (await folder.work(id))?.record ?? null
}

function fieldsOf(record: WorkRecord | null): JsonObject {
  if (record === null) return {}
  const fields = parseStrictJson(utf8Bytes(JSON.stringify(record)), RECORD_LIMITS)
  return isJsonObject(fields) ? fields : {}
}

function titleIn(known: JsonObject): string | undefined {
  return textIn(objectIn(known, 'title'), 'text')
}

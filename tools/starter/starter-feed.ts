import { createHash } from 'node:crypto'
import {
  type FeedFiles,
  type JsonObject,
  type JsonValue,
  FORMAT_VERSION,
  keysOf,
  type Sha256Text,
  parseRecord,
  parseSha256,
  picturePath,
  readableRecord,
} from '@matinee/catalogue'
import type { Fact, Source, StarterFacts, WorkFacts } from './starter-facts.ts'

/**
 * The files of feeds/starter/, made of facts and pictures (PNG) alone: the same facts give the same bytes.
 */
export function starterFeed(facts: StarterFacts, pictures: readonly Uint8Array[]): FeedFiles {
  const files = new Map<string, Uint8Array>()
  const records = facts.works.map((work) => {
    const record = recordFile(work)
    const sources = sourcesFile(work, facts.sources)
    files.set(`records/${work.id}.json`, record)
    files.set(`sources/${work.id}.json`, sources)
    const { id, state, added, waitsFor } = work
    return {
      id,
      sha256: sha256(record),
      length: record.length,
      state,
      added,
      sourcesSha256: sha256(sources),
      ...(waitsFor === undefined ? {} : { waitsFor }),
    }
  })
  for (const picture of pictures)
    files.set(picturePath({ sha256: pictureHash(picture), type: 'image/png' }), picture)
  const { lists = [], ...feed } = facts.feed
  const head = { type: 'matinee-feed', version: FORMAT_VERSION, trust: 'bundled' }
  files.set('feed.json', jsonFile({ ...head, ...feed, records, lists }))
  return files
}

/** A record as the format's own writer has it: cleaned, fields in the order of the format. */
function recordFile(work: WorkFacts): Uint8Array {
  const record: JsonValue = { type: 'matinee-record', version: FORMAT_VERSION, id: work.id }
  for (const fact of work.facts) setField(record, fact)
  const parsed = parseRecord(jsonFile(record))
  if (parsed.kind !== 'record') throw new Error(`${work.id} is of a newer version`)
  return new TextEncoder().encode(readableRecord(parsed.record))
}

/** Sets the field that a fact is about; objects and lists on the way there are made. */
function setField(record: JsonObject, { at, value }: Fact): void {
  const keys = keysOf(at) ?? []
  let parent: object = record
  for (const [depth, key] of keys.slice(0, -1).entries()) {
    const isListNext = /^\d+$/u.test(keys[depth + 1] ?? '')
    const made: object = isListNext ? [] : {}
    if (!Object.hasOwn(parent, key)) Object.assign(parent, { [key]: made })
    parent = Reflect.get(parent, key) as object
  }
  const key = keys.at(-1) ?? ''
  if (Object.hasOwn(parent, key)) throw new Error(`${at} is set twice`)
  Object.assign(parent, { [key]: value })
}

function sourcesFile({ id, facts }: WorkFacts, sources: readonly Source[]): Uint8Array {
  const used = new Set(facts.flatMap(({ from }) => from))
  const fields = facts.map(({ at, from, note }) => ({
    at,
    from,
    ...(note === undefined ? {} : { note }),
  }))
  return jsonFile({
    type: 'matinee-sources',
    version: FORMAT_VERSION,
    id,
    sources: sources.filter((source) => used.has(source.id)),
    fields,
  })
}

function jsonFile(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function pictureHash(bytes: Uint8Array): Sha256Text {
  const hash = parseSha256(sha256(bytes))
  if (hash === null) throw new Error('a SHA-256 has 64 digits')
  return hash
}

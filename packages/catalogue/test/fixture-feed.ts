import { readFileSync, readdirSync, statSync } from 'node:fs'
import { type JsonValue, parseRecord, picturePath, type Picture } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { FIXTURES, type InvalidRecord, edited, expand, readFixture } from './fixture-record.ts'

type Edit = Pick<InvalidRecord, 'set' | 'remove'>

/** A case of feeds-invalid.json. */
export interface InvalidFeed {
  readonly step: string
  readonly row?: string
  readonly name: string
  readonly edit?: Readonly<Record<string, Edit>>
  readonly removed?: readonly string[]
  readonly put?: Readonly<Record<string, string | { readonly text: JsonValue }>>
  readonly picture?: string | { readonly text: JsonValue }
  readonly keepHashes?: boolean
  /** Left out where it is the picture's. */
  readonly file?: string
  readonly at?: string
  readonly code: string
}

/** What of a manifest's entry follows from files. */
interface Hashed {
  readonly id: string
  sha256: string
  length: number
  sourcesSha256?: string
}

const encoder = new TextEncoder()

/** Every case of feeds-invalid.json. */
export function invalidFeeds(): readonly InvalidFeed[] {
  const file: unknown = readFixture('feeds-invalid.json')
  return (file as { readonly cases: readonly InvalidFeed[] }).cases
}

/** Every file of a folder, by its name from there with `/`. */
export function readFolder(folder: URL): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(new URL(name, folder)).isFile())
  return new Map(files.map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]))
}

/** The folder bundle/ as a case changes it. */
export function filesOf(feed: InvalidFeed): Map<string, Uint8Array> {
  const files = readFolder(new URL('bundle/', FIXTURES))
  if (feed.picture !== undefined) replacePicture(files, feed.picture)
  for (const [name, edit] of Object.entries(feed.edit ?? {}))
    files.set(name, jsonBytes(edited(jsonOf(files, name), edit)))
  for (const name of feed.removed ?? []) files.delete(name)
  for (const [name, what] of Object.entries(feed.put ?? {})) files.set(name, fixtureBytes(what))
  if (feed.keepHashes !== true) setHashes(files)
  return files
}

/** Makes the first image of record `one` another file, with its hash and length. */
function replacePicture(
  files: Map<string, Uint8Array>,
  what: NonNullable<InvalidFeed['picture']>,
): void {
  const record = parseRecord(files.get('records/one.json') ?? new Uint8Array())
  const old = record.kind === 'record' ? record.record.images[0] : undefined
  if (old !== undefined) files.delete(picturePath(old))
  const bytes = fixtureBytes(typeof what === 'string' ? `images/${what}` : what)
  const sha256 = nodeHash.sha256(bytes).toHex()
  const set = { '/images/0/sha256': sha256, '/images/0/length': bytes.length }
  files.set('records/one.json', jsonBytes(edited(jsonOf(files, 'records/one.json'), { set })))
  files.set(`images/${sha256}.png`, bytes)
}

/** The file of the first image of record `one`. */
export function pictureFile(files: ReadonlyMap<string, Uint8Array>): string {
  const record: unknown = jsonOf(files, 'records/one.json')
  const [picture] = (record as { readonly images: readonly Picture[] }).images
  return picture === undefined ? '' : picturePath(picture)
}

/** Sets the hashes and lengths of feed.json right for the files that are there. */
export function setHashes(files: Map<string, Uint8Array>): void {
  if (!files.has('feed.json')) return
  const manifest: unknown = jsonOf(files, 'feed.json')
  for (const entry of (manifest as { readonly records: readonly Hashed[] }).records) {
    const record = files.get(`records/${entry.id}.json`)
    const sources = files.get(`sources/${entry.id}.json`)
    if (record !== undefined) {
      entry.sha256 = nodeHash.sha256(record).toHex()
      entry.length = record.length
    }
    if (sources !== undefined) entry.sourcesSha256 = nodeHash.sha256(sources).toHex()
  }
  files.set('feed.json', jsonBytes(manifest as JsonValue))
}

function fixtureBytes(what: string | { readonly text: JsonValue }): Uint8Array {
  if (typeof what !== 'string') return encoder.encode(expand(what.text) as string)
  return new Uint8Array(readFileSync(new URL(what, FIXTURES)))
}

function jsonOf(files: ReadonlyMap<string, Uint8Array>, name: string): JsonValue {
  return JSON.parse(new TextDecoder().decode(files.get(name))) as JsonValue
}

function jsonBytes(value: JsonValue): Uint8Array {
  return encoder.encode(`${JSON.stringify(value, null, 2)}\n`)
}

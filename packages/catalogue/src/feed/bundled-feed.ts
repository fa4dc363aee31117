import { type Hash, toHex } from '@matinee/base'
import { CatalogueError } from '../catalogue-error.ts'
import type { JsonValue } from '../json/json-pointer.ts'
import { parseStrictJson } from '../json/strict-json.ts'
import { RECORD_LIMITS } from '../limits.ts'
import type { Sha256Text } from '../name/hash-text.ts'
import { type Picture, picturePath } from '../record/picture.ts'
import { parseRecord } from '../record/record-parser.ts'
import { deniesRights } from '../record/rights-entry.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { parseFieldSources, unsourcedFields } from '../sources/field-sources.ts'
import {
  type FeedEntry,
  type FeedManifest,
  type ParsedManifest,
  parseManifest,
} from './feed-manifest.ts'
import { pictureProblem } from './feed-picture.ts'
import { type FeedCode, type FeedProblem, fileProblem, problemsIn } from './feed-problem.ts'

/** The files of a feed's folder by name, with `/`: `feed.json`, `records/sintel.json` … */
export type FeedFiles = ReadonlyMap<string, Uint8Array>

/** What a reader asks of such a folder: names, and one file after another. */
export type ReadableFiles = Pick<FeedFiles, 'get' | 'keys'>

/** A work of a feed: what the manifest says of its record, and the record. */
export interface FeedWork {
  readonly entry: FeedEntry
  readonly record: WorkRecord
}

/** A picture that a record names, with its file. */
export interface FeedPicture {
  readonly picture: Picture
  readonly bytes: Uint8Array
}

/** A feed that came with the application, whole and checked. */
export interface BundledFeed {
  readonly manifest: FeedManifest
  /** In the order of the manifest. Whether a work is offered to a viewer is still its rights' matter. */
  readonly offered: readonly FeedWork[]
  /** Works that are being prepared: shown to curators only, never played. */
  readonly candidates: readonly FeedWork[]
  /** Records that need a newer reader (feed-format 2.3). */
  readonly newer: readonly FeedEntry[]
  /** Every picture that a record names, by its hash. */
  readonly pictures: ReadonlyMap<Sha256Text, FeedPicture>
}

/** A bundled feed that is read work by work; only then is it known whether it's whole. */
export interface FeedReading {
  readonly manifest: FeedManifest
  /** The works whose records this reader understands, in the order of the manifest, candidates too. To be run once. */
  works(): Generator<FeedWork, void>
  /** What was found wrong so far; with anything in it, the feed is refused whole (feed-format 7.7). */
  readonly problems: readonly FeedProblem[]
}

type NoFeed = Exclude<ReadFeed, { kind: 'feed' }>

/** What a folder is by its manifest. */
export type OpenedFeed = { readonly kind: 'reading'; readonly reading: FeedReading } | NoFeed

/** What a folder is. */
export type ReadFeed =
  | { readonly kind: 'feed'; readonly feed: BundledFeed }
  /** The manifest needs a reader of version `minVersion`. */
  | { readonly kind: 'newer'; readonly version: number; readonly minVersion: number }
  /** A bundled feed with any problem is refused whole (feed-format 7.7). */
  | { readonly kind: 'refused'; readonly problems: readonly FeedProblem[] }

/** How much a reader asks. */
export interface FeedTrust {
  /** SHA-256 of `feed.json` as it was compiled in; left out = any, when a feed is being made. */
  readonly manifestSha256?: Sha256Text
}

type Sha256 = Pick<Hash, 'sha256'>

const MANIFEST = 'feed.json'

/** Reads a bundled feed: section 7 of docs/feed-format.md. Never throws for what the files hold. */
export function readBundledFeed(
  files: ReadableFiles,
  hash: Sha256,
  trust: FeedTrust = {},
): ReadFeed {
  const pictures = new Map<Sha256Text, FeedPicture>()
  const opened = openReading(files, hash, trust, (each) => pictures.set(each.picture.sha256, each))
  if (opened.kind !== 'reading') return opened
  const { reading } = opened
  const works = [...reading.works()]
  const { problems, manifest, newer } = reading
  if (problems.length > 0) return { kind: 'refused', problems }
  const offered = works.filter(({ entry }) => entry.state === 'offered')
  const candidates = works.filter(({ entry }) => entry.state === 'candidate')
  return { kind: 'feed', feed: { manifest, offered, candidates, newer, pictures } }
}

/** The same for a feed that is too large to be held whole. */
export function openBundledFeed(
  files: ReadableFiles,
  hash: Sha256,
  trust: FeedTrust = {},
): OpenedFeed {
  return openReading(files, hash, trust, () => undefined)
}

function openReading(
  files: ReadableFiles,
  hash: Sha256,
  { manifestSha256 }: FeedTrust,
  onPicture: (picture: FeedPicture) => void,
): { readonly kind: 'reading'; readonly reading: RecordsReading } | NoFeed {
  const bytes = files.get(MANIFEST)
  if (bytes === undefined) return refused(fileProblem(MANIFEST, 'no-manifest', 'is not there'))
  // feed-format 7.7
  if (manifestSha256 !== undefined && toHex(hash.sha256(bytes)) !== manifestSha256)
    return refused(fileProblem(MANIFEST, 'manifest-hash', 'is not what this application came with'))
  const parsed = attempt(MANIFEST, (): ParsedManifest => parseManifest(bytes))
  if (Array.isArray(parsed)) return refused(...parsed)
  if (parsed.kind === 'newer') return parsed
  const reading = new RecordsReading(files, hash, parsed.manifest, onPicture)
  return { kind: 'reading', reading }
}

/** One pass over the records that a manifest names. */
class RecordsReading implements FeedReading {
  readonly manifest: FeedManifest
  readonly problems: FeedProblem[] = []
  readonly newer: FeedEntry[] = []
  readonly #files: ReadableFiles
  readonly #hash: Sha256
  readonly #onPicture: (picture: FeedPicture) => void
  readonly #named = new Set<string>()
  #works = 0

  constructor(
    files: ReadableFiles,
    hash: Sha256,
    manifest: FeedManifest,
    onPicture: (picture: FeedPicture) => void,
  ) {
    this.#files = files
    this.#hash = hash
    this.manifest = manifest
    this.#onPicture = onPicture
  }

  *works(): Generator<FeedWork, void> {
    for (const entry of this.manifest.records) {
      const record = this.#readRecord(entry)
      if (record === null) continue
      this.#works++
      yield { entry, record }
    }
    this.#findStrays()
  }

  /** feed-format 7.1. Which pictures a record names isn't known when it can't be read. */
  #findStrays(): void {
    const isWhole = this.#works === this.manifest.records.length
    const folders = isWhole ? /^(?:records|images|sources)\//u : /^(?:records|sources)\//u
    for (const file of this.#files.keys())
      if (folders.test(file) && !this.#named.has(file))
        this.#refuse(file, 'stray-file', 'is named by nothing in the feed')
  }

  /** feed-format 7.4. Null: it can't be read. */
  #readRecord(entry: FeedEntry): WorkRecord | null {
    const file = `records/${entry.id}.json`
    const bytes = this.#take(file)
    if (entry.sourcesSha256 !== undefined) this.#named.add(`sources/${entry.id}.json`)
    if (bytes === undefined) {
      this.#refuse(file, 'record-missing', 'is not there')
      return null
    }
    if (bytes.length !== entry.length || toHex(this.#hash.sha256(bytes)) !== entry.sha256) {
      this.#refuse(file, 'record-hash', "is not the manifest's")
      return null
    }
    const parsed = attempt(file, () => parseRecord(bytes))
    if (Array.isArray(parsed)) this.problems.push(...parsed)
    else if (parsed.kind === 'newer') this.newer.push(entry)
    if (Array.isArray(parsed) || parsed.kind === 'newer') return null
    const { record } = parsed
    if (record.id !== entry.id) this.#refuse(file, 'record-id', "carries another work's id")
    if (entry.state === 'offered' && !isOfferable(record))
      this.#refuse(file, 'not-offerable', 'has no release, or no verified right to show the film')
    for (const picture of record.images) this.#readPicture(picture)
    if (entry.sourcesSha256 !== undefined)
      this.#readSources(entry, entry.sourcesSha256, parseStrictJson(bytes, RECORD_LIMITS))
    return record
  }

  /** feed-format 7.6 */
  #readPicture(picture: Picture): void {
    const bytes = this.#take(picturePath(picture))
    const problem = pictureProblem(picture, bytes, this.#hash)
    if (problem !== null) this.problems.push(problem)
    else if (bytes !== undefined) this.#onPicture({ picture, bytes })
  }

  /** feed-format 7.8 */
  #readSources({ id }: FeedEntry, sha256: Sha256Text, record: JsonValue): void {
    const file = `sources/${id}.json`
    const bytes = this.#take(file)
    if (bytes === undefined) return this.#refuse(file, 'sources-missing', 'is not there')
    if (toHex(this.#hash.sha256(bytes)) !== sha256)
      return this.#refuse(file, 'sources-hash', "is not the manifest's")
    const sources = attempt(file, () => parseFieldSources(bytes, record))
    if (Array.isArray(sources)) return void this.problems.push(...sources)
    if (sources.id !== id) this.#refuse(file, 'record-id', "carries another work's id")
    for (const at of unsourcedFields(record, sources))
      this.problems.push({ file, code: 'unsourced-field', at, why: 'comes from nowhere' })
  }

  #take(file: string): Uint8Array | undefined {
    this.#named.add(file)
    return this.#files.get(file)
  }

  #refuse(file: string, code: FeedCode, why: string): void {
    this.problems.push(fileProblem(file, code, why))
  }
}

/** feed-format 7.4 */
function isOfferable({ releases, rights }: WorkRecord): boolean {
  const isFree = rights.some(
    (entry) => entry.component === 'film' && entry.verified && !deniesRights(entry),
  )
  return releases.length > 0 && isFree
}

/** What `run` returns, or what is wrong with the file. */
function attempt<T>(file: string, run: () => T): T | FeedProblem[] {
  try {
    return run()
  } catch (error) {
    if (error instanceof CatalogueError) return problemsIn(file, error)
    throw error
  }
}

function refused(...problems: readonly FeedProblem[]): NoFeed {
  return { kind: 'refused', problems }
}

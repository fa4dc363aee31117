/**
 * An item of the Internet Archive as its `/metadata/<identifier>` answers. Its fields are what uploaders typed: every
 * one is read as if it were somebody's mistake, and none of them makes a work free.
 */
import { messageOf } from '@matinee/base'
import { EXTERNAL_IDS, parseStrictJson } from '@matinee/catalogue'
import {
  PROSE_CAP,
  fieldOf,
  hexOf,
  lineOf,
  linesOf,
  listOf,
  rawTextsOf,
  secondsOf,
  wholeOf,
  yearOfText,
} from '../loose-field.ts'

/** An answer with ten thousand files has some 3 MB. */
export const ITEM_LIMITS = { bytes: 16 * 2 ** 20, depth: 16, values: 1_000_000 } as const
/** Files of one item that are looked at. */
const FILES = 20_000
/** Keys in it are anybody's. */
const ANY_KEY = /^[^]{0,256}$/u

/** One file of an item. */
export interface ArchiveFile {
  /** Its path in the item, safe to join: no empty, `.` or `..` name in it. */
  readonly name: string
  /** `original`: what was uploaded; `derivative`: what the archive made of it; `metadata`: its own bookkeeping. */
  readonly source: 'original' | 'derivative' | 'metadata' | 'unknown'
  /** As the archive calls it: `h.264`, `MPEG4`, `Web Video Text Tracks`. Empty when it doesn't say. */
  readonly format: string
  readonly lengthBytes: number | null
  readonly sha1: string | null
  readonly md5: string | null
  readonly durationSeconds: number | null
  readonly height: number | null
  /** The file that a derivative was made of. */
  readonly original: string | null
}

/** What an item says of itself. */
export interface ArchiveItem {
  readonly identifier: string
  readonly title: string | null
  readonly creators: readonly string[]
  readonly year: number | null
  /** As written: `eng`, `English`, `fre`. */
  readonly languages: readonly string[]
  readonly collections: readonly string[]
  readonly licenceUrls: readonly string[]
  /** As written, HTML and all. */
  readonly rights: readonly string[]
  readonly copyrightStatus: readonly string[]
  readonly files: readonly ArchiveFile[]
}

/** An item, or why it is of no use; `code` is stable. */
export type ArchiveAnswer =
  | {
      readonly kind: 'item'
      readonly item: ArchiveItem
      /** What was odd about it and left out, for the person who decides. */
      readonly oddities: readonly string[]
    }
  | {
      readonly kind: 'refused'
      readonly code:
        | 'not-json'
        | 'no-item'
        | 'taken-down'
        | 'other-item'
        | 'collection'
        | 'not-film'
      readonly why: string
    }

/** Whether a text is the identifier of an item: it becomes a part of addresses and of a folder's name. */
export function isArchiveIdentifier(text: string): boolean {
  return EXTERNAL_IDS.internetArchive.test(text) && /^[A-Za-z0-9]/u.test(text)
}

/** Reads an answer to the question for `identifier`. Never throws for what is in it. */
export function parseArchiveItem(bytes: Uint8Array, identifier: string): ArchiveAnswer {
  let answer: unknown
  try {
    answer = parseStrictJson(bytes, ITEM_LIMITS, ANY_KEY)
  } catch (error) {
    return refused('not-json', `its answer can't be read: ${messageOf(error)}`)
  }
  const metadata = fieldOf(answer, 'metadata')
  // The answer for an item that isn't there is an empty object.
  if (metadata === undefined) return refused('no-item', 'there is no such item')
  if (isTrue(fieldOf(answer, 'is_dark')) || isTrue(fieldOf(answer, 'nodownload')))
    return refused('taken-down', 'the archive took it down or lets nobody download it')
  const named = lineOf(fieldOf(metadata, 'identifier'))
  if (named !== identifier)
    return refused('other-item', 'the answer is about another item than was asked for')
  const type = lineOf(fieldOf(metadata, 'mediatype'))
  if (isTrue(fieldOf(answer, 'is_collection')) || type === 'collection')
    return refused('collection', 'it is a collection of items; name one of them')
  if (type !== null && type !== 'movies')
    return refused('not-film', 'the archive files it under something else than moving pictures')
  const oddities: string[] = []
  const files = filesOf(fieldOf(answer, 'files'), oddities)
  return { kind: 'item', item: itemOf(metadata, identifier, files), oddities }
}

function itemOf(metadata: unknown, identifier: string, files: readonly ArchiveFile[]): ArchiveItem {
  const of = (name: string): unknown => fieldOf(metadata, name)
  return {
    identifier,
    title: lineOf(of('title')),
    creators: [...new Set([...linesOf(of('creator')), ...linesOf(of('director'))])],
    year: yearOfText(lineOf(of('date'))) ?? yearOfText(lineOf(of('year'))),
    languages: linesOf(of('language')),
    collections: linesOf(of('collection')),
    licenceUrls: linesOf(of('licenseurl')),
    rights: rawTextsOf(of('rights'), PROSE_CAP),
    copyrightStatus: linesOf(of('possible-copyright-status')),
    files,
  }
}

function filesOf(value: unknown, oddities: string[]): ArchiveFile[] {
  const files = new Map<string, ArchiveFile>()
  const rows = Array.isArray(value) ? listOf(value, FILES) : []
  if (Array.isArray(value) && value.length > FILES)
    oddities.push(`only the first ${FILES} of its files were looked at`)
  let unsafe = 0
  for (const row of rows) {
    if (isTrue(fieldOf(row, 'private'))) continue
    const name = fieldOf(row, 'name')
    if (typeof name !== 'string' || !isSafePath(name)) unsafe++
    else if (files.has(name)) oddities.push('a file stands in it twice; the first one counts')
    else files.set(name, fileOf(row, name))
  }
  if (unsafe > 0) oddities.push(`${unsafe} of its files have names that no file may have`)
  return [...files.values()]
}

function fileOf(row: unknown, name: string): ArchiveFile {
  const source = fieldOf(row, 'source')
  const isSource = source === 'original' || source === 'derivative' || source === 'metadata'
  const height = wholeOf(fieldOf(row, 'height'))
  return {
    name,
    source: isSource ? source : 'unknown',
    format: lineOf(fieldOf(row, 'format')) ?? '',
    lengthBytes: wholeOf(fieldOf(row, 'size')),
    sha1: hexOf(fieldOf(row, 'sha1'), 40),
    md5: hexOf(fieldOf(row, 'md5'), 32),
    durationSeconds: secondsOf(fieldOf(row, 'length')),
    height: height !== null && height >= 1 && height <= 16_384 ? height : null,
    original: lineOf(fieldOf(row, 'original')),
  }
}

/** Whether a stranger's path stays where it is put, on every system. */
export function isSafePath(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- these are what file systems refuse or obey
  if (path.length > 400 || /[\u0000-\u001F\u007F\\:*?"<>|]/u.test(path)) return false
  if (!path.isWellFormed()) return false
  return path.split('/').every((name) => name !== '' && !/^\.{1,2}$|[. ]$/u.test(name))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1
}

function refused(
  code: Extract<ArchiveAnswer, { kind: 'refused' }>['code'],
  why: string,
): ArchiveAnswer {
  return { kind: 'refused', code, why }
}

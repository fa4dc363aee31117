/** What is to be fetched of a candidate, and what is known of the film before it's here. Pure. */
import type { LearnedFrom } from '@matinee/base'
import type { WorkId } from '@matinee/catalogue'
import {
  archiveLanguage,
  chooseArchiveFilm,
  type ArchiveSubtitles,
} from './archive/archive-film.ts'
import type { ArchiveFile, ArchiveItem } from './archive/archive-item.ts'
import {
  orNull,
  workIdOf,
  type ArchiveCandidate,
  type CandidateFile,
  type CandidatePage,
  type WebCandidate,
} from './candidate.ts'
import type { NamedBytes } from './fetch/file-digest.ts'
import type { RightsWords } from './rights-claim.ts'

/** A file to fetch. */
export interface PlannedFile extends NamedBytes {
  readonly url: string
  readonly learnedFrom: LearnedFrom
  /** The name that it gets in the candidate's folder: ours, with the ending it came with. */
  readonly name: string
}

/** Subtitles to fetch. */
export interface PlannedSubtitles extends PlannedFile {
  /** `und` when nobody said so. */
  readonly language: string
}

/** A page to keep. */
export interface PlannedPage extends CandidatePage {
  readonly learnedFrom: LearnedFrom
  /** Whether it's the one on which the licence stands. */
  readonly isLicencePage: boolean
}

/** A film as it's known before it is here. */
export interface FilmPlan {
  readonly workId: WorkId
  readonly title: string
  readonly titleLanguage: string | null
  readonly year: number | null
  /** `null` = its length decides. */
  readonly workKind: 'feature' | 'short' | null
  readonly languages: readonly string[]
  readonly creators: readonly string[]
  readonly internetArchive: string | null
  /** Where the work comes from, for its credit and for people. */
  readonly sourceUrl: string
  readonly film: PlannedFile
  readonly subtitles: readonly PlannedSubtitles[]
  readonly pages: readonly PlannedPage[]
  readonly rights: RightsWords
  /** What a person should look at. In sentences. */
  readonly doubts: readonly string[]
}

/** A plan, or why there is none. */
export type PlannedFilm =
  | { readonly kind: 'plan'; readonly plan: FilmPlan }
  | { readonly kind: 'refused'; readonly code: string; readonly why: string }

/** Plans a film that a person named with all its addresses. */
export function planWebFilm(candidate: WebCandidate): FilmPlan {
  const { title, id, licencePage, film, subtitles } = candidate
  const pages: PlannedPage[] = [
    { ...licencePage, learnedFrom: 'user', isLicencePage: true },
    ...ownPages(candidate.evidence),
  ]
  return {
    workId: id,
    title,
    titleLanguage: candidate.titleLanguage,
    year: orNull(candidate.year),
    workKind: orNull(candidate.workKind),
    languages: candidate.languages,
    creators: candidate.creators,
    internetArchive: null,
    sourceUrl: licencePage.url,
    film: plannedFile(film, `film${endingOf(film.url, 'mp4')}`),
    subtitles: subtitles.map((each, at) => ({
      ...plannedFile(each, `subtitles-${at}${endingOf(each.url, 'vtt')}`),
      language: each.language,
    })),
    pages,
    rights: { named: namedLicence(candidate.licence), urls: [], texts: [], statuses: [] },
    doubts: candidate.creators.length === 0 ? ['nobody is named as its maker'] : [],
  }
}

/**
 * Plans the film of an item.
 *
 * @param archive the archive's address, without a slash at the end
 */
export function planArchiveFilm(
  candidate: ArchiveCandidate,
  item: ArchiveItem,
  archive: string,
): PlannedFilm {
  const choice = chooseArchiveFilm(item, orNull(candidate.file))
  if (choice.kind === 'refused') return { kind: 'refused', code: 'no-film', why: choice.why }
  const workId = candidate.id ?? workIdOf(item.identifier)
  const title = candidate.title ?? item.title?.slice(0, 300)
  if (workId === null || title === undefined)
    return { kind: 'refused', code: 'no-name', why: 'it has no title; name one in the list' }
  const creators = candidate.creators.length > 0 ? candidate.creators : item.creators.slice(0, 20)
  const { film, subtitles } = choice
  const doubts = [...choice.doubts]
  if (creators.length === 0) doubts.push('nobody is named as its maker')
  else if (candidate.creators.length === 0)
    doubts.push('whoever is named as its maker was typed by an uploader')
  if (film.source === 'derivative')
    doubts.push('the file is what the archive made of the upload, not the upload itself')
  const found = { archive, identifier: item.identifier }
  const page = `${archive}/details/${item.identifier}` as CandidatePage['url']
  const plan: FilmPlan = {
    workId,
    title,
    titleLanguage: orNull(candidate.titleLanguage),
    year: candidate.year ?? item.year,
    workKind: orNull(candidate.workKind),
    languages:
      candidate.languages.length > 0
        ? candidate.languages
        : item.languages.flatMap((each) => archiveLanguage(each) ?? []).slice(0, 40),
    creators: creators.map((name) => name.slice(0, 200)),
    internetArchive: item.identifier,
    sourceUrl: page,
    film: archiveFile(found, film, `film${endingOf(film.name, 'mp4')}`),
    subtitles: subtitles.map((each, at) => archiveSubtitles(found, each, at)),
    pages: [
      { url: page, speaker: 'third-party', learnedFrom: 'user', isLicencePage: false },
      ...ownPages(candidate.evidence),
    ],
    rights: {
      named: namedLicence(candidate.licence),
      urls: item.licenceUrls,
      texts: item.rights,
      statuses: item.copyrightStatus,
    },
    doubts,
  }
  return { kind: 'plan', plan }
}

interface FoundItem {
  readonly archive: string
  readonly identifier: string
}

function archiveFile(
  { archive, identifier }: FoundItem,
  file: ArchiveFile,
  name: string,
): PlannedFile {
  const path = file.name.split('/').map(encodeURIComponent).join('/')
  const url = `${archive}/download/${identifier}/${path}`
  const { lengthBytes, sha1, md5 } = file
  return { url, learnedFrom: 'user', name, lengthBytes, sha1, md5, sha256: null }
}

function archiveSubtitles(
  found: FoundItem,
  { file, language }: ArchiveSubtitles,
  at: number,
): PlannedSubtitles {
  const name = `subtitles-${at}${endingOf(file.name, 'vtt')}`
  return { ...archiveFile(found, file, name), language: language ?? 'und' }
}

function plannedFile(file: CandidateFile, name: string): PlannedFile {
  const { url, lengthBytes = null, sha1 = null, md5 = null, sha256 = null } = file
  return { url, learnedFrom: 'user', name, lengthBytes, sha1, md5, sha256 }
}

function ownPages(pages: readonly CandidatePage[]): PlannedPage[] {
  return pages.map((page) => ({ ...page, learnedFrom: 'user', isLicencePage: false }))
}

function namedLicence(licence: string | undefined): string[] {
  return licence === undefined ? [] : [licence]
}

/** The ending of an address or name, a plain one, with its dot. */
function endingOf(name: string, otherwise: string): string {
  const path = URL.canParse(name) ? new URL(name).pathname : name
  return `.${/\.([A-Za-z0-9]{2,5})$/u.exec(path)?.[1]?.toLowerCase() ?? otherwise}`
}

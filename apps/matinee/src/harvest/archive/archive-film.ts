/** Which files of an item are the film and its subtitles. */
import { parseLanguage } from '@matinee/catalogue'
import type { ArchiveFile, ArchiveItem } from './archive-item.ts'

/** A subtitle file beside a film, and its language when its name tells. */
export interface ArchiveSubtitles {
  readonly file: ArchiveFile
  readonly language: string | null
}

/** What is fetched of an item, or why it can't be said. */
export type ArchiveChoice =
  | {
      readonly kind: 'film'
      readonly film: ArchiveFile
      readonly subtitles: readonly ArchiveSubtitles[]
      /** What a person should look at. */
      readonly doubts: readonly string[]
    }
  | { readonly kind: 'refused'; readonly why: string }

const PLAYED = /\.(?:mp4|m4v|webm)$/iu
const SUBTITLES = /^(.*?)(?:\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?))?\.(?:vtt|srt)$/iu
const SUBTITLE_FILES = 60
/** What the archive makes for slow lines. */
const SMALL = /_512kb\.mp4$|512Kb/iu

/**
 * The film of an item: the file that was named, or else what a browser most likely plays, the original upload before
 * what was made of it, the taller picture before the smaller. Subtitles carry the film's name (the archive's rule of
 * parallel names).
 */
export function chooseArchiveFilm(item: ArchiveItem, named: string | null): ArchiveChoice {
  const films = item.files.filter(({ name, source }) => PLAYED.test(name) && source !== 'metadata')
  if (named !== null) {
    const film = item.files.find(({ name }) => name === named)
    if (film === undefined) return { kind: 'refused', why: 'the file that was named is not in it' }
    return chosen(item, film, [])
  }
  const [best, ...others] = films.toSorted(byFitness)
  if (best === undefined)
    return { kind: 'refused', why: 'it has no file that a browser plays (mp4 or webm)' }
  const works = new Set([best, ...others].map(sourceName))
  const doubts =
    works.size > 1 ? [`it holds ${works.size} different films; name the one that is meant`] : []
  return chosen(item, best, doubts)
}

function chosen(item: ArchiveItem, film: ArchiveFile, doubts: readonly string[]): ArchiveChoice {
  const subtitles = item.files.flatMap((file): ArchiveSubtitles[] => {
    const [, stem = '', tag] = SUBTITLES.exec(file.name) ?? []
    if (stem === '') return []
    if (stemsOf(film).includes(stem)) return [{ file, language: languageOf(tag ?? '') }]
    // `the.long.goodbye.srt`: what looked like a language was a part of the name.
    const whole = tag === undefined ? '' : `${stem}.${tag}`
    return stemsOf(film).includes(whole) ? [{ file, language: null }] : []
  })
  return { kind: 'film', film, subtitles: subtitles.slice(0, SUBTITLE_FILES), doubts }
}

function byFitness(a: ArchiveFile, b: ArchiveFile): number {
  return (
    Number(SMALL.test(a.name + a.format)) - Number(SMALL.test(b.name + b.format)) ||
    Number(b.source === 'original') - Number(a.source === 'original') ||
    (b.height ?? 0) - (a.height ?? 0) ||
    (b.lengthBytes ?? 0) - (a.lengthBytes ?? 0) ||
    (a.name < b.name ? -1 : 1)
  )
}

/** What a film is made of: its original, or itself. */
function sourceName({ name, original }: ArchiveFile): string {
  return stemOf(original ?? name)
}

/** Names that its subtitles may have before their ending. */
function stemsOf({ name, original }: ArchiveFile): readonly string[] {
  return [stemOf(name), ...(original === null ? [] : [stemOf(original)])]
}

function stemOf(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{2,5}$/u, '').replace(/(?:\.ia|_512kb)$/iu, '')
}

/** A tag in its usual case: `PT-br` → `pt-BR`; `null` when it's none. */
function languageOf(tag: string): string | null {
  try {
    return parseLanguage(new Intl.Locale(tag).toString())
  } catch {
    // Intl names what it refuses in its message only.
    return null
  }
}

/** The tag of a language as uploaders write it: `eng`, `English`, `fre`, `Deutsch`; `null` when nobody knows. */
export function archiveLanguage(text: string): string | null {
  const word = text.trim().toLowerCase()
  return SPELLINGS[word] ?? (/^[a-z]{2,3}(?:-[a-z0-9]+)?$/u.test(word) ? languageOf(word) : null)
}

const SPELLINGS: Readonly<Record<string, string>> = {
  english: 'en',
  french: 'fr',
  fre: 'fr',
  français: 'fr',
  german: 'de',
  ger: 'de',
  deutsch: 'de',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  dut: 'nl',
  russian: 'ru',
  polish: 'pl',
  czech: 'cs',
  cze: 'cs',
  japanese: 'ja',
  chinese: 'zh',
  chi: 'zh',
  greek: 'el',
  gre: 'el',
  silent: 'zxx',
  none: 'zxx',
}

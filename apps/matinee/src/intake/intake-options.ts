import { resolve } from 'node:path'
import { UsageError } from '../command.ts'
import { readOptions } from '../options.ts'
import { readPlacedFilm, type EpisodePlace } from './episode-place.ts'

const TEXT = { type: 'string' } as const
const TEXTS = { type: 'string', multiple: true, default: [] as string[] } as const
const FLAG = { type: 'boolean', default: false } as const

/** Every option of `matinee feed add`. */
const OPTIONS = {
  feed: TEXT,
  record: TEXT,
  id: TEXT,
  kind: TEXT,
  title: TEXT,
  'title-language': TEXT,
  year: TEXT,
  country: TEXTS,
  genre: TEXTS,
  language: TEXTS,
  'title-in': TEXTS,
  synopsis: TEXTS,
  person: TEXTS,
  subtitles: TEXTS,
  audio: TEXTS,
  poster: TEXT,
  picture: TEXTS,
  chapters: TEXTS,
  aired: TEXTS,
  licence: TEXT,
  'own-terms': TEXT,
  allow: TEXTS,
  'public-domain': FLAG,
  'public-domain-term': FLAG,
  published: TEXT,
  'published-in': TEXT,
  author: TEXTS,
  nobody: TEXTS,
  'us-fact': TEXTS,
  part: TEXTS,
  submission: FLAG,
  'licence-text': TEXT,
  territory: TEXTS,
  except: TEXTS,
  creator: TEXTS,
  notice: TEXT,
  source: TEXT,
  requested: TEXT,
  changes: TEXT,
  'credits-must-play': FLAG,
  evidence: TEXTS,
  'evidence-url': TEXTS,
  'evidence-on': TEXT,
  'checked-by': TEXTS,
  donation: TEXTS,
  payee: TEXT,
  'external-id': TEXTS,
  release: TEXT,
  label: TEXT,
  tracker: TEXTS,
  'web-seed': TEXTS,
  maker: TEXT,
  'passphrase-fd': TEXT,
  json: FLAG,
} as const

/** What was given to `matinee feed add`, unread. */
export type IntakeOptions = ReturnType<typeof readOptions<typeof OPTIONS>>['values']

/** A film that was named, and which episode it is if that was said: `S1E2=film.mp4`. */
export interface FilmArgument {
  /** Absolute. */
  readonly path: string
  readonly place: EpisodePlace | null
}

/** Reads the arguments of `matinee feed add`. Throws {@link UsageError}. */
export function readIntakeOptions(args: readonly string[]): {
  readonly values: IntakeOptions
  readonly films: readonly FilmArgument[]
} {
  const { values, positionals } = readOptions(args, OPTIONS)
  if (positionals.length === 0) throw new UsageError('the film is missing')
  return {
    values,
    films: positionals.map((text) => {
      const placed = readPlacedFilm(text)
      return { path: resolve(placed?.path ?? text), place: placed?.place ?? null }
    }),
  }
}

/** `en=some text` as its two parts. Throws {@link UsageError}. */
export function readPair(option: string, text: string): readonly [key: string, value: string] {
  const at = text.indexOf('=')
  const [key, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  if (at < 1 || key === '' || value === '')
    throw new UsageError(`${option} ${text} is not of the form NAME=VALUE`)
  return [key, value]
}

/** `en/sdh=file` as its parts, the path absolute; `undefined` = no use was named. Throws {@link UsageError}. */
export function readUsedFile(
  option: string,
  text: string,
): { readonly name: string; readonly use: string | undefined; readonly path: string } {
  const [key, value] = readPair(option, text)
  const [name = '', use] = key.split('/', 2)
  return { name, use, path: resolve(value) }
}

/** One of some words. Throws {@link UsageError} that names them. */
export function readWord<const Word extends string>(
  option: string,
  text: string,
  words: readonly Word[],
): Word {
  const word = words.find((each) => each === text)
  if (word === undefined) throw new UsageError(`${option} ${text} is none of ${words.join(', ')}`)
  return word
}

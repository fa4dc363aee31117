/**
 * The films of the made-up feed that exist: short ones, made by ffmpeg once and kept below `.cache/`, with
 * subtitles beside them. A folder for each work, as its torrent has it.
 */
import { createHash } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFfmpeg } from '../apps/matinee/src/release/ffmpeg.ts'
import { readFilmFacts } from '../apps/matinee/src/release/film-facts.ts'
import { episodePrefix } from '../apps/matinee/src/release/release-files.ts'
import { makeThumbnails } from '../apps/matinee/src/release/thumbnails.ts'
import { MADE_BOOK, madeEpisodeId, madeSeconds, makeFilm, type MadeWork } from '@matinee/testkit'

/** One film of a work, and its subtitles; names are of files in the work's folder. */
export interface MadeFilm {
  readonly name: string
  readonly seconds: number
  /** Default {@link MADE_FILM_SIZE}. */
  readonly size?: { readonly width: number; readonly height: number }
  readonly language: string
  /** The id of the episode that it is, or `null`. */
  readonly episode: string | null
  readonly subtitles: readonly { readonly name: string; readonly language: string }[]
  /** Audio description, in WebM with Opus. Default: none. */
  readonly described?: { readonly name: string; readonly language: string }
}

/** A work whose films exist. */
export interface MadeFilms {
  readonly workId: string
  /** Absolute; holds exactly the files of its torrent. */
  readonly folder: string
  readonly films: readonly MadeFilm[]
}

/** Every film is this large. */
export const MADE_FILM_SIZE = { width: 320, height: 180 } as const

/** The works that have films, in the order of the feed: those that last seconds. */
export const FILMED_WORKS: readonly MadeWork[] = MADE_BOOK.works.filter(
  ({ seconds, seasons = [] }) =>
    seconds !== undefined ||
    seasons.some(({ episodes }) => episodes.every((each) => each.seconds !== undefined)),
)

const CACHE = fileURLToPath(new URL('../.cache/made-films/', import.meta.url))
/** A new number makes all films anew. */
const EDITION = 2
const CUE_SECONDS = 3
const SPOKEN = {
  en: (title: string, cue: number) => `${title}\nLine ${cue}`,
  fr: (title: string, cue: number) => `${title}\nRéplique ${cue}`,
} as const

/** Makes what isn't there yet; some seconds the first time. Throws when there is no ffmpeg. */
export async function makeFilms(signal: AbortSignal): Promise<MadeFilms[]> {
  const made: MadeFilms[] = []
  for (const [index, work] of FILMED_WORKS.entries()) {
    signal.throwIfAborted()
    made.push(await filmsOf(work, 220 + 55 * index))
  }
  return made
}

async function filmsOf(work: MadeWork, toneHz: number): Promise<MadeFilms> {
  const films = plan(work)
  const key = JSON.stringify([EDITION, MADE_FILM_SIZE, work.id, films, toneHz])
  const shelf = join(CACHE, createHash('sha256').update(key).digest('hex').slice(0, 16))
  const folder = join(shelf, work.id)
  if (!(await isThere(folder))) await fill(work, films, shelf, toneHz)
  return { workId: work.id, folder, films }
}

/** Whole or not at all: another process may be making the same. */
async function fill(
  work: MadeWork,
  films: readonly MadeFilm[],
  shelf: string,
  toneHz: number,
): Promise<void> {
  const draft = `${shelf}.${process.pid}`
  const folder = join(draft, work.id)
  await mkdir(folder, { recursive: true })
  const ffmpeg = (await findFfmpeg()) ?? 'ffmpeg'
  const never = new AbortController().signal
  for (const { name, seconds, episode, subtitles } of films) {
    const path = await makeFilm({
      folder,
      name,
      durationSeconds: seconds,
      ...MADE_FILM_SIZE,
      toneHz,
    })
    const facts = await readFilmFacts(path, never)
    const prefix = episodePrefix(episode ?? undefined)
    for (const sheet of await makeThumbnails(ffmpeg, facts, prefix, never))
      await writeFile(join(folder, sheet.name), sheet.bytes)
    for (const track of subtitles)
      await writeFile(join(folder, track.name), captions(work, track.language, seconds))
  }
  try {
    await rename(draft, shelf)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!(await isThere(shelf))) throw error
  }
}

function plan(work: MadeWork): MadeFilm[] {
  const [language = 'zxx'] = work.languages
  const film = (stem: string, seconds: number, episode: string | null): MadeFilm => ({
    // A film without words is the one in WebM, so that both containers are played.
    name: language === 'zxx' ? `${stem}.webm` : `${stem}.mp4`,
    seconds,
    language,
    episode,
    subtitles: (language === 'zxx' ? [] : ['en', 'fr']).map((each) => ({
      name: `${stem}.${each}.vtt`,
      language: each,
    })),
  })
  if (work.seasons === undefined) return [film(work.id, madeSeconds(work), null)]
  return work.seasons.flatMap(({ number, episodes }) =>
    episodes.map((episode) => {
      const id = madeEpisodeId(number, episode.number)
      return film(`${work.id}-${id}`, madeSeconds(episode), id)
    }),
  )
}

/** A cue every three seconds, from the first moment to the last. */
function captions(work: MadeWork, language: string, seconds: number): string {
  const isFrench = language === 'fr'
  const title = (isFrench ? work.fr : work.en).title ?? work.title
  const count = Math.ceil(seconds / CUE_SECONDS)
  const cues = Array.from({ length: count }, (_, at) => {
    const start = clockText(at * CUE_SECONDS)
    const end = clockText(Math.min((at + 1) * CUE_SECONDS, seconds))
    return `${start} --> ${end}\n${SPOKEN[isFrench ? 'fr' : 'en'](title, at + 1)}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function clockText(seconds: number): string {
  const whole = String(Math.floor(seconds % 60)).padStart(2, '0')
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${whole}.000`
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}

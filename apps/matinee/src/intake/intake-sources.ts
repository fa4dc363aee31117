import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import { parseLanguage } from '@matinee/catalogue'
import { LIMITS } from '@matinee/base'
import { UsageError } from '../command.ts'
import { refusalWords } from '../refusal-words.ts'
import { readChapters } from '../release/release-texts.ts'
import type {
  AudioSource,
  ChapterSource,
  PictureSource,
  SubtitleSource,
} from '../release/release-order.ts'
import type { Questions } from '../questions.ts'
import { readPlacedText, type PlacedText } from './episode-place.ts'
import { episodeOfFile, type IntakeEpisode } from './intake-episodes.ts'
import { readPair, readUsedFile, readWord, type IntakeOptions } from './intake-options.ts'

/** The files of a work besides the film itself. */
export interface IntakeSources {
  readonly subtitles: readonly SubtitleSource[]
  readonly audios: readonly AudioSource[]
  readonly pictures: readonly PictureSource[]
  readonly chapters: readonly ChapterSource[]
  /** `null` = none was named. */
  readonly licenceText: string | null
}

const SUBTITLE_USES = ['full', 'sdh', 'forced', 'commentary'] as const
const AUDIO_USES = ['main', 'description', 'commentary', 'music'] as const
const TEXT_BYTES = 1024 * 1024

/**
 * The files that options name, and of those that are missed most what somebody answers. Throws {@link UsageError},
 * ReleaseError.
 *
 * @param titleLanguage of the work, for chapters and for what a poster says
 * @param episodes of the films, in their order; empty = it's no series
 */
export async function readSources(
  values: IntakeOptions,
  questions: Questions,
  titleLanguage: string,
  hasPoster: boolean,
  episodes: readonly IntakeEpisode[],
): Promise<IntakeSources> {
  const subtitles = values.subtitles.map((text) => subtitleSource(text, episodes))
  if (subtitles.length === 0) subtitles.push(...(await askSubtitles(questions, episodes)))
  const poster = values.poster ?? (hasPoster ? '' : await askPoster(questions))
  const pictures = [...(poster === '' ? [] : [`poster=${poster}`]), ...values.picture]
  return {
    subtitles,
    audios: values.audio.map((text) => {
      const placed = readPlacedText(text)
      const { name, use = 'main', path } = readUsedFile('--audio', placed.text)
      return {
        path,
        language: language('--audio', name),
        use: readWord('--audio', use, AUDIO_USES),
        ...ofEpisode('--audio', placed, episodes),
      }
    }),
    pictures: pictures.map((text) => {
      const [role, path] = readPair('--picture', text)
      return { path: resolve(path), role }
    }),
    chapters: await chaptersOf(values.chapters, titleLanguage, episodes),
    licenceText: await licenceText(values),
  }
}

function subtitleSource(text: string, episodes: readonly IntakeEpisode[]): SubtitleSource {
  const option = '--subtitles'
  const placed = readPlacedText(text)
  const { name, use = 'full', path } = readUsedFile(option, placed.text)
  return {
    path,
    language: language(option, name),
    use: readWord(option, use, SUBTITLE_USES),
    ...ofEpisode(option, placed, episodes),
  }
}

async function askSubtitles(
  questions: Questions,
  episodes: readonly IntakeEpisode[],
): Promise<SubtitleSource[]> {
  const found: SubtitleSource[] = []
  const isOfMany = new Set(episodes.map(({ id }) => id)).size > 1
  const form = isOfMany ? 'S1E1:LANGUAGE=FILE' : 'LANGUAGE=FILE'
  for (;;) {
    const answer = await questions.ask({
      option: '--subtitles',
      text: `${found.length === 0 ? 'Subtitles' : 'More subtitles'}, as ${form}`,
      usual: '',
      fault: (said) => faultOf(() => subtitleSource(said, episodes)),
    })
    if (answer === '') return found
    found.push(subtitleSource(answer, episodes))
  }
}

function ofEpisode(
  option: string,
  placed: PlacedText,
  episodes: readonly IntakeEpisode[],
): { readonly episode?: string } {
  const episode = episodeOfFile(option, placed, episodes)
  return episode === undefined ? {} : { episode }
}

async function askPoster(questions: Questions): Promise<string> {
  return await questions.ask({ option: '--poster', text: 'Poster (a picture file)', usual: '' })
}

async function chaptersOf(
  files: readonly string[],
  titleLanguage: string,
  episodes: readonly IntakeEpisode[],
): Promise<ChapterSource[]> {
  const found: ChapterSource[] = []
  for (const file of files) {
    const placed = readPlacedText(file)
    const of = ofEpisode('--chapters', placed, episodes)
    if (found.some(({ episode }) => episode === of.episode))
      throw new UsageError(`--chapters ${file}: there are chapters for it already`)
    const path = resolve(placed.text)
    const chapters = readChapters(await readText(path, LIMITS.subtitleBytes), path, titleLanguage)
    found.push(...chapters.map((chapter) => ({ ...chapter, ...of })))
  }
  return found
}

async function licenceText(values: IntakeOptions): Promise<string | null> {
  const file = values['own-terms'] ?? values['licence-text']
  if (file === undefined) return null
  return new TextDecoder().decode(await readText(resolve(file), TEXT_BYTES))
}

/** The bytes of a small file. Throws {@link UsageError}. */
export async function readText(path: string, mostBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > mostBytes) throw new UsageError(`${path} has more than ${mostBytes} bytes`)
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${path} can't be read: ${refusalWords(error)}`, { cause: error })
  }
}

function language(option: string, text: string): string {
  const found = parseLanguage(text)
  if (found === null) throw new UsageError(`${option}: ${text} is no language, as en or pt-BR`)
  return found
}

/** What a reader of options has against an answer. */
export function faultOf(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

import { readFile, stat, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { LIMITS, messageOf } from '@matinee/base'
import { readFilmFacts, type FilmFacts, type SoundFacts } from './film-facts.ts'
import { playingContainer, playsAudio } from './film-fault.ts'
import type { PlacedFile } from './release-draft.ts'
import { ReleaseError, type ReleaseOrder } from './release-order.ts'
import { attributionFile, chapterFile, licenceFile, subtitleFile } from './release-texts.ts'
import { copySource } from './source-copy.ts'

type Report = (doneBytes: number, totalBytes: number) => void

/** Copies the films: `<work>.mp4`, of several profiles `<work>-720p.mp4`, of an episode `<work>-s1e2.mp4`. Throws {@link ReleaseError}. */
export async function placeFilms(
  folder: string,
  films: readonly FilmFacts[],
  order: ReleaseOrder,
  report: Report,
  signal: AbortSignal,
): Promise<PlacedFile[]> {
  const totalBytes = films.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)
  const names = new FreshNames()
  const placed: PlacedFile[] = []
  let doneBytes = 0
  for (const [at, film] of films.entries()) {
    const source = order.films[at]
    const episode = source?.episode
    const sizes = order.films.filter((each) => each.episode === episode).length
    const profile = sizes > 1 ? `-${film.video?.height ?? at}p` : ''
    const name = names.fresh(`${stemOf(order, episode)}${profile}`, `.${film.container}`)
    await copySource(
      film.path,
      join(folder, name),
      (byteCount) => report((doneBytes += byteCount), totalBytes),
      signal,
    )
    const said = source?.languages ?? []
    const languages = said.length > 0 ? said : spokenIn(film.sounds)
    placed.push({ kind: 'video', name, film, languages, episode })
  }
  return placed
}

/** Copies the sounds beside the film. Throws {@link ReleaseError} `audio`. */
export async function placeSounds(
  folder: string,
  order: ReleaseOrder,
  report: Report,
  signal: AbortSignal,
): Promise<PlacedFile[]> {
  const names = new FreshNames()
  const placed: PlacedFile[] = []
  for (const { path, language, use, episode } of order.audios) {
    const { sounds, container, lengthBytes } = await readFilmFacts(path, signal)
    const playing = playingContainer(container)
    const [sound] = sounds
    if (sound === undefined || playing === null || !playsAudio(sound.codec, playing))
      throw new ReleaseError('audio', `${path} is no sound in MP4 or WebM that browsers play`)
    const kind = use === undefined || use === 'main' ? 'audio' : use
    const name = names.fresh(
      `${stemOf(order, episode)}.${language}.${kind}`,
      extname(path).toLowerCase(),
    )
    let doneBytes = 0
    await copySource(
      path,
      join(folder, name),
      (count) => report((doneBytes += count), lengthBytes),
      signal,
    )
    placed.push({
      kind: 'audio',
      name,
      film: null,
      language,
      use,
      codec: sound.codec,
      container: playing,
      episode,
    })
  }
  return placed
}

/** Writes LICENSE, ATTRIBUTION.txt, chapters and subtitles. Throws {@link ReleaseError} `subtitles`, `unreadable`. */
export async function placeTexts(
  folder: string,
  films: readonly FilmFacts[],
  order: ReleaseOrder,
): Promise<PlacedFile[]> {
  await writeFile(join(folder, 'LICENSE'), licenceFile(order))
  await writeFile(join(folder, 'ATTRIBUTION.txt'), attributionFile(order))
  for (const [at, film] of films.entries()) {
    const episode = order.films[at]?.episode
    const chapters = order.chapters.filter((each) => each.episode === episode)
    for (const language of new Set(chapters.flatMap(({ titles }) => Object.keys(titles)))) {
      const text = chapterFile(chapters, language, film.durationSeconds)
      const name = `${episodePrefix(episode)}chapters.${language}.vtt`
      if (text !== null) await writeFile(join(folder, name), text)
    }
  }
  const names = new FreshNames()
  const placed: PlacedFile[] = []
  for (const { path, language, use, episode } of order.subtitles) {
    const text = subtitleFile(await readSubtitles(path), path, language)
    const kind = use === undefined || use === 'full' ? '' : `.${use}`
    const name = names.fresh(`${stemOf(order, episode)}.${language}${kind}`, '.vtt')
    await writeFile(join(folder, name), text)
    placed.push({ kind: 'subtitles', name, film: null, language, use, episode })
  }
  return placed
}

/** Before the name of a file that a film has one of: nothing, or the episode's id. */
export function episodePrefix(episode: string | undefined): string {
  return episode === undefined ? '' : `${episode}.`
}

function stemOf({ workId }: ReleaseOrder, episode: string | undefined): string {
  return episode === undefined ? workId : `${workId}-${episode}`
}

async function readSubtitles(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    // One above the cap is refused by whoever parses it.
    if (size > LIMITS.subtitleBytes) return new Uint8Array(LIMITS.subtitleBytes + 1)
    return new Uint8Array(await readFile(path))
  } catch (cause) {
    throw new ReleaseError('unreadable', `${path} can't be read: ${messageOf(cause)}`, { cause })
  }
}

function spokenIn(sounds: readonly SoundFacts[]): string[] {
  return [...new Set(sounds.flatMap(({ language }) => language ?? []))]
}

/** Names that weren't given yet: two profiles may have one height, two tracks one language. */
class FreshNames {
  readonly #given = new Set<string>()

  fresh(stem: string, ending: string): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? `${stem}${ending}` : `${stem}-${number}${ending}`
      if (this.#given.has(name)) continue
      this.#given.add(name)
      return name
    }
  }
}

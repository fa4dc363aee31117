import type { FilmWay, FilmWayRequest } from '#api'
import {
  CODEC_FAMILIES,
  codecWords,
  familyOf,
  planPlayback,
  type BrowserAbilities,
  type CodecFamily,
  type ContainerTrack,
  type LocatedIndex,
} from '@matinee/media'
import { locateFilm } from '../../media/film-index.ts'
import type { MediaFile } from '../../media/media-file.ts'
import { SOUND_TYPES, type MadeSound } from '../../machine/sound-desk.ts'
import { findPlayers } from '../../machine/players.ts'
import { findProgram } from '../../machine/programs.ts'
import { ownLanguageName } from '../language-name.ts'

/** Finds out how a film is played: what is in it by its own index, what the browser plays, what this computer has. */
export class FilmProbe {
  readonly #film: MediaFile
  readonly #hasOtherRelease: boolean
  #located: LocatedIndex | null = null

  /** @param hasOtherRelease whether the work has another release that browsers play */
  constructor(film: MediaFile, hasOtherRelease: boolean) {
    this.#film = film
    this.#hasOtherRelease = hasOtherRelease
  }

  /** Waits for the film's index. Throws what reading throws. */
  async way(request: FilmWayRequest, signal: AbortSignal): Promise<FilmWay> {
    const located = (this.#located ??= await locateFilm(this.#film, signal))
    const browser = abilitiesOf(request.browser)
    const [players, ffmpeg] = await Promise.all([findPlayers(), findProgram('ffmpeg')])
    const made = madeSoundFor(browser)
    const plan = planPlayback({
      located,
      browser,
      machine: { hasFfmpeg: ffmpeg !== null && made !== null, hasPlayer: players.length > 0 },
      sound: request.sound,
      hasOtherRelease: this.#hasOtherRelease,
    })
    const tracks = located.kind === 'found' ? located.index.tracks : []
    return {
      plan:
        plan.kind === 'remux' && plan.sound.kind === 'transcode' && made !== null
          ? { ...plan, sound: { ...plan.sound, type: SOUND_TYPES[made] } }
          : withoutTranscode(plan),
      sounds: tracks.filter(({ kind }) => kind === 'audio').map(soundWords),
      unreadSubtitles: tracks.filter(isUnread).length,
      durationSeconds: located.kind === 'found' ? located.index.durationSeconds : null,
      players: players.map(({ id, name }) => ({ id, name })),
    }
  }
}

/** What ffmpeg makes of a sound for this browser; `null` = nothing that it would play. */
export function madeSoundFor({ pieces }: BrowserAbilities): MadeSound | null {
  if (pieces.mp4.includes('aac')) return 'aac'
  return pieces.mp4.includes('opus') ? 'opus' : null
}

type Plan = ReturnType<typeof planPlayback>

/** The plan as pages know it: where a sound is made, its type was put in before. */
function withoutTranscode(plan: Plan): FilmWay['plan'] {
  if (plan.kind === 'elsewhere') return { ...plan, helps: [...plan.helps] }
  if (plan.kind === 'direct') return plan
  const { sound } = plan
  if (sound.kind === 'transcode') throw new RangeError('a sound is made for nobody')
  return { ...plan, sound }
}

const CODECS: ReadonlyMap<string, CodecFamily> = new Map(
  CODEC_FAMILIES.map((family) => [family, family]),
)

/** Words that we don't know are codecs that we don't know of either. */
function abilitiesOf({ files, pieces }: FilmWayRequest['browser']): BrowserAbilities {
  const known = (words: readonly string[]): CodecFamily[] =>
    words.flatMap((word) => CODECS.get(word) ?? [])
  return {
    files: { mp4: known(files.mp4), webm: known(files.webm), matroska: known(files.matroska) },
    pieces: { mp4: known(pieces.mp4), webm: known(pieces.webm), mpeg: known(pieces.mpeg) },
  }
}

function soundWords({ language, title, codec }: ContainerTrack): FilmWay['sounds'][number] {
  const isKnown = /^[a-z]{2,3}(?:-|$)/iu.test(language) && language !== 'und'
  return {
    language: isKnown ? language : null,
    label: isKnown ? ownLanguageName(language) : null,
    title,
    words: codecWords(codec),
  }
}

function isUnread({ kind, codec }: ContainerTrack): boolean {
  return kind === 'subtitle' && familyOf(codec) === null && !/^(?:srt|ass|webvtt)$/u.test(codec)
}

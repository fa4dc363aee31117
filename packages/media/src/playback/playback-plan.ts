import type { ContainerTrack, LocatedIndex } from '../container/container-index.ts'
import {
  PIECE_CONTAINERS,
  type BrowserAbilities,
  type PieceContainer,
} from './browser-abilities.ts'
import { codecWords, familyOf } from './codec-family.ts'

/** How the sound of a film gets into the browser. Tracks count from 0 among those of their kind. */
export type SoundPlan =
  /** The film is silent. */
  | { readonly kind: 'none' }
  | { readonly kind: 'copy'; readonly track: number; readonly container: PieceContainer }
  /** ffmpeg makes Opus or AAC of it; the picture is copied. */
  | { readonly kind: 'transcode'; readonly track: number; readonly words: string }

/** Why a film doesn't play in this browser. `words` is what people call the codec. */
export type PlaybackObstacle =
  /** Its picture would stay black. */
  | { readonly kind: 'picture'; readonly words: string }
  /** It would play without sound. */
  | { readonly kind: 'sound'; readonly words: string }
  /** No browser reads such a file. */
  | { readonly kind: 'container' }
  /** There is no picture in it. */
  | { readonly kind: 'no-picture' }

/** How a film is played. */
export type PlaybackPlan =
  /** The browser reads the file. */
  | { readonly kind: 'direct' }
  /** The page takes the file apart and gives the browser pieces that it plays. */
  | { readonly kind: 'remux'; readonly picture: PieceContainer; readonly sound: SoundPlan }
  /** Not here. What helps, in this order: a player of this computer, another release, ffmpeg. */
  | {
      readonly kind: 'elsewhere'
      readonly why: PlaybackObstacle
      readonly helps: readonly ('player' | 'release' | 'ffmpeg')[]
    }

/** What is known when a film is to be played. */
export interface PlaybackFacts {
  readonly located: LocatedIndex
  readonly browser: BrowserAbilities
  /** What this computer has. */
  readonly machine: { readonly hasFfmpeg: boolean; readonly hasPlayer: boolean }
  /** The sound that the viewer chose, among the sounds; `null` = the film's first. */
  readonly sound: number | null
  /** Whether the record knows another release that browsers play. */
  readonly hasOtherRelease: boolean
}

/** Decides from codec strings, not by trying, how a film is played: never without a picture or a sound that it has. */
export function planPlayback(facts: PlaybackFacts): PlaybackPlan {
  const { located, browser, machine } = facts
  if (located.kind === 'refused')
    // What isn't even one of the containers is played by no browser; of a strange index browsers know more than we do.
    return located.reason === 'unknown-container'
      ? elsewhere({ kind: 'container' }, facts)
      : { kind: 'direct' }
  const { container, tracks } = located.index
  const picture = tracks.find(({ kind }) => kind === 'video')
  if (picture === undefined) return elsewhere({ kind: 'no-picture' }, facts)
  const sounds = tracks.filter(({ kind }) => kind === 'audio')
  const track = chosenSound(sounds, facts)
  const sound = sounds[track]
  const plays = (one: ContainerTrack): boolean => isIn(browser.files[container], one)
  const isDirect = plays(picture) && (sound === undefined || (track === 0 && plays(sound)))
  const hasText = container !== 'mp4' && tracks.some(isText)
  if (isDirect && !hasText) return { kind: 'direct' }
  const pictureIn = pieceFor(picture, browser)
  const soundIn = sound === undefined ? null : pieceFor(sound, browser)
  if (pictureIn !== null && (sound === undefined || soundIn !== null))
    return {
      kind: 'remux',
      picture: pictureIn,
      sound: soundIn === null ? { kind: 'none' } : { kind: 'copy', track, container: soundIn },
    }
  // Without the subtitles inside it, which is said where they are chosen.
  if (isDirect) return { kind: 'direct' }
  if (pictureIn === null || sound === undefined)
    return elsewhere({ kind: 'picture', words: codecWords(picture.codec) }, facts)
  const words = codecWords(sound.codec)
  return machine.hasFfmpeg
    ? { kind: 'remux', picture: pictureIn, sound: { kind: 'transcode', track, words } }
    : elsewhere({ kind: 'sound', words }, facts)
}

/** Subtitles that we read out of a film. */
function isText({ kind, codec }: ContainerTrack): boolean {
  return kind === 'subtitle' && /^(?:srt|ass|webvtt)$/u.test(codec)
}

function isIn(families: readonly string[], { codec }: ContainerTrack): boolean {
  const family = familyOf(codec)
  return family !== null && families.includes(family)
}

/** The sound's place among the sounds: the chosen one, else the first; of the same language one that needs no help. */
function chosenSound(sounds: readonly ContainerTrack[], facts: PlaybackFacts): number {
  if (facts.sound !== null && facts.sound < sounds.length) return facts.sound
  const first = sounds[0]
  if (first === undefined || pieceFor(first, facts.browser) !== null) return 0
  const twin = sounds.findIndex(
    (one) =>
      one.language === first.language &&
      one.title === first.title &&
      pieceFor(one, facts.browser) !== null,
  )
  return Math.max(0, twin)
}

/** The container in which the browser takes pieces of a track; `null` = in none. */
function pieceFor(track: ContainerTrack, { pieces }: BrowserAbilities): PieceContainer | null {
  return PIECE_CONTAINERS.find((container) => isIn(pieces[container], track)) ?? null
}

function elsewhere(
  why: PlaybackObstacle,
  { machine, hasOtherRelease }: PlaybackFacts,
): PlaybackPlan {
  const helps = [
    ...(machine.hasPlayer ? (['player'] as const) : []),
    ...(hasOtherRelease ? (['release'] as const) : []),
    ...(why.kind === 'sound' ? (['ffmpeg'] as const) : []),
  ]
  return { kind: 'elsewhere', why, helps }
}

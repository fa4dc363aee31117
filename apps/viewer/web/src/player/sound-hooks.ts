import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Film } from '#api'
import { keepDescription, pickDescription, wishedDescription } from './described-choice.ts'
import { NightSound } from './night-sound.ts'
import { isNightTitle, keepNightTitle } from './night-titles.ts'
import type { PlayerState } from './player-state.ts'
import { SoundBeside } from './sound-beside.ts'

/** Sound for the night, remembered with the title. */
export interface NightSwitch {
  readonly isOn: boolean
  readonly toggle: () => void
}

/** Audio description, remembered from film to film. */
export interface DescribedSwitch {
  /** Its address; null = the film's own sound is heard. */
  readonly url: string | null
  /** By its language; null = the film's own sound. */
  readonly choose: (language: string | null) => void
}

/** How the film's sound is heard. Nothing is touched before the film has played: browsers want a gesture first. */
export function useFilmSound(
  video: RefObject<HTMLVideoElement | null>,
  workId: string,
  film: Film | null,
  { playback }: PlayerState,
): { readonly night: NightSwitch; readonly described: DescribedSwitch } {
  const [isNight, setIsNight] = useState(() => isNightTitle(workId))
  const [wished, setWished] = useState(wishedDescription)
  const url = pickDescription(film?.descriptions ?? [], wished)?.url ?? null
  const sound = useRef<NightSound | null>(null)
  const [hasPlayed, setHasPlayed] = useState(false)
  if (playback.kind === 'playing' && !hasPlayed) setHasPlayed(true)
  useEffect(() => {
    if (hasPlayed && video.current !== null)
      (sound.current ??= new NightSound(video.current)).set(isNight)
  }, [video, isNight, hasPlayed])
  useEffect(() => {
    if (!hasPlayed || url === null || video.current === null) return undefined
    // What is missing of it, or can't be played, is heard as the film has it.
    const beside = new SoundBeside(video.current, url, (isHeard) =>
      sound.current?.hear(isHeard ? beside.element : null),
    )
    return () => {
      sound.current?.hear(null)
      beside.close()
    }
  }, [video, url, hasPlayed])
  useEffect(
    () => () => {
      sound.current?.close()
      sound.current = null
    },
    [],
  )
  return {
    night: {
      isOn: isNight,
      toggle: () => {
        keepNightTitle(workId, !isNight)
        setIsNight(!isNight)
      },
    },
    described: {
      url,
      choose: (language) => {
        keepDescription(language)
        setWished(language)
      },
    },
  }
}

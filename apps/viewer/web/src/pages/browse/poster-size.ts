import { useState } from 'react'
import { useMedia } from '../../parts/media.ts'

const KEY = 'matinee.poster-size'

/** Sizes of posters, as parts of what the screen's width suggests. */
export const POSTER_SIZES = [0.7, 0.85, 1, 1.25, 1.6] as const
const MIDDLE = 2

/** How big the viewer wants posters, and their least width in CSS pixels here. */
export interface PosterSize {
  /** Place in {@link POSTER_SIZES}. */
  readonly step: number
  readonly widthPx: number
  readonly choose: (step: number) => void
}

/** The size of posters, kept in this browser. */
export function usePosterSize(): PosterSize {
  const [step, setStep] = useState(() => stepOf(localStorage.getItem(KEY)))
  const isTablet = useMedia('(min-width: 600px)')
  const isDesktop = useMedia('(min-width: 960px)')
  const suggested = isDesktop ? 172 : isTablet ? 148 : 104
  return {
    step,
    widthPx: suggested * (POSTER_SIZES[step] ?? 1),
    choose(chosen) {
      localStorage.setItem(KEY, String(chosen))
      setStep(chosen)
    },
  }
}

function stepOf(kept: string | null): number {
  const step = Number(kept ?? MIDDLE)
  return POSTER_SIZES[step] === undefined ? MIDDLE : step
}

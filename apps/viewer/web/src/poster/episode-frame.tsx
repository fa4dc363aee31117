import type { ReactNode } from 'react'
import type { Inks } from './inks.ts'
import { contrastOf } from './contrast.ts'
import './episode-frame.css'

/** Properties of {@link EpisodeFrame}. */
export interface EpisodeFrameProps {
  /** The series' inks. */
  readonly inks: Inks
  /** The episode's number, as it's shown. */
  readonly number: number
  /** Its place in the season, from 0, and how many there are: how far the sun has gone. */
  readonly place: number
  readonly count: number
}

/** An episode without a picture: the series' sun, further along with each. An ornament beside words. */
export function EpisodeFrame({ inks, number, place, count }: EpisodeFrameProps): ReactNode {
  const part = (place + 0.5) / Math.max(1, count)
  const isDay = place % 2 === 1
  const sky = isDay ? inks.ink : inks.ground
  const band = inks.second
  const numeral = [inks.ground, inks.ink, '#1a1113', '#faefe2'].toSorted(
    (one, other) => contrastOf(other, band) - contrastOf(one, band),
  )[0]
  return (
    <svg className="episode-frame" viewBox="0 0 320 180" aria-hidden="true">
      <rect width="320" height="180" fill={sky} />
      <circle
        cx={48 + part * 224}
        cy={112 - Math.sin(part * Math.PI) * 48}
        r="40"
        fill={inks.spot}
      />
      <rect y="120" width="320" height="60" fill={band} />
      <text x="18" y="168" fontSize="50" fontStretch="80%" fill={numeral}>
        {number}
      </text>
    </svg>
  )
}

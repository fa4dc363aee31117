import type { ReactNode } from 'react'
import { inkStyle } from '../../poster/ink-style.ts'
import { inksOf } from '../../poster/palette.ts'
import type { PosterRecord } from '../../poster/poster-record.ts'

/** A disc that goes over the sky from the first episode to the last, in the work's inks. */
export function EpisodeFrame({
  record,
  number,
  count,
}: {
  readonly record: PosterRecord
  /** From 1. */
  readonly number: number
  readonly count: number
}): ReactNode {
  const part = count <= 1 ? 0.5 : (number - 1) / (count - 1)
  const x = 24 + part * 128
  const y = 58 - Math.sin(part * Math.PI) * 24
  return (
    <svg
      className={number % 2 === 0 ? 'episode-frame even' : 'episode-frame'}
      style={inkStyle(inksOf(record))}
      viewBox="0 0 176 99"
      aria-hidden="true"
    >
      <rect className="frame-sky" width="176" height="99" />
      <circle className="frame-sun" cx={x} cy={y} r="21" />
      <rect className="frame-ground" y="66" width="176" height="33" />
    </svg>
  )
}

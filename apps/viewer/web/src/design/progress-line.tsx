import type { ReactNode } from 'react'
import './progress-line.css'

/** How far: a line at the foot of a picture, or under a row. Words beside it say the same. */
export function ProgressLine({ part }: { /** 0 to 1. */ readonly part: number }): ReactNode {
  const percent = Math.min(100, Math.max(0, part * 100))
  return (
    <span className="progress-line" aria-hidden="true">
      <span style={{ inlineSize: `${percent}%` }} />
    </span>
  )
}

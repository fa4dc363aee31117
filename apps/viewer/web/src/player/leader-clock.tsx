import type { ReactNode } from 'react'

/**
 * The clock of a film's leader: one turn a second, and a number; when it stands still, the place that is
 * kept. What it counts is also said in words.
 */
export function LeaderClock({
  text,
  isStill,
}: {
  readonly text: string
  readonly isStill: boolean
}): ReactNode {
  return (
    <div className="leader" aria-hidden="true" data-still={isStill} data-long={text.length > 3}>
      <div className="leader-sweep" />
      <div className="leader-hand" />
      <span className="leader-number">{text}</span>
    </div>
  )
}

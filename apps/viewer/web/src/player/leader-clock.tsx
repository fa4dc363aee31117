import type { ReactNode } from 'react'

/** The clock of a film's leader: one turn a second, and a number. What it counts is also said in words. */
export function LeaderClock({
  number,
  isStill,
}: {
  readonly number: number
  readonly isStill: boolean
}): ReactNode {
  return (
    <div className="leader" aria-hidden="true" data-still={isStill}>
      <div className="leader-sweep" />
      <div className="leader-hand" />
      <span className="leader-number">{number}</span>
    </div>
  )
}

import type { ReactNode } from 'react'
import './health-dots.css'

const DOTS = 30

/** Properties of {@link HealthDots}. */
export interface HealthDotsProps {
  /** People who share it now; null = it's being found out. Thirty dots mean thirty or more. */
  readonly people: number | null
  /** The answer: "It plays straight away." */
  readonly answer: string
  /** What stands behind it. */
  readonly note: string
}

/** How alive a film is: a dot for each person, one strong sentence, one that explains. */
export function HealthDots({ people, answer, note }: HealthDotsProps): ReactNode {
  const filled = Math.min(DOTS, people ?? 0)
  return (
    <div className={`health${people === null ? ' measuring' : ''}`}>
      <span className="health-dots" aria-hidden="true">
        {Array.from({ length: DOTS }, (_, at) => (
          <span key={at} className={at < filled ? 'dot filled' : 'dot'} />
        ))}
      </span>
      <div>
        <p className="health-answer">{answer}</p>
        <p className="health-note">{note}</p>
      </div>
    </div>
  )
}

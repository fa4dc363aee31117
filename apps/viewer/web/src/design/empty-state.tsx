import type { ReactNode } from 'react'
import './empty-state.css'

/** What a picture of nothing shows. */
export type EmptyPicture = 'seats' | 'screen' | 'beam'

/** Properties of {@link EmptyState}. */
export interface EmptyStateProps {
  /** `seats`: nobody or nothing yet; `screen`: nothing found or shown; `beam`: something's missing. */
  readonly picture: EmptyPicture
  readonly heading: string
  /** What would fill it. */
  readonly note: string
  /** The way on. */
  readonly act?: ReactNode
}

/** A place with nothing in it: a picture, what it means, and what would fill it. */
export function EmptyState({ picture, heading, note, act }: EmptyStateProps): ReactNode {
  const Picture = PICTURES[picture]
  return (
    <div className="empty">
      <svg className="empty-picture" viewBox="0 0 320 200" aria-hidden="true">
        <Picture />
      </svg>
      <div className="empty-words">
        <h2>{heading}</h2>
        <p className="note">{note}</p>
        {act}
      </div>
    </div>
  )
}

const PICTURES: Readonly<Record<EmptyPicture, () => ReactNode>> = {
  seats: Seats,
  screen: Screen,
  beam: Beam,
}

/** Rows of empty seats before a screen. */
function Seats(): ReactNode {
  return (
    <>
      <path className="empty-line" d="M70 34q90-14 180 0" />
      {[0, 1, 2].map((row) =>
        Array.from({ length: 7 + row }, (_, seat) => {
          const x = 160 + (seat - (6 + row) / 2) * 30
          const y = 82 + row * 38 - ((x - 160) / 40) ** 2 * 0.8
          return (
            <g key={`${row}/${seat}`} transform={`translate(${x} ${y})`}>
              <rect className="empty-seat" x="-8" y="-14" width="16" height="18" rx="5" />
              <path className="empty-seat-foot" d="M-7 9h14" />
            </g>
          )
        }),
      )}
    </>
  )
}

/** A screen with the leader's clock and nothing to count. */
function Screen(): ReactNode {
  return (
    <>
      <rect className="empty-ground" x="20" y="14" width="280" height="158" rx="3" />
      <circle className="empty-ring" cx="160" cy="93" r="58" />
      <circle className="empty-ring dotted" cx="160" cy="93" r="48" />
      <path className="empty-thin" d="M58 93h204M160 20v146" />
      <path className="empty-line" d="M20 188h280" />
    </>
  )
}

/** Light that falls on an empty floor. */
function Beam(): ReactNode {
  return (
    <>
      <path className="empty-ground" d="M0 0h320v200H0z" />
      <path className="empty-light" d="M74 0 114 152h128z" />
      <path className="empty-floor" d="M114 152h128l34 30H148z" />
    </>
  )
}

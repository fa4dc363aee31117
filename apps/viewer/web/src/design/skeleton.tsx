import type { ReactNode } from 'react'
import './skeleton.css'

/** The place of something that's on its way: ground only, and nothing moves. Says nothing; the page does. */
export function Skeleton({
  shape,
}: {
  readonly shape: 'poster' | 'still' | 'line' | 'hero'
}): ReactNode {
  return <span className={`skeleton ${shape}`} aria-hidden="true" />
}

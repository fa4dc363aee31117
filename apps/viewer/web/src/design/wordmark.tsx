import type { ReactNode } from 'react'
import './wordmark.css'

/** The name, with the beam of light over its first double e that is an accent in both languages. */
export function Wordmark(): ReactNode {
  return (
    <span className="wordmark">
      <span aria-hidden="true">
        Matin<span className="wordmark-e">e</span>e
      </span>
      <span className="for-readers">Matinee</span>
    </span>
  )
}

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import './section-label.css'

/** Properties of {@link SectionLabel}. */
export interface SectionLabelProps {
  readonly heading: string
  /** A sentence in the programme editor's voice. */
  readonly note?: string
  /** Where all of it is, and the words that lead there: "All 84". */
  readonly all?: { readonly href: string; readonly text: string }
  /** The heading's id, for `aria-labelledby` of the section. */
  readonly id?: string
  /** `aside`: in a column of its own, left of a row on wide screens. Default: `above`. */
  readonly place?: 'above' | 'aside'
}

/** Heading, note, and the way to all. */
export function SectionLabel({
  heading,
  note,
  all,
  id,
  place = 'above',
}: SectionLabelProps): ReactNode {
  return (
    <div className={`section-label ${place}`}>
      <h2 id={id}>{heading}</h2>
      {note === undefined ? null : <p className="note">{note}</p>}
      {all === undefined ? null : (
        <Link href={all.href} className="section-all">
          {all.text}
          <span className="for-readers">: {heading}</span>
        </Link>
      )}
    </div>
  )
}

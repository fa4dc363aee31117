import type { ReactNode } from 'react'
import { Link } from 'wouter'
import './programme-line.css'

/** Properties of {@link ProgrammeLine}. */
export interface ProgrammeLineProps {
  readonly href: string
  /** When it would end, or where it starts: `20:34`. */
  readonly time: string
  readonly title: string
  /** Of the title (BCP 47); null or absent = not known. */
  readonly titleLanguage?: string | null
  /** Who and when: `Andy Goralczyk, 2019`. */
  readonly maker?: string
  /** `7 min`. */
  readonly length?: string
}

/** Lines of {@link ProgrammeLine}, parted by rules. */
export function Programme({ children }: { readonly children: ReactNode }): ReactNode {
  return <ul className="programme">{children}</ul>
}

/** A line of the programme: the whole of it is the link. */
export function ProgrammeLine({
  href,
  time,
  title,
  titleLanguage,
  maker,
  length,
}: ProgrammeLineProps): ReactNode {
  return (
    <li>
      <Link href={href} className="programme-line">
        <span className="programme-time">{time}</span>{' '}
        <span className="programme-title">
          <strong dir="auto" lang={titleLanguage ?? undefined}>
            {title}
          </strong>{' '}
          {maker === undefined ? null : <span className="programme-maker">{maker}</span>}
        </span>{' '}
        {length === undefined ? null : <span className="programme-length">{length}</span>}
      </Link>
    </li>
  )
}

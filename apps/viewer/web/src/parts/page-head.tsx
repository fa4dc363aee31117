import type { ReactNode } from 'react'
import { Link } from 'wouter'
import './page-head.css'

/** What a page is called and what it's for. `within`: the page that it's a part of. */
export function PageHead({
  within,
  heading,
  lead,
}: {
  readonly within?: { readonly href: string; readonly words: string }
  readonly heading: string
  readonly lead: string
}): ReactNode {
  return (
    <header className="page-head">
      {within === undefined ? null : (
        <p className="page-kind">
          <Link href={within.href}>{within.words}</Link>
        </p>
      )}
      <h1>{heading}</h1>
      <p className="lead">{lead}</p>
    </header>
  )
}

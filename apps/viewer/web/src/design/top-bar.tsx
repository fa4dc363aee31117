import { Search, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/text.tsx'
import { isAt, PLACES } from './place.ts'
import { Wordmark } from './wordmark.tsx'
import './top-bar.css'

/** Properties of {@link TopBar}. */
export interface TopBarProps {
  /** A `SearchField` for wide screens; on narrow ones the glass leads to `/search`. */
  readonly search?: ReactNode
  /** Who is being helped now: "Giving back to 3 viewers". */
  readonly givingBack?: string
  /** The same for phones: "3 viewers". Default: the dot alone. */
  readonly givingBackShort?: string
  /** At the right end on television: the time on the wall. */
  readonly clock?: string
  /** Who watches, leading to the others; where there are several. */
  readonly profile?: ReactNode
}

/** The bar over every page: the name, the five places, search, giving back, settings. */
export function TopBar({
  search,
  givingBack,
  givingBackShort,
  clock,
  profile,
}: TopBarProps): ReactNode {
  const { say } = useText()
  const [location] = useLocation()
  return (
    <header className="top-bar">
      <a className="skip" href="#programme">
        {say('app.skip')}
      </a>
      <Link href="/" className="top-bar-home" aria-label={say('app.home')}>
        <Wordmark />
      </Link>
      <nav className="top-bar-places" aria-label={say('design.places')}>
        {PLACES.map(({ href, name }) => (
          <Link
            key={href}
            href={href}
            className="place"
            aria-current={isAt(href, location) ? 'page' : undefined}
          >
            {say(name)}
          </Link>
        ))}
      </nav>
      <div className="top-bar-end">
        {search === undefined ? null : <div className="top-bar-search">{search}</div>}
        {givingBack === undefined ? null : (
          <Link href="/shelf" className="giving-back">
            <span className="giving-back-long">{givingBack}</span>
            {givingBackShort === undefined ? null : (
              <span className="giving-back-short" aria-hidden="true">
                {givingBackShort}
              </span>
            )}
          </Link>
        )}
        {clock === undefined ? null : <span className="top-bar-clock">{clock}</span>}
        <Link
          href="/search"
          className={search === undefined ? 'top-bar-icon' : 'top-bar-icon narrow'}
          aria-label={say('design.search-page')}
        >
          <Search size={20} strokeWidth={1.75} aria-hidden="true" />
        </Link>
        <Link href="/settings" className="top-bar-icon" aria-label={say('design.settings')}>
          <Settings size={20} strokeWidth={1.75} aria-hidden="true" />
        </Link>
        {profile}
      </div>
    </header>
  )
}

import { Bookmark, GalleryHorizontalEnd, RectangleVertical, Sun, Timer } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useText } from '../i18n/text.tsx'
import { isAt, PLACES } from './place.ts'
import './tab-bar.css'

const ICONS = {
  '/': Sun,
  '/films': RectangleVertical,
  '/shorts': Timer,
  '/series': GalleryHorizontalEnd,
  '/shelf': Bookmark,
} as const

/** The five places under the thumb: phones only. It comes after the page in the document. */
export function TabBar(): ReactNode {
  const { say } = useText()
  const [location] = useLocation()
  return (
    <nav className="tab-bar" aria-label={say('design.places')}>
      {PLACES.map(({ href, name }) => {
        const Icon = ICONS[href]
        return (
          <Link
            key={href}
            href={href}
            className="tab-bar-place"
            aria-current={isAt(href, location) ? 'page' : undefined}
          >
            <Icon size={22} strokeWidth={1.75} aria-hidden="true" />
            {say(name)}
          </Link>
        )
      })}
    </nav>
  )
}

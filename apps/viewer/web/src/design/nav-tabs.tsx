import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'wouter'
import './tabs.css'

/** A page that is reached from its neighbours. */
export interface NavTab {
  readonly href: string
  readonly label: string
  readonly suffix?: string
}

/** {@link import('./tabs.tsx').Tabs} whose views are pages with addresses of their own. */
export function NavTabs({
  label,
  tabs,
  current,
}: {
  readonly label: string
  readonly tabs: readonly NavTab[]
  /** The `href` of the page that is shown. */
  readonly current: string
}): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  // More tabs than there is room for: the one that is shown must be seen.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav className="tabs" aria-label={label}>
      <div className="tabs-list" ref={list}>
        {tabs.map(({ href, label: name, suffix }) => (
          <Link
            key={href}
            href={href}
            className="tab"
            aria-current={href === current ? 'page' : undefined}
          >
            {name}
            {suffix === undefined ? null : <span className="tab-suffix"> {suffix}</span>}
          </Link>
        ))}
      </div>
    </nav>
  )
}

import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import './tabs.css'

/** One of several views of a page. */
export interface Tab {
  readonly id: string
  readonly label: string
  /** A quiet word after the label, as "watched" on a season. */
  readonly suffix?: string
}

/** Properties of {@link Tabs}. */
export interface TabsProps {
  /** What the tabs are views of, for screen readers. */
  readonly label: string
  readonly tabs: readonly Tab[]
  /** The id of the tab that is shown. */
  readonly current: string
  readonly onChange: (id: string) => void
  /** The id of the element that shows the current tab (give it `role="tabpanel"`). */
  readonly panelId?: string
  /** At the right end of the same line, as "Mark season watched". */
  readonly children?: ReactNode
}

/** Views of one page, of which one is shown: seasons, parts of the shelf. Arrow keys go along. */
export function Tabs({ label, tabs, current, onChange, panelId, children }: TabsProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === current)
    const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl'
    const next = tabs[tabAfter(event.key, at, tabs.length, isRightToLeft ? -1 : 1)]
    if (next === undefined) return
    event.preventDefault()
    onChange(next.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next)]?.focus()
  }
  return (
    <div className="tabs">
      <div className="tabs-list" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map(({ id, label: name, suffix }) => (
          <button
            key={id}
            type="button"
            role="tab"
            className="tab"
            aria-selected={id === current}
            aria-controls={id === current ? panelId : undefined}
            tabIndex={id === current ? 0 : -1}
            onClick={() => onChange(id)}
          >
            {name}
            {suffix === undefined ? null : <span className="tab-suffix"> {suffix}</span>}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}

/** The tab that a key leads to, or -1. */
function tabAfter(key: string, at: number, count: number, sideways: 1 | -1): number {
  switch (key) {
    case 'ArrowRight':
      return (at + sideways + count) % count
    case 'ArrowLeft':
      return (at - sideways + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}

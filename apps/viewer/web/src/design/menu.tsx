import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import './menu.css'

/** Something that a menu does, or a choice that it holds. */
export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  /** Given: a choice of the menu, on or off. */
  readonly isOn?: boolean
  /** It takes something away for good. */
  readonly isDestructive?: boolean
}

/** Properties of {@link Menu}. */
export interface MenuProps {
  /** The button that opens it; spread the properties onto a `Button` or `IconButton`. */
  readonly opener: (properties: {
    readonly 'aria-haspopup': 'menu'
    readonly 'aria-expanded': boolean
    readonly onClick: () => void
  }) => ReactNode
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly onChoose: (id: string) => void
  /** Which edge of the button it keeps to. Default: `start`. */
  readonly align?: 'start' | 'end'
}

/** A list of things to do, under a button. Arrow keys go along, Escape goes back to the button. */
export function Menu({ opener, label, items, onChoose, align = 'start' }: MenuProps): ReactNode {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const close = (): void => {
    setOpen(false)
    root.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus()
  }
  useEffect(() => {
    if (!isOpen) return undefined
    const chosen = root.current?.querySelector<HTMLElement>('[aria-checked=true]')
    const first = chosen ?? root.current?.querySelector<HTMLElement>('.menu-item')
    first?.focus()
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true)
        setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [isOpen])
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault()
      event.stopPropagation()
      close()
      return
    }
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-item')]
    const at = all.findIndex((item) => item === document.activeElement)
    const next = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    all[next]?.focus()
  }
  return (
    <div className="menu" ref={root}>
      {opener({
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        onClick: () => setOpen(!isOpen),
      })}
      {isOpen ? (
        <div className={`menu-list ${align}`} role="menu" aria-label={label} onKeyDown={press}>
          {items.map(({ id, label: name, icon: Icon, isOn, isDestructive = false }) => (
            <button
              key={id}
              type="button"
              className={isDestructive ? 'menu-item destructive' : 'menu-item'}
              role={isOn === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={isOn}
              tabIndex={-1}
              onClick={() => {
                close()
                onChoose(id)
              }}
            >
              <span className="menu-icon">
                {isOn === true ? (
                  <Check size={18} strokeWidth={2} aria-hidden="true" />
                ) : Icon === undefined ? null : (
                  <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
                )}
              </span>
              {name}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

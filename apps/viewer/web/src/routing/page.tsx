import { useEffect, useRef, type ReactNode } from 'react'
import './page.css'

/** Properties of {@link Page}. */
export interface PageProps {
  /** Of the document: `Sintel` becomes `Sintel · Matinee`. */
  readonly title: string
  /** More class names of the page. */
  readonly className?: string
  /** The page puts the focus where it wants it itself, as into a search field. Default: false. */
  readonly keepsFocus?: boolean
  readonly children: ReactNode
}

/** The first page of a visit leaves the focus where the browser put it. */
let isFirstPage = true

/**
 * A page: the document's title, the landmark that the skip link leads to, and, for those who don't see that
 * the page changed, the focus on its heading.
 */
export function Page({ title, className, keepsFocus = false, children }: PageProps): ReactNode {
  const main = useRef<HTMLElement>(null)
  const isWaiting = useRef(false)
  useEffect(() => {
    isWaiting.current = !isFirstPage && !keepsFocus
    isFirstPage = false
  }, [keepsFocus])
  useEffect(() => {
    if (!isWaiting.current) return
    const heading = main.current?.querySelector<HTMLElement>('h1') ?? null
    // A page that is still being fetched has no heading yet; its title changes when it has.
    if (heading !== null) isWaiting.current = false
    focusOn(heading ?? main.current)
  }, [title])
  return (
    <main
      className={className === undefined ? 'page' : `page ${className}`}
      id="programme"
      tabIndex={-1}
      ref={main}
    >
      <title>{`${title} · Matinee`}</title>
      {children}
    </main>
  )
}

function focusOn(element: HTMLElement | null): void {
  if (element === null) return
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1
  element.focus({ preventScroll: true })
}

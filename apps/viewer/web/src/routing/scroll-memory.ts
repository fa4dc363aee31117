import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation, useSearch } from 'wouter'

/** How long a page may take to become as long as it was. */
const RESTORE_MS = 3000

/** Scroll positions in CSS pixels by place in the history, for as long as the document lives. */
const positions = new Map<string, number>()

/**
 * Going back finds a page where it was left; going on starts at the top. The browser's own memory doesn't do:
 * it restores before a long list has its height.
 */
export function useScrollMemory(): void {
  const [location] = useLocation()
  const search = useSearch()
  const isTraversal = useRef(false)
  const isFirst = useRef(true)

  useEffect(() => {
    history.scrollRestoration = 'manual'
    const remember = (): void => void positions.set(historyKey(), scrollY)
    const traverse = (): void => {
      isTraversal.current = true
    }
    addEventListener('scroll', remember, { passive: true })
    addEventListener('popstate', traverse)
    return () => {
      removeEventListener('scroll', remember)
      removeEventListener('popstate', traverse)
    }
  }, [])

  useLayoutEffect(() => {
    const hasGoneBack = isTraversal.current
    isTraversal.current = false
    if (isFirst.current) {
      isFirst.current = false
      return undefined
    }
    return scrollUntil(hasGoneBack ? (positions.get(historyKey()) ?? 0) : 0)
  }, [location, search])
}

/** Scrolls as soon as the page is long enough, unless the viewer moves first. Returns how to give up. */
function scrollUntil(top: number): () => void {
  const ending = new AbortController()
  const { signal } = ending
  const stop = (): void => ending.abort()
  const observer = new ResizeObserver(() => {
    scrollTo({ top, behavior: 'instant' })
    if (Math.abs(scrollY - top) < 2) stop()
  })
  signal.addEventListener('abort', () => observer.disconnect())
  scrollTo({ top, behavior: 'instant' })
  if (Math.abs(scrollY - top) < 2) return stop
  observer.observe(document.body)
  const timer = setTimeout(stop, RESTORE_MS)
  signal.addEventListener('abort', () => clearTimeout(timer))
  for (const event of ['wheel', 'touchstart', 'keydown', 'pointerdown'])
    addEventListener(event, stop, { signal, passive: true })
  return stop
}

/** The place in the history: the browser's own key where it has one, else the address. */
function historyKey(): string {
  const key: unknown =
    'navigation' in globalThis ? globalThis.navigation.currentEntry?.key : undefined
  return typeof key === 'string' ? key : location.pathname + location.search
}

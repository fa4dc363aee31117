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
  const isFirst = useRef(true)

  useEffect(() => {
    if (historyKey() !== null) history.scrollRestoration = 'manual'
    const remember = (): void => {
      const key = historyKey()
      if (key !== null) positions.set(key, scrollY)
    }
    addEventListener('scroll', remember, { passive: true })
    return () => removeEventListener('scroll', remember)
  }, [])

  useLayoutEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return undefined
    }
    // A place that is new in the history has no position yet.
    return scrollUntil(positions.get(historyKey() ?? '') ?? 0)
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

/** The browser's own key of the place in the history; null = it has none, and restores as well as it can. */
function historyKey(): string | null {
  const key: unknown =
    'navigation' in globalThis ? globalThis.navigation.currentEntry?.key : undefined
  return typeof key === 'string' ? key : null
}

import { useEffect, useRef, useState, type RefObject } from 'react'

const AHEAD = '400px'

/** Whether an element was ever in view, or nearly; what is costly to draw waits for it. */
export function useSeen(): readonly [RefObject<HTMLSpanElement | null>, boolean] {
  const element = useRef<HTMLSpanElement>(null)
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    const watched = element.current
    if (watched === null || isSeen) return undefined
    return watch(watched, () => setSeen(true))
  }, [isSeen])
  return [element, isSeen]
}

const waiting = new WeakMap<Element, () => void>()
let observer: IntersectionObserver | undefined

/** One observer for all posters of the page: a grid has hundreds. */
function watch(element: Element, onSeen: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries, own) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue
        own.unobserve(target)
        waiting.get(target)?.()
      }
    },
    { rootMargin: AHEAD },
  )
  waiting.set(element, onSeen)
  observer.observe(element)
  const watching = observer
  return () => watching.unobserve(element)
}

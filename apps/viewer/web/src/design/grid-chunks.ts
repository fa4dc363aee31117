import { useEffect, useReducer, useRef } from 'react'

const CHUNK = 60
/** Chunks that are kept; the rest is asked for again when it's seen again. */
const MOST_CHUNKS = 40

type Load<Item> = (offset: number, limit: number, signal: AbortSignal) => Promise<readonly Item[]>

/**
 * Items of a long list, asked for in chunks when places from `start` to `end` are in view. A chunk that
 * fails is asked for again when it comes into view again.
 */
export function useChunks<Item>(
  load: Load<Item>,
  total: number,
  start: number,
  end: number,
): (place: number) => Item | undefined {
  const chunks = useRef(new Map<number, readonly Item[]>())
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const source = useRef(load)
  if (source.current !== load) {
    source.current = load
    chunks.current = new Map()
  }
  const first = Math.floor(start / CHUNK)
  const last = Math.floor(Math.min(end, total - 1) / CHUNK)
  useEffect(() => {
    const ending = new AbortController()
    const kept = chunks.current
    for (let chunk = first; chunk <= last; chunk++) {
      if (kept.has(chunk)) continue
      load(chunk * CHUNK, CHUNK, ending.signal).then(
        (items) => {
          if (ending.signal.aborted) return
          kept.set(chunk, items)
          for (const old of kept.keys()) {
            if (kept.size <= MOST_CHUNKS) break
            if (old < first || old > last) kept.delete(old)
          }
          redraw()
        },
        () => undefined,
      )
    }
    return () => ending.abort()
  }, [load, first, last])
  return (place) => chunks.current.get(Math.floor(place / CHUNK))?.[place % CHUNK]
}

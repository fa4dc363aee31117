import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { gridShape, itemAfter, rowsInView } from './grid-window.ts'
import { useChunks } from './grid-chunks.ts'
import { Skeleton } from './skeleton.tsx'
import './poster-grid.css'

/** Properties of {@link PosterGrid}. */
export interface PosterGridProps<Item> {
  /** What is listed, for screen readers. */
  readonly label: string
  /** How many there are in all. */
  readonly total: number
  /** Items from `offset`, at most `limit`; asked for when they come near the view. Memoise it: a new
   * function is a new list. */
  readonly load: (offset: number, limit: number, signal: AbortSignal) => Promise<readonly Item[]>
  /** A `PosterCard`, or another link. */
  readonly card: (item: Item) => ReactNode
  /** Least width of a poster: the size slider's value. Default: 172. */
  readonly posterWidth?: number
}

/**
 * A wall of posters of any length: only the rows in view stand in the document. Arrow keys go in four
 * directions, through what isn't loaded yet too.
 */
export function PosterGrid<Item>({
  label,
  total,
  load,
  card,
  posterWidth = 172,
}: PosterGridProps<Item>): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  const view = useView(list)
  const [focused, setFocused] = useState<number | null>(null)
  const wanted = useRef<number | null>(null)
  const shape = gridShape(view.width, posterWidth, view.gap, view.caption, total)
  const shown = rowsInView(shape, view.top, view.height)
  const rows = Array.from({ length: shown.end - shown.start }, (_, at) => shown.start + at)
  const focusedRow = focused === null ? null : Math.floor(focused / shape.columns)
  // The row with the focus stays, or scrolling would throw the focus away.
  if (focusedRow !== null && focusedRow < shape.rows && !rows.includes(focusedRow))
    rows.push(focusedRow)
  const itemAt = useChunks(load, total, shown.start * shape.columns, shown.end * shape.columns)
  useEffect(() => {
    if (wanted.current === null) return
    const link = linkOf(list.current, wanted.current)
    if (link === null) return
    wanted.current = null
    link.focus({ preventScroll: true })
    link.scrollIntoView({ block: 'nearest' })
  })
  const press = (event: KeyboardEvent<HTMLUListElement>): void => {
    const at = placeOf(event.target)
    if (at === null) return
    const next = itemAfter(event.key, at, shape.columns, total)
    if (next === null) return
    event.preventDefault()
    wanted.current = next
    setFocused(next)
    if (linkOf(list.current, next) !== null) return
    const top = (list.current?.offsetTop ?? 0) + Math.floor(next / shape.columns) * shape.rowHeight
    scrollTo({ top: top - view.height / 3, behavior: 'instant' })
  }
  return (
    <ul
      className="poster-grid"
      aria-label={label}
      ref={list}
      style={{ blockSize: `${shape.rows * shape.rowHeight}px` }}
      onKeyDown={press}
      onFocus={(event) => setFocused(placeOf(event.target))}
      onBlur={() => setFocused(null)}
    >
      {rows.flatMap((row) =>
        Array.from({ length: shape.columns }, (_, column) => {
          const at = row * shape.columns + column
          if (at >= total) return null
          const item = itemAt(at)
          return (
            <li
              key={at}
              data-place={at}
              aria-setsize={total}
              aria-posinset={at + 1}
              style={{
                inlineSize: `${shape.itemWidth}px`,
                insetBlockStart: `${row * shape.rowHeight}px`,
                insetInlineStart: `${column * (shape.itemWidth + view.gap)}px`,
              }}
            >
              {item === undefined ? <Skeleton shape="poster" /> : card(item)}
            </li>
          )
        }),
      )}
    </ul>
  )
}

interface View {
  /** How far the window's top is below the grid's. */
  readonly top: number
  readonly height: number
  readonly width: number
  readonly gap: number
  readonly caption: number
}

/** The window over the grid, as it scrolls and changes its size. */
function useView(list: { readonly current: HTMLElement | null }): View {
  const [view, setView] = useState<View>({ top: 0, height: 900, width: 1200, gap: 20, caption: 96 })
  useLayoutEffect(() => {
    const grid = list.current
    if (grid === null) return undefined
    const look = (): void => {
      const box = grid.getBoundingClientRect()
      const style = getComputedStyle(grid)
      const next: View = {
        // Steps of 64 px: a smooth scroll needn't render at each pixel.
        top: Math.floor(-box.top / 64) * 64,
        height: innerHeight,
        width: grid.clientWidth,
        gap: parseFloat(style.columnGap) || 0,
        caption: parseFloat(style.getPropertyValue('--caption')) || 96,
      }
      setView((before) => (isSame(before, next) ? before : next))
    }
    const observer = new ResizeObserver(look)
    observer.observe(grid)
    addEventListener('scroll', look, { passive: true })
    addEventListener('resize', look)
    look()
    return () => {
      observer.disconnect()
      removeEventListener('scroll', look)
      removeEventListener('resize', look)
    }
  }, [list])
  return view
}

function isSame(one: View, other: View): boolean {
  return (
    one.top === other.top &&
    one.height === other.height &&
    one.width === other.width &&
    one.gap === other.gap &&
    one.caption === other.caption
  )
}

function placeOf(target: EventTarget): number | null {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null
  return item === null ? null : Number(item.dataset['place'])
}

function linkOf(list: HTMLElement | null, place: number): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-place="${place}"] :is(a, button)`) ?? null
}

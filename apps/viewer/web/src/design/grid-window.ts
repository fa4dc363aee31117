/** Which rows of a grid stand in the page: those in view, and some before and after. */

/** Lengths in CSS pixels. */
export interface GridShape {
  readonly columns: number
  readonly itemWidth: number
  /** A row with the gap under it; all rows are equally high. */
  readonly rowHeight: number
  readonly rows: number
}

/** Fewer works than this don't make more columns: half of a wide screen would stay empty. */
const FEW = 5

/** How many columns of at least `posterWidth` fit, at least 2, and how high their rows are. */
export function gridShape(
  width: number,
  posterWidth: number,
  gap: number,
  captionHeight: number,
  total: number,
): GridShape {
  const fitting = Math.max(2, Math.floor((width + gap) / (posterWidth + gap)))
  const columns = Math.min(fitting, Math.max(FEW, total))
  const itemWidth = Math.max(1, (width - gap * (columns - 1)) / columns)
  return {
    columns,
    itemWidth,
    rowHeight: itemWidth * 1.5 + captionHeight,
    rows: Math.ceil(total / columns),
  }
}

/** Half-open run of rows for a view that begins `top` below the grid's own top. */
export function rowsInView(
  shape: GridShape,
  top: number,
  viewHeight: number,
): { readonly start: number; readonly end: number } {
  const spare = 2
  const first = Math.floor(top / shape.rowHeight) - spare
  const last = Math.ceil((top + viewHeight) / shape.rowHeight) + spare
  const start = Math.min(Math.max(0, first), shape.rows)
  return { start, end: Math.min(Math.max(start, last), shape.rows) }
}

/** The item that an arrow key leads to, or null when there is none. */
export function itemAfter(
  key: string,
  at: number,
  columns: number,
  total: number,
  isRightToLeft = false,
): number | null {
  const sideways = isRightToLeft ? -1 : 1
  const step = {
    ArrowRight: sideways,
    ArrowLeft: -sideways,
    ArrowDown: columns,
    ArrowUp: -columns,
    Home: -at,
    End: total - 1 - at,
  }[key]
  if (step === undefined || step === 0) return null
  const next = at + step
  return next < 0 || next >= total ? null : next
}

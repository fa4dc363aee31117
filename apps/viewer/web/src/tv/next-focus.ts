/** Where something stands on the screen, in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The four ways of a remote control. */
export type Direction = 'left' | 'right' | 'up' | 'down'

/** How much farther away something seems that lies aside of the way: rows and columns are kept to. */
const ASIDE = 3

/**
 * What an arrow leads to: the nearest that lies that way, which of two is it that is more straight ahead. `null` = there
 * is nothing that way.
 *
 * @returns a place in `others`
 */
export function nextFocus(from: Box, others: readonly Box[], direction: Direction): number | null {
  const turned = turn(from, direction)
  let best: number | null = null
  let bestCost = Infinity
  for (const [at, other] of others.entries()) {
    const box = turn(other, direction)
    // Ahead is what begins behind the middle and ends behind the end: neighbours may overlap a little.
    const isAhead = middle(box.left, box.right) > turned.right - 1 || box.left >= turned.right - 1
    if (!isAhead || box.right <= turned.right) continue
    const ahead = Math.max(0, box.left - turned.right)
    const aside = Math.max(0, box.top - turned.bottom, turned.top - box.bottom)
    const offset = Math.abs(middle(box.top, box.bottom) - middle(turned.top, turned.bottom))
    const cost = ahead + ASIDE * aside + offset / 8
    if (cost >= bestCost) continue
    best = at
    bestCost = cost
  }
  return best
}

/** The same seen so that the way leads to the right. */
function turn({ left, top, right, bottom }: Box, direction: Direction): Box {
  switch (direction) {
    case 'right':
      return { left, top, right, bottom }
    case 'left':
      return { left: -right, top, right: -left, bottom }
    case 'down':
      return { left: top, top: left, right: bottom, bottom: right }
    case 'up':
      return { left: -bottom, top: left, right: -top, bottom: right }
  }
}

function middle(start: number, end: number): number {
  return (start + end) / 2
}

import { nextFocus, type Box, type Direction } from './next-focus.ts'

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
/** What may have the focus. */
const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea, summary, [tabindex="0"]'
/** Kinds of `input` in which arrows move nothing. */
const PRESSED = new Set(['button', 'checkbox', 'submit', 'reset'])
/** Of a page that has no place for the focus yet, arrows lead on by so much of the screen. */
const SCROLL_PART = 0.6

let isListening = false

/**
 * Makes the arrow keys of a remote control go from one thing on the screen to the next, wherever the thing that has the
 * focus has no use for them itself. Listens once, and only while the pages are laid out for a television.
 */
export function listenForArrows(): void {
  if (isListening) return
  isListening = true
  document.addEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  const direction = DIRECTIONS[event.key]
  const isModified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey
  if (direction === undefined || isModified || event.defaultPrevented) return
  if (document.documentElement.dataset['mode'] !== 'tv') return
  const root = foremost()
  const focused = document.activeElement
  const from = focused instanceof HTMLElement && root.contains(focused) ? focused : null
  if (from !== null && needsArrow(from, direction)) return
  // Over the film itself, arrows are the player's: it seeks.
  const isStage = root.matches('.player-host')
  const isOnPicture = isStage && (from === null || from === root || !from.matches(STOPS))
  if (isOnPicture) {
    if (direction !== 'down') return
    event.preventDefault()
    root.querySelector<HTMLElement>('.controls-line button')?.focus()
    return
  }
  const stops = stopsIn(root)
  const boxes = stops.map(boxOf)
  const own = from === null ? -1 : stops.indexOf(from)
  const others = boxes.filter((_, at) => at !== own)
  const start = own === -1 ? startBox(direction) : boxes[own]
  const found = start === undefined ? null : nextFocus(start, others, direction)
  event.preventDefault()
  if (found === null) {
    if (!isStage) scrollOn(direction)
    return
  }
  const target = stops.filter((_, at) => at !== own)[found]
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'smooth' })
}

/** What is in front of everything else: an open sheet, the player, or the page. */
function foremost(): HTMLElement {
  const sheets = [
    ...document.querySelectorAll<HTMLElement>('dialog:modal, [role="dialog"][aria-modal="true"]'),
  ]
  const stage = document.querySelector<HTMLElement>('.player-host:not([data-mode="mini"])')
  return sheets.at(-1) ?? (stage?.checkVisibility() === true ? stage : document.body)
}

function stopsIn(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(STOPS)].filter(
    (each) =>
      each.tabIndex >= 0 &&
      each.checkVisibility({ visibilityProperty: true }) &&
      each.closest('[inert], [aria-hidden="true"]') === null,
  )
}

/** Text is walked through, choices and lines are moved on, in the directions that mean that. */
function needsArrow(element: HTMLElement, direction: Direction): boolean {
  const isSideways = direction === 'left' || direction === 'right'
  if (element instanceof HTMLInputElement) {
    if (element.type === 'radio') return true
    if (element.type === 'range') return isSideways
    return !PRESSED.has(element.type) && isSideways && element.value !== ''
  }
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true
  return element.getAttribute('role') === 'slider' && isSideways
}

function boxOf(element: HTMLElement): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  return { left, top, right, bottom }
}

/** Where nothing has the focus yet, the way begins at the edge that it leads away from. */
function startBox(direction: Direction): Box {
  const { innerWidth: width, innerHeight: height } = globalThis
  switch (direction) {
    case 'right':
    case 'down':
      return { left: 0, top: 0, right: 1, bottom: 1 }
    case 'left':
    case 'up':
      return { left: width - 1, top: height - 1, right: width, bottom: height }
  }
}

function scrollOn(direction: Direction): void {
  const part = SCROLL_PART * innerHeight
  if (direction === 'down') scrollBy({ top: part, behavior: 'smooth' })
  if (direction === 'up') scrollBy({ top: -part, behavior: 'smooth' })
}

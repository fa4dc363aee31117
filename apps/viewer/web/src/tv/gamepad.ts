import { pressesOf, type HeldPresses, type PadPress } from './gamepad-presses.ts'

/** Keys that the pages and the player know already. */
const KEYS: Partial<Record<PadPress, string>> = {
  play: 'k',
  'leap-back': 'j',
  'leap-on': 'l',
  subtitles: 'c',
}

let isFollowing = false

/** Makes every gamepad work the pages as a remote control does. Asks them at each frame for as long as there is one. */
export function followGamepads(): void {
  if (isFollowing) return
  isFollowing = true
  const held = new Map<number, HeldPresses>()
  const look = (): void => {
    const pads = navigator.getGamepads().filter((pad) => pad !== null)
    isFollowing = pads.length > 0
    // A page that isn't looked at isn't worked.
    if (document.visibilityState === 'visible')
      for (const pad of pads) {
        const found = pressesOf(pad, held.get(pad.index) ?? new Map(), performance.now())
        held.set(pad.index, found.held)
        for (const press of found.presses) act(press)
      }
    if (isFollowing) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

function act(press: PadPress): void {
  const focused = document.activeElement ?? document.body
  if (press === 'press') {
    const isPage = focused === document.body || !(focused instanceof HTMLElement)
    if (isPage) sendKey(focused, ' ')
    else focused.click()
    return
  }
  if (press !== 'back') {
    sendKey(focused, KEYS[press] ?? press)
    return
  }
  // What is open closes first; then the film; then the page before comes.
  const sheet = document.querySelector('dialog:modal')
  if (sheet !== null) {
    sheet.dispatchEvent(new Event('cancel', { cancelable: true }))
    return
  }
  if (!sendKey(focused, 'Escape')) return
  const close = document.querySelector<HTMLElement>('[data-tv="back"]')
  if (close?.checkVisibility() === true) close.click()
  else history.back()
}

/** False = somebody took the key. */
function sendKey(target: Element, key: string): boolean {
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true }),
  )
}

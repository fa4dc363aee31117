import type { KeyPress } from './player-keys.ts'

/** What kind of thing has the focus when a key is pressed. */
export function focusOf(target: EventTarget | null): KeyPress['focus'] {
  if (!(target instanceof HTMLElement)) return 'page'
  if (target.closest('[data-focus="time-line"]') !== null) return 'time-line'
  if (target.closest('[data-focus="volume"]') !== null) return 'volume'
  if (target.closest('input[type="radio"]') !== null) return 'choice'
  if (target.closest('input, textarea, select, [contenteditable]') !== null) return 'text'
  return target.closest('button, a, summary, [role="button"]') === null ? 'page' : 'button'
}

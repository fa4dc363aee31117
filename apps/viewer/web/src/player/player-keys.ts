import type { PlayerAct } from './player-state.ts'

/** A key press, without the DOM. */
export interface KeyPress {
  /** As `KeyboardEvent.key`. */
  readonly key: string
  /** Ctrl, Alt or the system's key: then it's the browser's. */
  readonly isModified: boolean
  /** What has the focus. */
  readonly focus: 'page' | 'button' | 'time-line' | 'volume' | 'text'
}

const STEP_SECONDS = 5
const LEAP_SECONDS = 10
const VOLUME_STEP = 0.05

/** Keys as YouTube and mpv have them, in the order of the list that `?` shows. */
export const KEY_LIST = [
  { keys: ['Space', 'K'], text: 'keys.play' },
  { keys: ['J', 'L'], text: 'keys.leap' },
  { keys: ['←', '→'], text: 'keys.step' },
  { keys: ['0', '9'], text: 'keys.tenth' },
  { keys: ['Home', 'End'], text: 'keys.ends' },
  { keys: ['P', 'N'], text: 'keys.chapter' },
  { keys: ['↑', '↓'], text: 'keys.volume' },
  { keys: ['M'], text: 'keys.mute' },
  { keys: ['C'], text: 'keys.captions' },
  { keys: ['<', '>'], text: 'keys.rate' },
  { keys: ['F'], text: 'keys.full-screen' },
  { keys: ['?'], text: 'keys.list' },
] as const

/** What a key press asks of the player, or null when it's none of the player's. */
export function actForKey(press: KeyPress): PlayerAct | null {
  if (press.isModified || press.focus === 'text') return null
  const { key, focus } = press
  // A button with the focus is pressed by these; it must not play at the same time.
  if (focus === 'button' && (key === ' ' || key === 'Enter')) return null
  if (focus === 'volume' && (key === 'ArrowLeft' || key === 'ArrowRight'))
    return { kind: 'volume-by', amount: key === 'ArrowRight' ? VOLUME_STEP : -VOLUME_STEP }
  if (focus === 'volume' && (key === 'Home' || key === 'End'))
    return { kind: 'volume-to', volume: key === 'End' ? 1 : 0 }
  if (/^[0-9]$/u.test(key)) return { kind: 'seek-to-fraction', fraction: Number(key) / 10 }
  return PLAIN_KEYS.get(key.length === 1 ? key.toLowerCase() : key) ?? null
}

const PLAIN_KEYS: ReadonlyMap<string, PlayerAct> = new Map<string, PlayerAct>([
  [' ', { kind: 'toggle-play' }],
  ['k', { kind: 'toggle-play' }],
  ['j', { kind: 'seek-by', seconds: -LEAP_SECONDS }],
  ['l', { kind: 'seek-by', seconds: LEAP_SECONDS }],
  ['ArrowLeft', { kind: 'seek-by', seconds: -STEP_SECONDS }],
  ['ArrowRight', { kind: 'seek-by', seconds: STEP_SECONDS }],
  ['ArrowUp', { kind: 'volume-by', amount: VOLUME_STEP }],
  ['ArrowDown', { kind: 'volume-by', amount: -VOLUME_STEP }],
  ['Home', { kind: 'seek-to-fraction', fraction: 0 }],
  ['End', { kind: 'seek-to-fraction', fraction: 1 }],
  ['p', { kind: 'chapter-by', step: -1 }],
  ['n', { kind: 'chapter-by', step: 1 }],
  ['m', { kind: 'toggle-mute' }],
  ['c', { kind: 'toggle-captions' }],
  ['f', { kind: 'toggle-full-screen' }],
  ['<', { kind: 'rate-by', step: -1 }],
  ['>', { kind: 'rate-by', step: 1 }],
  ['?', { kind: 'toggle-key-list' }],
  ['Escape', { kind: 'close-key-list' }],
])

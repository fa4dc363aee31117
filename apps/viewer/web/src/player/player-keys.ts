import type { PlayerAct } from './player-state.ts'

/** A key press, without the DOM. */
export interface KeyPress {
  /** As `KeyboardEvent.key`. */
  readonly key: string
  /** Ctrl, Alt or the system's key: then it's the browser's. */
  readonly isModified: boolean
  /** What has the focus. `choice`: radio buttons, which take the arrows and Space. */
  readonly focus: 'page' | 'button' | 'choice' | 'time-line' | 'volume' | 'text'
}

const STEP_SECONDS = 5
const LEAP_SECONDS = 10
const VOLUME_STEP = 0.05

/** Keys as YouTube and mpv have them, in the order of the list that `?` shows. */
export const KEY_LIST = [
  { keys: ['Space', 'K'], text: 'keys.play' },
  { keys: ['J', 'L'], text: 'keys.leap' },
  { keys: ['←', '→'], text: 'keys.step' },
  { keys: [',', '.'], text: 'keys.frame' },
  { keys: ['0', '9'], text: 'keys.tenth' },
  { keys: ['Home', 'End'], text: 'keys.ends' },
  { keys: ['PgDn', 'PgUp'], text: 'keys.chapter' },
  { keys: ['N'], text: 'keys.next' },
  { keys: ['↑', '↓'], text: 'keys.volume' },
  { keys: ['M'], text: 'keys.mute' },
  { keys: ['<', '>'], text: 'keys.rate' },
  { keys: ['[', ']'], text: 'keys.rate-tenth' },
  { keys: ['C', 'V'], text: 'keys.captions' },
  { keys: ['Z', 'X'], text: 'keys.delay' },
  { keys: ['F'], text: 'keys.full-screen' },
  { keys: ['T'], text: 'keys.mini' },
  { keys: ['I'], text: 'keys.statistics' },
  { keys: ['?'], text: 'keys.list' },
] as const

/** What a key press asks of the player, or null when it's none of the player's. */
export function actForKey(press: KeyPress): PlayerAct | null {
  if (press.isModified || press.focus === 'text') return null
  const { key, focus } = press
  // What has the focus takes these for itself; the film must not take them at the same time.
  if ((focus === 'button' || focus === 'choice') && (key === ' ' || key === 'Enter')) return null
  if (focus === 'choice' && key.startsWith('Arrow')) return null
  if (focus === 'volume' && (key === 'ArrowLeft' || key === 'ArrowRight'))
    return { kind: 'volume-by', amount: key === 'ArrowRight' ? VOLUME_STEP : -VOLUME_STEP }
  if (focus === 'volume' && (key === 'Home' || key === 'End'))
    return { kind: 'volume-to', volume: key === 'End' ? 1 : 0 }
  if (/^[0-9]$/u.test(key)) return { kind: 'seek-to-fraction', fraction: Number(key) / 10 }
  return PLAIN_KEYS.get(key) ?? PLAIN_KEYS.get(key.toLowerCase()) ?? null
}

/** Keys that also work the small player while the viewer is elsewhere in the programme. */
export function isMiniKey(press: KeyPress): boolean {
  return press.focus === 'page' && ['k', 'm', 't'].includes(press.key.toLowerCase())
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
  [',', { kind: 'frame-by', step: -1 }],
  ['.', { kind: 'frame-by', step: 1 }],
  ['PageDown', { kind: 'chapter-by', step: -1 }],
  ['PageUp', { kind: 'chapter-by', step: 1 }],
  ['n', { kind: 'next-episode' }],
  ['m', { kind: 'toggle-mute' }],
  ['<', { kind: 'rate-by', step: -1 }],
  ['>', { kind: 'rate-by', step: 1 }],
  ['[', { kind: 'rate-tenth', step: -1 }],
  [']', { kind: 'rate-tenth', step: 1 }],
  ['c', { kind: 'toggle-subtitles' }],
  ['v', { kind: 'toggle-subtitles' }],
  ['z', { kind: 'delay-by', step: -1 }],
  // As in mpv, where both are "later".
  ['Z', { kind: 'delay-by', step: 1 }],
  ['x', { kind: 'delay-by', step: 1 }],
  ['f', { kind: 'toggle-full-screen' }],
  ['t', { kind: 'toggle-mini' }],
  ['i', { kind: 'toggle-statistics' }],
  ['?', { kind: 'toggle-panel', panel: 'keys' }],
  ['Escape', { kind: 'close-panel' }],
])

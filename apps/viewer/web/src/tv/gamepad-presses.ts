/** What a gamepad asks for; the keyboard's name of it where there is one. */
export type PadPress =
  | 'ArrowUp'
  | 'ArrowDown'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'press'
  | 'back'
  | 'play'
  | 'leap-back'
  | 'leap-on'
  | 'subtitles'

/** A gamepad at a moment, as the Gamepad API has it (standard mapping). */
export interface PadState {
  readonly buttons: readonly { readonly pressed: boolean }[]
  /** -1 to 1. */
  readonly axes: readonly number[]
}

/** Gamepad API, standard gamepad: the places of its buttons. */
const BUTTONS: readonly (readonly [number, PadPress])[] = [
  [0, 'press'],
  [1, 'back'],
  [3, 'subtitles'],
  [4, 'leap-back'],
  [5, 'leap-on'],
  [9, 'play'],
  [12, 'ArrowUp'],
  [13, 'ArrowDown'],
  [14, 'ArrowLeft'],
  [15, 'ArrowRight'],
]
/** A stick that is pushed less far rests: none comes back to its middle exactly. */
const PUSHED = 0.6
/** Who holds an arrow goes on: first after this time, then this often. */
const FIRST_REPEAT_MS = 450
const REPEAT_MS = 130

/** What is held, and when it counts again. */
export type HeldPresses = ReadonlyMap<PadPress, number>

/** What is newly pressed, or held for long enough to count again. */
export function pressesOf(
  state: PadState,
  held: HeldPresses,
  nowMs: number,
): { readonly presses: readonly PadPress[]; readonly held: HeldPresses } {
  const presses: PadPress[] = []
  const next = new Map<PadPress, number>()
  for (const press of down(state)) {
    const againMs = held.get(press)
    if (againMs === undefined) {
      presses.push(press)
      next.set(press, nowMs + FIRST_REPEAT_MS)
    } else if (press.startsWith('Arrow') && nowMs >= againMs) {
      presses.push(press)
      next.set(press, nowMs + REPEAT_MS)
    } else next.set(press, againMs)
  }
  return { presses, held: next }
}

function down({ buttons, axes }: PadState): Set<PadPress> {
  const [x = 0, y = 0] = axes
  const pressed = new Set<PadPress>()
  for (const [place, press] of BUTTONS) if (buttons[place]?.pressed === true) pressed.add(press)
  if (x <= -PUSHED) pressed.add('ArrowLeft')
  if (x >= PUSHED) pressed.add('ArrowRight')
  if (y <= -PUSHED) pressed.add('ArrowUp')
  if (y >= PUSHED) pressed.add('ArrowDown')
  return pressed
}

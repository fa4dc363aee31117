import {
  BEEP_HERTZ,
  BEEP_SECONDS,
  beepSide,
  FAREWELL_SECONDS,
  LEADER_END_SECONDS,
  LENGTH_SECONDS,
  PLATES_END_SECONDS,
} from './timeline.ts'

/**
 * The reel's sound: a beep at the start of each second over a soft tone. The music is tuned to the
 * beep, 1000 Hz being its B, and every chord has a B: the beep is never a wrong note.
 */

export const SAMPLES_PER_SECOND = 48_000
const CHORD_SECONDS = 4
const BEEP_LEVEL = 0.34
const TONE_LEVEL = 0.042
const PLUCK_LEVEL = 0.085

/** Half steps below the beep's B, lowest first. */
const CHORDS: readonly (readonly number[])[] = [
  [-40, -28, -21, -12], // G with B
  [-43, -31, -24, -16], // E minor
  [-47, -35, -24, -19], // C with its seventh
  [-45, -33, -24, -17], // D with its sixth
]

/** Which voice of the chord is plucked on each quarter of a second; -1 is a rest. */
const PLUCKS = [-1, 1, 2, 3, -1, 2, 3, 2, -1, 3, 2, 1, -1, 2, 1, -1] as const

/** The whole sound as a WAV file: 16 bits, two channels. */
export function makeWav(): Uint8Array {
  const samples = LENGTH_SECONDS * SAMPLES_PER_SECOND
  const left = new Float64Array(samples)
  const right = new Float64Array(samples)
  addTone(left, right)
  addPlucks(left, right)
  addBeeps(left, right)
  return toWav(left, right)
}

function hertz(halfSteps: number): number {
  return BEEP_HERTZ * 2 ** (halfSteps / 12)
}

/** Chords of near-pure tones that swell into one another; the sides differ by a beat of 0.6 Hz. */
function addTone(left: Float64Array, right: Float64Array): void {
  for (let start = 0; start < LENGTH_SECONDS; start += CHORD_SECONDS) {
    const chord = CHORDS[(start / CHORD_SECONDS) % CHORDS.length] ?? []
    for (const voice of start < LEADER_END_SECONDS ? chord.slice(0, 2) : chord) {
      const pitch = hertz(voice)
      // The ear hears low tones less: they get more.
      const level = TONE_LEVEL * Math.sqrt(220 / Math.max(80, pitch))
      addSwell(left, start, pitch - 0.3, level)
      addSwell(right, start, pitch + 0.3, level)
    }
  }
}

function addSwell(into: Float64Array, start: number, pitch: number, level: number): void {
  const lengthSeconds = CHORD_SECONDS + 1.4
  const first = start * SAMPLES_PER_SECOND
  const end = Math.min(into.length, first + lengthSeconds * SAMPLES_PER_SECOND)
  for (let at = first; at < end; at++) {
    const seconds = (at - first) / SAMPLES_PER_SECOND
    const swell = Math.sin((Math.PI * seconds) / lengthSeconds) ** 1.2
    const ending = Math.min(1, (LENGTH_SECONDS - at / SAMPLES_PER_SECOND) / 2)
    const angle = 2 * Math.PI * pitch * seconds
    const wave = Math.sin(angle) + 0.22 * Math.sin(2 * angle) + 0.06 * Math.sin(3 * angle)
    into[at] = (into[at] ?? 0) + wave * swell * ending * level
  }
}

/** A music box over the plates and the last words; the test card is left quiet. */
function addPlucks(left: Float64Array, right: Float64Array): void {
  for (let quarter = 0; quarter < LENGTH_SECONDS * 4; quarter++) {
    const start = quarter / 4
    const plates = start >= LEADER_END_SECONDS && start < PLATES_END_SECONDS
    if (!plates && start < FAREWELL_SECONDS) continue
    const voice = PLUCKS[quarter % PLUCKS.length] ?? -1
    const chord = CHORDS[Math.floor(start / CHORD_SECONDS) % CHORDS.length]
    const note = chord?.[voice]
    if (note === undefined || start > LENGTH_SECONDS - 1) continue
    const side = 0.5 + 0.3 * Math.sin(quarter * 1.7)
    addPluck(left, start, hertz(note + 12), 1 - side)
    addPluck(right, start, hertz(note + 12), side)
  }
}

function addPluck(into: Float64Array, start: number, pitch: number, share: number): void {
  const first = Math.round(start * SAMPLES_PER_SECOND)
  const end = Math.min(into.length, first + 1.1 * SAMPLES_PER_SECOND)
  for (let at = first; at < end; at++) {
    const seconds = (at - first) / SAMPLES_PER_SECOND
    const attack = Math.min(1, seconds / 0.006)
    const angle = 2 * Math.PI * pitch * seconds
    const wave =
      Math.exp(-4.5 * seconds) * Math.sin(angle) +
      0.25 * Math.exp(-11 * seconds) * Math.sin(3 * angle)
    into[at] = (into[at] ?? 0) + wave * attack * PLUCK_LEVEL * 2 * share
  }
}

function addBeeps(left: Float64Array, right: Float64Array): void {
  const length = Math.round(BEEP_SECONDS * SAMPLES_PER_SECOND)
  for (let second = 0; second < LENGTH_SECONDS; second++) {
    const side = beepSide(second)
    for (let i = 0; i < length; i++) {
      const seconds = i / SAMPLES_PER_SECOND
      const ramp = Math.min(1, seconds / 0.004, (BEEP_SECONDS - seconds) / 0.004)
      const sample = BEEP_LEVEL * ramp * Math.sin(2 * Math.PI * BEEP_HERTZ * seconds)
      const at = second * SAMPLES_PER_SECOND + i
      if (side !== 'right') left[at] = (left[at] ?? 0) + sample
      if (side !== 'left') right[at] = (right[at] ?? 0) + sample
    }
  }
}

function toWav(left: Float64Array, right: Float64Array): Uint8Array {
  const bytes = new Uint8Array(44 + left.length * 4)
  const view = new DataView(bytes.buffer)
  const text = (at: number, words: string): void => {
    for (const [i, letter] of words.split('').entries()) view.setUint8(at + i, letter.charCodeAt(0))
  }
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 2, true)
  view.setUint32(24, SAMPLES_PER_SECOND, true)
  view.setUint32(28, SAMPLES_PER_SECOND * 4, true)
  view.setUint16(32, 4, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, left.length * 4, true)
  for (let at = 0; at < left.length; at++) {
    view.setInt16(44 + at * 4, toInt16(left[at] ?? 0), true)
    view.setInt16(46 + at * 4, toInt16(right[at] ?? 0), true)
  }
  return bytes
}

function toInt16(sample: number): number {
  return Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)
}

import { USUAL_PLACE, type CuePlace } from './cue.ts'

const ALIGNS = ['start', 'center', 'end'] as const

/** The place that ASS names by a key of the number pad: 1–3 bottom, 4–6 middle, 7–9 top. */
export function keypadPlace(key: number): CuePlace {
  const row = Math.floor((key - 1) / 3)
  const align = ALIGNS[(key - 1) % 3] ?? 'center'
  const positionPercent = align === 'start' ? 5 : align === 'end' ? 95 : null
  return { linePercent: row === 2 ? 5 : row === 1 ? 50 : null, positionPercent, align }
}

/** The place that the settings of a WebVTT timing line ask for (`line:10% position:20% align:start`). */
export function settingsPlace(settings: string): CuePlace {
  let place = USUAL_PLACE
  for (const setting of settings.slice(0, 200).split(/\s+/u)) {
    const [name, value = ''] = setting.split(':', 2)
    const [first = ''] = value.split(',', 1)
    if (name === 'line') place = { ...place, linePercent: linePercent(first) }
    else if (name === 'position') place = { ...place, positionPercent: percent(first) }
    else if (name === 'align') place = { ...place, align: alignOf(first) }
  }
  return place
}

/** The settings that {@link settingsPlace} reads back, with a blank before each. */
export function formatPlace(place: CuePlace): string {
  const line = place.linePercent === null ? '' : ` line:${place.linePercent}%`
  const position = place.positionPercent === null ? '' : ` position:${place.positionPercent}%`
  return line + position + (place.align === 'center' ? '' : ` align:${place.align}`)
}

/** A number of lines counts from the top, a negative one from the bottom, where cues stand anyway. */
function linePercent(value: string): number | null {
  if (value.endsWith('%')) return percent(value)
  if (!/^\d{1,3}$/u.test(value)) return null
  return Math.min(100, Math.round((Number(value) * 100) / 15))
}

function percent(value: string): number | null {
  const found = /^(\d{1,3}(?:\.\d{1,6})?)%$/u.exec(value)
  return found && Number(found[1]) <= 100 ? Number(found[1]) : null
}

function alignOf(value: string): CuePlace['align'] {
  if (value === 'start' || value === 'left') return 'start'
  return value === 'end' || value === 'right' ? 'end' : 'center'
}

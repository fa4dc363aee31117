/** `1:02:03.000`, as AVTransport writes durations and moments. */
export function clockText(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const whole = Math.floor(ms / 1000)
  const fraction = String(ms % 1000).padStart(3, '0')
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${fraction}`
}

/** Seconds of such a text; null for `NOT_IMPLEMENTED` and everything else that is no time. */
export function parseClockText(text: string): number | null {
  const match = /^\+?(\d{1,3}):([0-5]?\d):([0-5]?\d)(\.\d{1,6})?$/u.exec(text)
  if (match === null) return null
  const [, hours, minutes, seconds, fraction] = match
  return (
    Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0${fraction ?? '.0'}`)
  )
}

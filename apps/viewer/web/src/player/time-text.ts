/** `1:07:09`, `12:05`, `0:08`: film time as it's written. */
export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `20:36`, in French `20 h 36`: the time on the wall. */
export function wallText(date: Date, language: string): string {
  const minutes = String(date.getMinutes()).padStart(2, '0')
  return language.startsWith('fr')
    ? `${date.getHours()}\u202fh\u202f${minutes}`
    : `${date.getHours()}:${minutes}`
}

/** When a film that goes on from `positionSeconds` now would end. */
export function outBy(now: Date, durationSeconds: number, positionSeconds: number, rate = 1): Date {
  return new Date(now.getTime() + (Math.max(0, durationSeconds - positionSeconds) / rate) * 1000)
}

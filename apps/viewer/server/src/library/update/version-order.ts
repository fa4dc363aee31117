const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-[a-z0-9.]+)?$/u

/**
 * Whether a version is above another one, by its three numbers. One that is still being tried out (`0.2.0-rc.1`) is above
 * nothing, and what isn't a version isn't either: neither is announced to anybody.
 */
export function isNewer(version: string, own: string): boolean {
  const [theirs, ours] = [VERSION.exec(version), VERSION.exec(own)]
  if (theirs === null || ours === null || version.includes('-')) return false
  for (const at of [1, 2, 3]) {
    const difference = Number(theirs[at]) - Number(ours[at])
    if (difference !== 0) return difference > 0
  }
  // The same numbers: what was being tried out has come out.
  return own.includes('-')
}

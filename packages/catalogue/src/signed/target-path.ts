import { TRUST_LIMITS } from './trust-limits.ts'

declare const pathBrand: unique symbol

/** Where a file that a role signs for lies: segments of `a–z 0–9 . -`, joined by `/` (feed-format 11.5). */
export type TargetPath = string & { readonly [pathBrand]: true }

const SEGMENT = /^[a-z0-9][a-z0-9.-]*$/u
const PATTERN = /^[a-z0-9*?][a-z0-9.*?-]*$/u

/** The path that a text is, or `null`. */
export function parseTargetPath(text: string): TargetPath | null {
  return isMadeOf(text, SEGMENT) ? (text as TargetPath) : null
}

/** Whether a text is a pattern of paths: `*` stands for any run of characters in a segment, `?` for one of them. */
export function isPathPattern(text: string): boolean {
  return isMadeOf(text, PATTERN)
}

function isMadeOf(text: string, segment: RegExp): boolean {
  return (
    text.length <= TRUST_LIMITS.pathCharacters &&
    text.split('/').every((each) => segment.test(each))
  )
}

/** Whether a path is of a pattern. Takes no more steps than their lengths multiplied. */
export function isOfPattern(path: string, pattern: string): boolean {
  const names = path.split('/')
  const patterns = pattern.split('/')
  if (names.length !== patterns.length) return false
  return names.every((name, index) => isOfSegment(name, patterns[index] ?? ''))
}

/** Only the last `*` is ever tried again: what an earlier one could take, the last one can. */
function isOfSegment(name: string, pattern: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let resumed = 0
  while (at < name.length) {
    if (pattern[next] === '*') {
      star = next
      resumed = at
      next++
    } else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === name[at])) {
      at++
      next++
    } else if (star >= 0) {
      resumed++
      at = resumed
      next = star + 1
    } else return false
  }
  return /^\**$/u.test(pattern.slice(next))
}

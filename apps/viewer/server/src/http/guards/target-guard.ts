/** Methods that the server has an answer for; the rest gets 405 before anything is read. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** What is wrong with a request's first line, or null. */
export type TargetFault = 400 | 405 | 414 | null

/**
 * W7: looks at the first line before any URL is built from it. A target is a path and a query in
 * printable ASCII, beginning with exactly one slash, whose escapes decode: no other host can be smuggled
 * in (`//host`, `/\host`, `http://host/`) and no later `decodeURIComponent` can throw.
 */
export function targetFault(method: string, target: string, maxCharacters: number): TargetFault {
  if (!METHODS.has(method)) return 405
  if (target.length > maxCharacters) return 414
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/u.test(target)) return 400
  try {
    decodeURIComponent(target)
  } catch {
    // Only a throw says that the escapes aren't UTF-8.
    return 400
  }
  return null
}

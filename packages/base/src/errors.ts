/**
 * The three treatments of what goes wrong: an outcome is returned, a failure is thrown as a class
 * with a `code`, a bug is asserted.
 */

/** Thrown when our own code broke a rule of its own. Never the fault of a remote side. */
export class BugError extends Error {
  override readonly name = 'BugError'
}

/** Throws {@link BugError} when `condition` is false. The message names the broken rule. */
export function assert(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new BugError(`bug: ${rule}`)
}

/** The text of anything that was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replaceAll(/\s+/gu, ' ')
}

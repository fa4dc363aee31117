/** How many tests of a run ended which way. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Nothing was run. */
export const NO_TESTS: Tally = { passed: 0, failed: 0, skipped: 0 }

/** The tests of several runs together. */
export function sum(tallies: readonly Tally[]): Tally {
  let { passed, failed, skipped } = NO_TESTS
  for (const tally of tallies) {
    passed += tally.passed
    failed += tally.failed
    skipped += tally.skipped
  }
  return { passed, failed, skipped }
}

/** `12 passed, 0 failed`, with `, 3 skipped` when there are any: the closing line of a run. */
export function format({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

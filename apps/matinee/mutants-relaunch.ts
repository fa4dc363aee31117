import type { Mutant } from '../../tools/mutant.ts'

const RELAUNCH_TEST = 'apps/matinee/test/relaunch/relaunch.test.ts'

/** The guards of a relaunch. */
export const RELAUNCH_MUTANTS: readonly Mutant[] = [
  {
    row: 'C14',
    guard: 'leaves withdrawn works out of a relaunched feed',
    file: 'apps/matinee/src/relaunch/feed-heritage.ts',
    find: `standingUnder(standing.get(id) ?? []).isOffered`,
    replace: `standingUnder(standing.get(id) ?? []) !== null`,
    test: RELAUNCH_TEST,
  },
  {
    row: 'C15',
    guard: 'relaunches the feed that was asked for and no other',
    file: 'apps/matinee/src/relaunch/relaunch.ts',
    find: `expected !== null && before.fingerprint !== expected`,
    replace: `expected === before.fingerprint`,
    test: RELAUNCH_TEST,
  },
  {
    row: 'A13',
    guard: 'names no file in a relaunched feed that the copy did not have',
    file: 'apps/matinee/src/relaunch/inherited-work.ts',
    find: `missing === 0 ? read.record : withoutMissing(`,
    replace: `missing >= 0 ? read.record : withoutMissing(`,
    test: RELAUNCH_TEST,
  },
]

import { BASIC_CASES } from './basic-cases.ts'
import { CURATOR_CASES } from './curator-cases.ts'
import { HOSTILE_CASES } from './hostile-cases.ts'
import { KEY_CASES } from './key-cases.ts'
import type { RefreshCase } from './refresh-case.ts'
import { TIME_CASES } from './time-cases.ts'

/**
 * Every case of a refresh. Of the cases of the conformance suite of TUF two have no counterpart: static repositories are
 * signed with ECDSA, which feeds don't read (`test_keytype_and_scheme[ecdsa]` says so), and whether a file that is here
 * already is fetched again is a matter of whoever fetches. Its three tests of its own simulator aren't about readers.
 */
export const REFRESH_CASES: readonly RefreshCase[] = [
  ...BASIC_CASES,
  ...TIME_CASES,
  ...KEY_CASES,
  ...CURATOR_CASES,
  ...HOSTILE_CASES,
]

import { BASIC_CASES } from './basic-cases.ts'
import { CURATOR_CASES } from './curator-cases.ts'
import { HOSTILE_CASES } from './hostile-cases.ts'
import { KEY_CASES } from './key-cases.ts'
import type { RefreshCase } from './refresh-case.ts'
import { TIME_CASES } from './time-cases.ts'

/** Every case of a refresh. */
export const REFRESH_CASES: readonly RefreshCase[] = [
  ...BASIC_CASES,
  ...TIME_CASES,
  ...KEY_CASES,
  ...CURATOR_CASES,
  ...HOSTILE_CASES,
]

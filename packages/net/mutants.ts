import type { Mutant } from '../../tools/mutant.ts'
import { ADDRESS_MUTANTS } from './mutants-address.ts'
import { HTTP_MUTANTS } from './mutants-http.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [...ADDRESS_MUTANTS, ...HTTP_MUTANTS]

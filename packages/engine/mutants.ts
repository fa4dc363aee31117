import type { Mutant } from '../../tools/mutant.ts'
import { STORE_MUTANTS } from './mutants-store.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [...STORE_MUTANTS]

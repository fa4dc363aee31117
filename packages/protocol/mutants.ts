import type { Mutant } from '../../tools/mutant.ts'
import { METAINFO_MUTANTS } from './mutants-metainfo.ts'
import { WIRE_MUTANTS } from './mutants-wire.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [...METAINFO_MUTANTS, ...WIRE_MUTANTS]

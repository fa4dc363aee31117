import { SUBTITLE_MUTANTS } from './mutants-subtitles.ts'
import type { Mutant } from '../../tools/mutant.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [...SUBTITLE_MUTANTS]

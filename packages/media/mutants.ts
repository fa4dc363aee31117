import type { Mutant } from '../../tools/mutant.ts'
import { CONTAINER_MUTANTS } from './mutants-containers.ts'
import { EMBEDDED_MUTANTS } from './mutants-embedded.ts'
import { SUBTITLE_MUTANTS } from './mutants-subtitles.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [
  ...SUBTITLE_MUTANTS,
  ...CONTAINER_MUTANTS,
  ...EMBEDDED_MUTANTS,
]

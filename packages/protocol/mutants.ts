import type { Mutant } from '../../tools/mutant.ts'
import { DHT_MUTANTS } from './mutants-dht.ts'
import { METAINFO_MUTANTS } from './mutants-metainfo.ts'
import { WIRE_MUTANTS } from './mutants-wire.ts'

/** Every guard of this package that a test must miss. */
export const MUTANTS: readonly Mutant[] = [...DHT_MUTANTS, ...METAINFO_MUTANTS, ...WIRE_MUTANTS]

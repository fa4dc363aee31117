import { harvestFuzzers } from './harvest-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'

/** Every fuzzer of this application. */
export const FUZZERS: readonly Fuzzer[] = harvestFuzzers

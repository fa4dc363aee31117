import { containerFuzzer } from './container-fuzzer.ts'
import { embeddedFuzzer } from './embedded-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { subtitleFuzzer } from './subtitle-fuzzer.ts'

/** Every fuzzer of this package. */
export const FUZZERS: readonly Fuzzer[] = [subtitleFuzzer, containerFuzzer, embeddedFuzzer]

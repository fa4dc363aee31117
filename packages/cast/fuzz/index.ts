import { answerFuzzer } from './answer-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { messageFuzzer } from './message-fuzzer.ts'

/** Everything that `npm run fuzz` tries in this package. */
export const FUZZERS: readonly Fuzzer[] = [messageFuzzer, answerFuzzer]

import { bencodeFuzzer } from './bencode-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { magnetFuzzer } from './magnet-fuzzer.ts'
import { metainfoFuzzer } from './metainfo-fuzzer.ts'

/** Every fuzzer of this package. */
export const FUZZERS: readonly Fuzzer[] = [bencodeFuzzer, magnetFuzzer, metainfoFuzzer]

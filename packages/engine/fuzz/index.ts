import { dhtNodeFuzzer } from './dht-node-fuzzer.ts'
import { engineFuzzer } from './engine-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { resumeFuzzer } from './resume-fuzzer.ts'
import { storeFuzzer } from './store-fuzzer.ts'
import { wholeEngineFuzzer } from './whole-engine-fuzzer.ts'

/** Every fuzzer of this package. */
export const FUZZERS: readonly Fuzzer[] = [
  dhtNodeFuzzer,
  engineFuzzer,
  resumeFuzzer,
  storeFuzzer,
  wholeEngineFuzzer,
]

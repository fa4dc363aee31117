import { feedFuzzer, rasterFuzzer } from './feed-fuzzer.ts'
import type { Fuzzer } from './fuzzer.ts'
import { headFuzzer } from './head-fuzzer.ts'
import { listFuzzer } from './list-fuzzer.ts'
import { recordFieldFuzzer, recordFuzzer } from './record-fuzzer.ts'
import { refreshFuzzer, signedPartsFuzzer } from './signed-fuzzer.ts'

/** Every fuzzer of this package. */
export const FUZZERS: readonly Fuzzer[] = [
  recordFuzzer,
  recordFieldFuzzer,
  feedFuzzer,
  rasterFuzzer,
  refreshFuzzer,
  signedPartsFuzzer,
  headFuzzer,
  listFuzzer,
]

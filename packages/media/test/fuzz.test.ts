import { test } from 'node:test'
import { SeededRandom } from '@matinee/testkit'
import { FUZZERS } from '../fuzz/index.ts'

for (const fuzzer of FUZZERS)
  test(`P10: ${fuzzer.name}: 2 000 inputs made by chance keep every promise, each a seed of its own`, async () => {
    for (let seed = 0; seed < 2000; seed++)
      try {
        await fuzzer.run(new SeededRandom(seed))
      } catch (cause) {
        throw new Error(`${fuzzer.name} with seed ${seed}`, { cause })
      }
  })

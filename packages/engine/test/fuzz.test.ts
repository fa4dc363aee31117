import { test } from 'node:test'
import { SeededRandom } from '@matinee/testkit'
import { engineFuzzer } from '../fuzz/engine-fuzzer.ts'

test('P10: an engine survives 60 garbled conversations, each from a seed of its own', async () => {
  for (let seed = 0; seed < 60; seed++)
    try {
      await engineFuzzer.run(new SeededRandom(seed))
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
})

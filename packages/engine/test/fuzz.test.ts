import { test } from 'node:test'
import { SeededRandom } from '@matinee/testkit'
import { engineFuzzer } from '../fuzz/engine-fuzzer.ts'
import { wholeEngineFuzzer } from '../fuzz/whole-engine-fuzzer.ts'

test('P10: an engine survives 60 garbled conversations, each from a seed of its own', async () => {
  for (let seed = 0; seed < 60; seed++)
    try {
      await engineFuzzer.run(new SeededRandom(seed))
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
})

test('P10: a whole engine survives 25 worlds of strangers, failing disks and viewers who come and go', async () => {
  for (let seed = 0; seed < 25; seed++)
    try {
      await wholeEngineFuzzer.run(new SeededRandom(seed))
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
})

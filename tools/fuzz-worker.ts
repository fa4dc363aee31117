/** Runs one fuzzer over and over in a thread of its own, so that an endless loop can be stopped. */
import { parentPort, workerData } from 'node:worker_threads'
import { SeededRandom } from '@matinee/testkit'
import type { FuzzModule } from './fuzzer.ts'

/** What the thread is told. */
export interface FuzzTask {
  /** URL of a `fuzz/index.ts`. */
  readonly module: string
  readonly name: string
  readonly seconds: number
  /** The first try's; every later try has the next number. */
  readonly seed: number
  /** The seed of the try that is running, to be named when the thread hangs. */
  readonly current: SharedArrayBuffer
}

/** How it ended; never sent when a try hangs. */
export type FuzzEnd =
  | { readonly kind: 'held'; readonly tries: number }
  | { readonly kind: 'broken'; readonly tries: number; readonly seed: number; readonly why: string }

const { module, name, seconds, seed, current } = workerData as FuzzTask

async function fuzz(): Promise<FuzzEnd> {
  const { FUZZERS } = (await import(module)) as FuzzModule
  const fuzzer = FUZZERS.find((each) => each.name === name)
  if (fuzzer === undefined) throw new Error(`no fuzzer ${name} in ${module}`)
  const running = new BigInt64Array(current)
  const endMs = performance.now() + seconds * 1000
  let tries = 0
  do {
    const trySeed = seed + tries++
    Atomics.store(running, 0, BigInt(trySeed))
    try {
      await fuzzer.run(new SeededRandom(trySeed))
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return { kind: 'broken', tries, seed: trySeed, why }
    }
  } while (performance.now() < endMs)
  return { kind: 'held', tries }
}

parentPort?.postMessage(await fuzz())

/**
 * `npm run fuzz [-- --seconds N] [--seed S] [NAME …]`: every fuzzer of the packages and apps for N
 * seconds (600), two at a time. A failure names the seed that shows it again at the first try.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { FuzzEnd, FuzzTask } from './fuzz-worker.ts'
import type { FuzzModule } from './fuzzer.ts'
import { ROOT } from './root.ts'
import type { Tally } from './tally.ts'
import { CORES, inPool } from './pool.ts'

/** A try takes milliseconds; one that takes this long is an endless loop. */
const HANG_SECONDS = 20
const FOLDERS = ['packages/*/fuzz/index.ts', 'apps/*/fuzz/index.ts']

interface FuzzOptions {
  readonly seconds: number
  readonly seed: number
  /** Only these; all when empty. */
  readonly names: readonly string[]
}

/** Runs the fuzzers and prints a line for each. */
export async function runFuzzers({ seconds, seed, names }: FuzzOptions): Promise<Tally> {
  const tasks: FuzzTask[] = []
  for (const path of globSync(FOLDERS, { cwd: ROOT }).toSorted()) {
    const module = pathToFileURL(join(ROOT, path)).href
    for (const { name } of ((await import(module)) as FuzzModule).FUZZERS) {
      const isWanted = names.length === 0 || names.includes(name)
      if (isWanted) tasks.push({ module, name, seconds, seed, current: new SharedArrayBuffer(8) })
    }
  }
  const unknown = names.filter((name) => !tasks.some((task) => task.name === name))
  if (unknown.length > 0) throw new Error(`no such fuzzer: ${unknown.join(', ')}`)
  console.log(`fuzzing ${tasks.length} properties for ${seconds} s each, from seed ${seed}`)
  const results = await inPool(tasks, CORES, runTask)
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed, skipped: 0 }
}

async function runTask(task: FuzzTask): Promise<boolean> {
  const end = await endOf(task)
  if (end.kind === 'held') {
    const rate = Math.round(end.tries / task.seconds)
    console.log(`ok   ${task.name}: ${end.tries} tries, ${rate} a second`)
    return true
  }
  console.log(`FAIL ${task.name}: after ${end.tries} tries, with seed ${end.seed}: ${end.why}`)
  console.log(`     again: npm run fuzz -- --seconds 1 --seed ${end.seed} '${task.name}'`)
  return false
}

async function endOf(task: FuzzTask): Promise<FuzzEnd> {
  const worker = new Worker(new URL('fuzz-worker.ts', import.meta.url), { workerData: task })
  const current = new BigInt64Array(task.current)
  const { promise, resolve } = Promise.withResolvers<FuzzEnd>()
  const broken = (why: string): void => {
    const seed = Number(Atomics.load(current, 0))
    resolve({ kind: 'broken', tries: seed - task.seed + 1, seed, why })
  }
  let last = -1n
  const watch = setInterval(() => {
    const now = Atomics.load(current, 0)
    if (now === last) broken(`hangs: one try takes more than ${HANG_SECONDS} s`)
    last = now
  }, HANG_SECONDS * 1000)
  worker.on('message', (end: FuzzEnd) => resolve(end))
  worker.on('error', (error: unknown) =>
    broken(error instanceof Error ? error.message : String(error)),
  )
  worker.on('exit', (code) => broken(`the thread ended with ${code}`))
  const end = await promise
  clearInterval(watch)
  await worker.terminate()
  return end
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string' } },
    allowPositionals: true,
  })
  const seed = Number(values.seed ?? Date.now() % 1e9)
  const tally = await runFuzzers({ seconds: Number(values.seconds), seed, names: positionals })
  process.exitCode = tally.failed > 0 ? 1 : 0
}

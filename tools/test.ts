/**
 * `npm test`: everything; `npm test -- NAME …`: only the tests of these packages. Installs what the
 * tests need from the system where it may, and ends with what was not run and the count of all.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { runChecks } from './check.ts'
import { installPrograms } from './debian-packages.ts'
import { runFuzzers } from './fuzz.ts'
import { runMutants } from './mutants.ts'
import { ROOT } from './root.ts'
import { format, sum, type Tally } from './tally.ts'
import { filesOf, globFor, missingFor, needsOf, STAGES, type Stage } from './test-plan.ts'
import { runTests } from './test-run.ts'

const FUZZ_SECONDS = 5
/** The same tries each time: a test that was green stays so. `npm run fuzz` goes where nobody was. */
const FUZZ_SEED = 1
const FILE_TIMEOUT_MS = 300_000

const only = process.argv.slice(2).map((name) => globFor(name) ?? fail(name))
const isWhole = only.length === 0
const stages = STAGES.map((stage) => ({ stage, files: filesOf(stage, only) }))
const files = stages.flatMap((each) => each.files)
installPrograms(missingFor(files))
const missing = missingFor(files)
const notRun = files.filter((file) => needsOf(file).some((program) => missing.has(program)))

const tallies: Tally[] = []
if (isWhole) await timed('check', runChecks)
for (const [at, { stage, files: all }] of stages.entries()) {
  const ready = all.filter((file) => !notRun.includes(file))
  if (ready.length > 0) await timed(stage.name, () => runStage(stage, ready))
  if (!isWhole || at > 0) continue
  await timed('fuzz', () => runFuzzers({ seconds: FUZZ_SECONDS, seed: FUZZ_SEED, names: [] }))
  await timed('mutants', () => runMutants([]))
}
const total = sum([...tallies, { passed: 0, failed: 0, skipped: notRun.length }])
if (notRun.length > 0) {
  console.log(`\nNot run, because ${[...missing].join(', ')} is missing:`)
  for (const file of notRun) console.log(`  ${file}`)
}
console.log(`\n${format(total)}`)
process.exitCode = total.failed > 0 || notRun.length > 0 || total.passed === 0 ? 1 : 0

function fail(name: string): never {
  console.error(`npm test: there is no package, app or folder of tests named ${name}`)
  process.exit(2)
}

async function timed(name: string, work: () => Promise<Tally>): Promise<void> {
  console.log(`\n${name}`)
  const sinceMs = performance.now()
  const tally = await work()
  tallies.push(tally)
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1)
  console.log(`${name}: ${format(tally)} in ${seconds} s`)
}

async function runStage(stage: Stage, ready: readonly string[]): Promise<Tally> {
  if (stage.needsPages) {
    const pages = spawnSync(process.execPath, [join(ROOT, 'tools/pages.ts')], { stdio: 'inherit' })
    if (pages.status !== 0) return { passed: 0, failed: 1, skipped: 0 }
  }
  return runTests({ files: ready, concurrency: stage.concurrency, timeoutMs: FILE_TIMEOUT_MS })
}

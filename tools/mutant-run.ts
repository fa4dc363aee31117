import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { Mutant } from './mutant.ts'
import type { LoadedMutant } from './mutant-loader.ts'
import { ROOT } from './root.ts'

/** A run of the tests of one row in one file. */
export interface RowRun {
  /** Names of the row's tests that passed, and that failed. */
  readonly passed: readonly string[]
  readonly failed: readonly string[]
  readonly exitCode: number | null
  /** It was stopped because it took longer than {@link TIMEOUT_MS}. */
  readonly isHanging: boolean
  readonly output: string
}

/** A test of a row ends much sooner; without its guard it may wait forever. */
const TIMEOUT_MS = 60_000
const LOADER = pathToFileURL(join(ROOT, 'tools/mutant-loader.ts')).href

/** Runs the tests of `file` whose names begin with `row`, with a mutant or without. */
export async function runRow(file: string, row: string, mutant: Mutant | null): Promise<RowRun> {
  // What the tests leave in their temporary folder goes with it: a mutant's run may be cut short.
  const folder = await mkdtemp(join(tmpdir(), 'matinee-mutant-'))
  try {
    return await runRowIn(folder, file, row, mutant)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function runRowIn(
  folder: string,
  file: string,
  row: string,
  mutant: Mutant | null,
): Promise<RowRun> {
  const args = ['--test-reporter=tap', `--test-name-pattern=^${row}\\b`, '--import', LOADER, file]
  const env: NodeJS.ProcessEnv = { ...process.env, TMPDIR: folder, NODE_TEST_CONTEXT: undefined }
  if (mutant !== null) {
    const { find, replace } = mutant
    const loaded: LoadedMutant = { url: pathToFileURL(join(ROOT, mutant.file)).href, find, replace }
    env['MUTANT'] = JSON.stringify(loaded)
    // Programs and threads that the test starts are to run the mutant too.
    env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --import ${LOADER}`.trim()
  }
  // A group of its own, so that what the test started ends with it.
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = (): void => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }
  let isHanging = false
  const timer = setTimeout(() => {
    isHanging = true
    stop()
  }, TIMEOUT_MS)
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve))
  const errors = text(child.stderr)
  let output = ''
  for await (const part of child.stdout.setEncoding('utf8')) {
    output += part
    // One red test is enough to catch a mutant.
    if (mutant !== null && resultsOf(output, row).failed.length > 0) stop()
  }
  const exitCode = await exited
  clearTimeout(timer)
  return { ...resultsOf(output, row), exitCode, isHanging, output: output + (await errors) }
}

function resultsOf(tap: string, row: string): Pick<RowRun, 'passed' | 'failed'> {
  const lines = [...tap.matchAll(/^\s*(not )?ok \d+ - (.*?)(?: # (?:(SKIP|TODO)\b.*)?)?$/gmu)]
  const ofRow = lines.filter(
    ([, , name, skip]) => new RegExp(`^${row}\\b`, 'u').test(name ?? '') && skip === undefined,
  )
  const names = (isRed: boolean): string[] =>
    ofRow.filter(([, not]) => (not !== undefined) === isRed).map(([, , name]) => name ?? '')
  return { passed: names(false), failed: names(true) }
}

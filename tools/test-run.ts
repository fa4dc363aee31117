import { run } from 'node:test'
import { inspect } from 'node:util'
import { inPool } from './pool.ts'
import { ROOT } from './root.ts'
import { NO_TESTS, sum, type Tally } from './tally.ts'

/** How test files are run. */
export interface TestRunOptions {
  /** From the repository's root. */
  readonly files: readonly string[]
  /** Files at a time. */
  readonly concurrency: number
  /** Longest a file may take, until its process has ended. */
  readonly timeoutMs: number
}

/** Runs test files with node:test; prints a line for each file, and all about each red test. */
export async function runTests({ files, concurrency, timeoutMs }: TestRunOptions): Promise<Tally> {
  return sum(await inPool(files, concurrency, (file) => runFile(file, timeoutMs)))
}

async function runFile(file: string, timeoutMs: number): Promise<Tally> {
  // A run for each file, because only a run's signal ends a process that doesn't end by itself.
  const stream = run({ files: [file], cwd: ROOT, signal: AbortSignal.timeout(timeoutMs) })
  const reds: string[] = []
  let said = ''
  let tally = NO_TESTS
  let durationMs = 0
  stream.on('test:stdout', ({ message }) => (said += message))
  stream.on('test:stderr', ({ message }) => (said += message))
  stream.on('test:fail', ({ name, line, details: { error } }) => {
    // A suite, or a file, is red because of a test in it that was already reported.
    if ('failureType' in error && error.failureType === 'subtestsFailed') return
    reds.push(
      `RED ${name} (line ${line ?? 0})`,
      indent(inspect(error.cause ?? error, { depth: 3 })),
    )
  })
  stream.on('test:summary', ({ file: isOfFile, counts, duration_ms: durationOfRunMs }) => {
    if (isOfFile !== undefined) return
    const { tests, passed, skipped, todo } = counts
    tally = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo }
    durationMs = durationOfRunMs
  })
  stream.resume()
  await new Promise((resolve) => stream.on('end', resolve))
  const verdict = tally.failed === 0 ? 'ok  ' : 'FAIL'
  const seconds = (durationMs / 1000).toFixed(1).padStart(5)
  console.log(`${verdict} ${seconds} s ${String(tally.passed).padStart(4)} ${file}`)
  if (tally.failed > 0) console.log(indent([...reds, said].join('\n')))
  return tally
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gmu, '     ')
}

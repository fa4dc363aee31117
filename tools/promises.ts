/**
 * `npm run promises`: writes docs/promises.md from the rows, the tests that are named after them and the mutants that
 * turn these red, after it has tried every mutant and measured what is promised in milliseconds. `-- --list` does
 * neither and keeps what the last run said; `-- --times` only measures.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { isTestFile } from './layers.ts'
import type { Mutant } from './mutant.ts'
import { readMutants, runMutants } from './mutants.ts'
import { PROMISES } from './promise-rows.ts'
import { measureTimes } from './promise-times.ts'
import { ROOT } from './root.ts'
import { listFiles, readText } from './source-files.ts'

const FILE = join(ROOT, 'docs/promises.md')
const RUN = /^Last run of all guards: .*$/mu
const NO_RUN = 'Last run of all guards: none yet.'
const MEASURED = /^Last measured: .*$/mu
const NOT_MEASURED = 'Last measured: not yet.'

interface Promised {
  readonly row: string
  readonly tests: readonly { readonly file: string; readonly name: string }[]
  readonly mutants: readonly Mutant[]
}

/** Rows that are tested or guarded, in the order of their ids. Throws for one without a sentence. */
export async function readPromises(): Promise<readonly Promised[]> {
  const mutants = await readMutants()
  const tests = listFiles().filter(isTestFile).flatMap(testsIn)
  const rows = new Set([...mutants.map(({ row }) => row), ...tests.map(({ row }) => row)])
  return [...rows].toSorted(byId).map((row) => {
    if (PROMISES[row] === undefined) throw new Error(`tools/promise-rows.ts says nothing of ${row}`)
    return {
      row,
      tests: tests.filter((test) => test.row === row),
      mutants: mutants.filter((mutant) => mutant.row === row),
    }
  })
}

/** The text of docs/promises.md. */
export function promisesPage(promises: readonly Promised[], lastRun: string): string {
  const guarded = promises.filter(({ mutants }) => mutants.length > 0).length
  const count = promises.reduce((sum, { mutants }) => sum + mutants.length, 0)
  return `# Promises

Made by \`npm run promises\`; don't edit it. A promise is a sentence, tests whose names begin with its id, and guards: places in the code without which one of
these tests turns red. \`npm run mutants -- ROW\` switches off the guards of a row one at a time, in memory, and shows it. ${promises.length} rows, ${guarded} of them with
guards, ${count} guards.

${lastRun}

${promises.map(section).join('\n')}`
}

function section({ row, tests, mutants }: Promised): string {
  const files = new Set([...tests.map(({ file }) => file), ...mutants.map(({ test }) => test)])
  const names = tests.map(({ name }) => `- ${name}`)
  const guards = mutants.map(
    ({ guard, file }) => `${guard} ([${file.split('/').at(-1)}](../${file}))`,
  )
  return [
    `## ${row}`,
    '',
    PROMISES[row],
    '',
    `Tests: ${[...files]
      .toSorted()
      .map((file) => `[${file}](../${file})`)
      .join(', ')}`,
    '',
    ...(names.length === 0 ? [] : [...new Set(names), '']),
    guards.length === 0 ? 'No guard of its own yet.' : `Guards: it ${guards.join('; it ')}.`,
    '',
  ].join('\n')
}

/** Tests whose name begins with a row; what a name is filled with is left out. */
function testsIn(
  file: string,
): { readonly row: string; readonly file: string; readonly name: string }[] {
  const pattern = /(?<quote>['"`])(?<row>[A-Z]\d{1,2}): (?<name>(?:(?!\k<quote>).)+)\k<quote>/gu
  return [...readText(file).matchAll(pattern)].map(({ groups }) => ({
    row: groups?.['row'] ?? '',
    file,
    name: (groups?.['name'] ?? '').replaceAll(/\$\{[^}]*\}/gu, '…').replaceAll(/[<>|*_]/gu, '\\$&'),
  }))
}

function byId(a: string, b: string): number {
  const [x = '', y = ''] = [a[0], b[0]]
  return x.localeCompare(y) || Number(a.slice(1)) - Number(b.slice(1))
}

async function run(): Promise<string> {
  const { passed, failed } = await runMutants([])
  if (failed > 0) process.exitCode = 1
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const day = new Date().toISOString().slice(0, 10)
  return `Last run of all guards: ${day} at ${commit.trim()}; ${passed} turned a test red, ${failed} did not.`
}

if (import.meta.main) {
  const isList = process.argv.includes('--list')
  const page = readIfThere()
  const isRun = !isList && !process.argv.includes('--times')
  const lastRun = isRun ? await run() : (RUN.exec(page)?.[0] ?? NO_RUN)
  const measured = isList ? (MEASURED.exec(page)?.[0] ?? NOT_MEASURED) : await measure()
  writeFileSync(FILE, promisesPage(await readPromises(), `${lastRun}\n\n${measured}`))
  execFileSync(process.execPath, [join(ROOT, 'node_modules/oxfmt/bin/oxfmt'), FILE])
}

async function measure(): Promise<string> {
  const { summary, failed } = await measureTimes()
  if (failed > 0) process.exitCode = 1
  const day = new Date().toISOString().slice(0, 10)
  return `Last measured: ${day}, with five times as long let pass; ${summary}.`
}

function readIfThere(): string {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return ''
  }
}

/**
 * `npm run mutants [-- ROW …]`: switches off every guard that a `mutants.ts` names, one at a time and
 * only in memory, and shows that a test of its row turns red. A guard whose test stays green is not
 * guarded; a mutant whose text is gone no longer proves anything. Both make the run red.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Mutant } from './mutant.ts'
import { runRow, type RowRun } from './mutant-run.ts'
import { CORES, inPool } from './pool.ts'
import { ROOT } from './root.ts'
import { readText } from './source-files.ts'
import { format, type Tally } from './tally.ts'

type Verdict =
  | { readonly kind: 'caught'; readonly by: string }
  /** Its test waits for something the guard would have prevented; red, but slow. */
  | { readonly kind: 'hangs' }
  | { readonly kind: 'survives'; readonly why: string }

/** Tries every mutant of these rows (all when empty); prints a line for each. */
export async function runMutants(rows: readonly string[]): Promise<Tally> {
  const mutants = (await readMutants()).filter(({ row }) => rows.length === 0 || rows.includes(row))
  const unknown = rows.filter((row) => !mutants.some((mutant) => mutant.row === row))
  if (unknown.length > 0) throw new Error(`no mutant of row ${unknown.join(', ')}`)
  const controls = new Map<string, Promise<RowRun>>()
  const control = ({ test, row }: Mutant): Promise<RowRun> => {
    const known = controls.get(`${test} ${row}`) ?? runRow(test, row, null)
    controls.set(`${test} ${row}`, known)
    return known
  }
  const verdicts = await inPool(mutants, CORES, async (mutant) => {
    const verdict = await judge(mutant, control)
    console.log(lineFor(mutant, verdict))
    return verdict
  })
  const failed = verdicts.filter(({ kind }) => kind === 'survives').length
  return { passed: verdicts.length - failed, failed, skipped: 0 }
}

/** Every mutant that there is. */
export async function readMutants(): Promise<Mutant[]> {
  const files = globSync(['packages/*/mutants.ts', 'apps/*/mutants.ts'], { cwd: ROOT }).toSorted()
  const lists = files.map(async (file) => {
    const module = (await import(pathToFileURL(join(ROOT, file)).href)) as {
      readonly MUTANTS: readonly Mutant[]
    }
    return module.MUTANTS
  })
  return (await Promise.all(lists)).flat()
}

async function judge(
  mutant: Mutant,
  control: (mutant: Mutant) => Promise<RowRun>,
): Promise<Verdict> {
  const places = readText(mutant.file).split(mutant.find).length - 1
  if (places !== 1)
    return { kind: 'survives', why: `its text stands ${places} times in ${mutant.file}` }
  const healthy = await control(mutant)
  if (healthy.passed.length === 0)
    return {
      kind: 'survives',
      why: `no test of ${mutant.test} that begins with ${mutant.row} passes`,
    }
  if (healthy.failed.length > 0 || healthy.exitCode !== 0)
    return { kind: 'survives', why: `${mutant.test} is red without the mutant` }
  const sick = await runRow(mutant.test, mutant.row, mutant)
  if (sick.failed[0] !== undefined) return { kind: 'caught', by: sick.failed[0] }
  if (sick.isHanging) return { kind: 'hangs' }
  if (sick.exitCode === 0) return { kind: 'survives', why: 'every test stays green' }
  return {
    kind: 'survives',
    why: `the run breaks, but no test turns red: ${lastWords(sick.output)}`,
  }
}

function lastWords(output: string): string {
  return /^.*Error.*$/mu.exec(output)?.[0].trim() ?? 'no error was printed'
}

function lineFor({ row, guard, file }: Mutant, verdict: Verdict): string {
  const what = `${row.padEnd(4)} ${file}: ${guard}`
  switch (verdict.kind) {
    case 'caught':
      return `caught   ${what}`
    case 'hangs':
      return `caught   ${what} (its test hangs)`
    case 'survives':
      return `SURVIVES ${what}: ${verdict.why}`
  }
}

if (import.meta.main) {
  const tally = await runMutants(process.argv.slice(2))
  console.log(format(tally))
  process.exitCode = tally.failed > 0 ? 1 : 0
}

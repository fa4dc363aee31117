import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { PROMISES } from './promise-rows.ts'
import { promisesPage, readPromises } from './promises.ts'
import { ROOT } from './root.ts'

test('docs/promises.md has every row, test and guard there is (`npm run promises -- --list` brings it up to date)', async () => {
  const page = readFileSync(join(ROOT, 'docs/promises.md'), 'utf8')
  const lastRun = /^Last run of all guards: .*$/mu.exec(page)?.[0] ?? ''
  const measured = /^Last measured: .*$/mu.exec(page)?.[0] ?? ''
  // Formatting changes spaces and bullets.
  const bare = (text: string): string => text.replaceAll(/[\s\\]/gu, '')
  assert.equal(bare(page), bare(promisesPage(await readPromises(), `${lastRun}\n\n${measured}`)))
})

test('every sentence is of a row that is tested or guarded', async () => {
  const rows = new Set((await readPromises()).map(({ row }) => row))
  assert.deepEqual(
    Object.keys(PROMISES).filter((row) => !rows.has(row)),
    [],
  )
})

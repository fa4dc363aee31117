import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listFiles, readText } from './source-files.ts'

/** Numbers that bound what is held, sent, waited for or done. */
const CAP = /^(?:export )?const (?<name>(?:MOST|MAX|LONGEST)_\w+|\w*TIMEOUT_MS) = (?<value>.+)$/gmu
const SCOPE = /^packages\/(?:engine|protocol)\/src\/(?!.*\.test\.ts$)/u
/**
 * What isn't a limit on strangers: the scheduler's and the readers' own plans, making torrents, the clock of the
 * platform.
 */
const OWN_PLANS = /^packages\/engine\/src\/(?:pick|stream|create|node)\//u
/** Forms of the protocols, and sizes of our own that nobody outside has a say in. */
const NO_LIMITS: ReadonlySet<string> = new Set([
  'LONGEST_MS',
  'MAX_HEAD_BYTES',
  'MAX_KEPT_KEY',
  'MOST_AHEAD_SECONDS',
  'MOST_YIELDING_MS',
])

test('every limit of the engine and its protocol stands in packages/base/src/limits.ts', () => {
  const elsewhere = listFiles()
    .filter((file) => SCOPE.test(file) && !OWN_PLANS.test(file))
    .flatMap((file) =>
      [...readText(file).matchAll(CAP)]
        .map(({ groups }) => ({ name: groups?.['name'] ?? '', value: groups?.['value'] ?? '' }))
        // What follows from limits has its place where it is used.
        .filter(({ name, value }) => !NO_LIMITS.has(name) && !value.includes('LIMITS.'))
        .map(({ name }) => `${file}: ${name}`),
    )
  assert.deepEqual(elsewhere, [])
})

test('a limit says why it is as it is, or shares the reason of the one above', () => {
  const lines = readText('packages/base/src/limits.ts').split('\n')
  const from = lines.findIndex((line) => line.startsWith('export const LIMITS'))
  let silent = 0
  for (const [i, line] of lines.slice(from).entries()) {
    if (!/^  \w+: /u.test(line)) continue
    silent = lines[from + i - 1]?.trimEnd().endsWith('*/') === true ? 0 : silent + 1
    assert.ok(silent <= 2, `nobody says why: ${line.trim()}`)
  }
})

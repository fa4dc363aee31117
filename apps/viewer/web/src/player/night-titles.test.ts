import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseTitles, withTitle } from './night-titles.ts'

test('titles with night sound are remembered, forgotten, and never more than two hundred', () => {
  let titles = parseTitles(null)
  assert.deepEqual(titles, [])
  for (let count = 0; count < 205; count++) titles = withTitle(titles, `film ${count}`, true)
  assert.equal(titles.length, 200)
  assert.equal(titles.at(-1), 'film 204')
  assert.equal(withTitle(titles, 'film 204', false).length, 199)
  assert.deepEqual(parseTitles(titles.join('\n')), titles)
})

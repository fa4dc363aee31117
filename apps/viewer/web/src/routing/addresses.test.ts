import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { addresses, idOfPath } from './addresses.ts'

test('any id comes back from the address that it was written into', () => {
  // Dots alone are steps in a path; docs/feed-format.md has no such ids.
  const id = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((text) => !/^\.{1,2}$/u.test(text))
  fc.assert(
    fc.property(id, (written) => {
      assert.equal(idOfPath(new URL(addresses.person(written), 'http://x').pathname), written)
    }),
    { examples: [['a/b'], ['100%'], ['%2F'], ['水無月 晴子']] },
  )
})

test('an address that anybody wrote badly names nothing', () => {
  for (const path of ['/work', '/work/', '/work/%E0%A4%A', '/']) assert.equal(idOfPath(path), null)
})

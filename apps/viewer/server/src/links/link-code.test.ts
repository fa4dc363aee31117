import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newLinkCode, parseLinkCode } from './link-code.ts'

test('a code is read however it’s grouped, in small letters, and with the letters that look like numbers', () => {
  for (let times = 0; times < 50; times++) {
    const code = newLinkCode()
    assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/u)
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    assert.equal(parseLinkCode(` ${typed}\n`), code)
    assert.equal(parseLinkCode(code.replaceAll('-', '–')), code)
  }
})

test('a slip is found nearly always, and what isn’t a code always', () => {
  let found = 0
  for (let times = 0; times < 300; times++) {
    const code = newLinkCode()
    const other = code.startsWith('7') ? '8' : '7'
    if (parseLinkCode(other + code.slice(1)) === null) found++
  }
  assert.ok(found > 270, `${found} of 300`)
  fc.assert(
    fc.property(fc.string(), (text) => {
      const code = parseLinkCode(text)
      assert.ok(code === null || code.length === 24)
    }),
  )
})

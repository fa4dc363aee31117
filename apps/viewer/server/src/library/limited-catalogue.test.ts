import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitedCatalogue, type AskedCatalogue } from './limited-catalogue.ts'

const AGES = { years: 6, withUnrated: false }
/** These answers name no work. */
const NAMELESS = ['feeds', 'revision']

test('O4: whatever a page may ask the catalogue is asked under the age of who watches', async () => {
  const asked = new Map<string, unknown>()
  const everything = new Proxy(
    {},
    { get: (_, name) => async (request: unknown) => void asked.set(String(name), request) },
  )
  const limited = limitedCatalogue(everything as AskedCatalogue, AGES)
  for (const [name, ask] of Object.entries(limited)) {
    await (ask as (request: object) => Promise<unknown>)({ ages: null, territory: null })
    if (NAMELESS.includes(name)) continue
    assert.deepEqual(asked.get(name), { ages: AGES, territory: null }, name)
  }
  assert.equal(asked.size, Object.keys(limited).length)
})

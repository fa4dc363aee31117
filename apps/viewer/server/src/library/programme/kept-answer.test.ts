import { parseCalendarDate, parseCountry, type CalendarDate } from '@matinee/rights'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { KeptAnswer, type Place } from './kept-answer.ts'

test('an answer is made once for a place and a day, until the catalogue changes', async () => {
  let revision = 1
  const made: string[] = []
  const kept = new KeptAnswer({ revision: async () => revision }, async ({ territory, today }) => {
    made.push(`${territory} ${today}`)
    return made.length
  })
  const [first, atOnce] = await Promise.all([kept.in(placeOf(null)), kept.in(placeOf(null))])
  assert.equal(first, atOnce)
  assert.equal(await kept.in(placeOf(null)), 1)
  assert.equal(await kept.in(placeOf('FR')), 2)
  assert.equal(await kept.in(placeOf('FR', '2026-11-22')), 3)
  revision++
  assert.equal(await kept.in(placeOf('FR', '2026-11-22')), 4)
  assert.deepEqual(made, ['null 2026-11-21', 'FR 2026-11-21', 'FR 2026-11-22', 'FR 2026-11-22'])
})

test('an answer that failed is made again', async () => {
  let tries = 0
  const kept = new KeptAnswer({ revision: async () => 1 }, async () => {
    if (++tries === 1) throw new Error('the thread ended')
    return tries
  })
  await assert.rejects(kept.in(placeOf(null)), /the thread ended/u)
  assert.equal(await kept.in(placeOf(null)), 2)
})

function placeOf(territory: 'FR' | null, today = '2026-11-21'): Place {
  return {
    territory: territory === null ? null : parseCountry(territory),
    today: dateOf(today),
  }
}

function dateOf(text: string): CalendarDate {
  const date = parseCalendarDate(text)
  assert.ok(date !== null)
  return date
}

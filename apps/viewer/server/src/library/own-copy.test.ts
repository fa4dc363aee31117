import { test } from 'node:test'
import assert from 'node:assert/strict'
import { utf8Bytes } from '@matinee/base'
import { parseRecord, type Standing, type WorkRecord } from '@matinee/catalogue'
import { parseCalendarDate, parseCountry } from '@matinee/rights'
import { madeWorks } from '@matinee/testkit'
import { playsFromCopy } from './own-copy.ts'

const TODAY = parseCalendarDate('2026-11-21')
assert.ok(TODAY !== null)
const VIEWER = { territory: parseCountry('FR'), today: TODAY }

function record(): WorkRecord {
  const [made] = madeWorks({ seed: 6, count: 1 })
  const parsed = parseRecord(utf8Bytes(JSON.stringify(made)))
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

test('a withdrawn work plays from the copy that is here, unless it is blocked or there is none', async () => {
  const plays = (standing: Partial<Standing>, isHere: boolean): Promise<boolean> => {
    const whole = { isOffered: true, isPlayed: true, isSeeded: true, ...standing }
    const work = { record: record(), safety: { standing: whole, decisions: [] } }
    return playsFromCopy(work, VIEWER, async () => isHere)
  }
  assert.equal(await plays({ isOffered: false }, true), true)
  assert.equal(await plays({ isOffered: false }, false), false)
  assert.equal(await plays({ isOffered: false, isPlayed: false }, true), false)
  // What is offered needs no copy.
  assert.equal(await plays({}, true), false)
})

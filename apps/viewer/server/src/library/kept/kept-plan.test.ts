import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planKept, type KeptFacts } from './kept-plan.ts'

const WHOLE_DAY = { startMinute: 0, endMinute: 1, uploadBytesPerSecond: 50_000, keepsWait: true }
const standing = { isOffered: true, isPlayed: true, isSeeded: true }
const FACTS: KeptFacts = {
  entry: { isPaused: false, isWhole: false, isAdopted: false },
  isAllPaused: false,
  offer: { isOffered: true, standing },
  settings: { sharing: 'share', giveBack: true, quietHours: null },
  isQuiet: false,
}
const whole = { ...FACTS.entry, isWhole: true }

test('C14: what may not be given out is not worked on, whatever the viewer wants', () => {
  const offer = { isOffered: false, standing: { ...standing, isOffered: false, isSeeded: false } }
  for (const entry of [FACTS.entry, whole])
    assert.equal(planKept({ ...FACTS, offer, entry }), 'withdrawn')
  // Delisted at its maker's wish: it may be given out by who has it.
  const delisted = { isOffered: false, standing: { ...standing, isOffered: false } }
  assert.equal(planKept({ ...FACTS, offer: delisted, entry: whole }), 'work')
})

test('what is not free here, or in no feed, is not given out from here', () => {
  assert.equal(planKept({ ...FACTS, offer: { isOffered: false, standing } }), 'gone')
  assert.equal(planKept({ ...FACTS, offer: 'none' }), 'gone')
  assert.equal(planKept({ ...FACTS, offer: null }), 'unknown')
})

test('a pause, a swarm that is not wanted and quiet hours each stop what they are about', () => {
  assert.equal(planKept(FACTS), 'work')
  assert.equal(planKept({ ...FACTS, isAllPaused: true }), 'paused')
  assert.equal(planKept({ ...FACTS, entry: { ...whole, isPaused: true } }), 'paused')
  const settings = { ...FACTS.settings, sharing: 'web-only' as const }
  assert.equal(planKept({ ...FACTS, settings }), 'web-only')
  assert.equal(planKept({ ...FACTS, settings, entry: whole }), 'here')
  const mine = { ...FACTS.settings, giveBack: false }
  assert.equal(planKept({ ...FACTS, settings: mine }), 'work', 'it is fetched all the same')
  assert.equal(planKept({ ...FACTS, settings: mine, entry: whole }), 'here')
  const hours = { ...FACTS.settings, quietHours: WHOLE_DAY }
  assert.equal(planKept({ ...FACTS, settings: hours, isQuiet: true }), 'wait')
  assert.equal(planKept({ ...FACTS, settings: hours, isQuiet: true, entry: whole }), 'work')
  assert.equal(planKept({ ...FACTS, settings: hours }), 'work')
})

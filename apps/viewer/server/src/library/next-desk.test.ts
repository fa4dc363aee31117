import { SECOND_MS, SILENT_LOG } from '@matinee/base'
import { parseRecord } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { FakeClock, madeFeedFiles } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { chooseFilm } from './film-choice.ts'
import { NextDesk, nextStep } from './next-desk.ts'
import type { Viewer } from './viewer.ts'

const today = parseCalendarDate('2026-11-21')
assert.ok(today !== null)
const viewer: Viewer = { languages: ['en'], language: 'en', territory: null, today }

function episode(episodeId: string) {
  const parsed = parseRecord(madeFeedFiles().get('records/night-ferry.json') ?? new Uint8Array())
  assert.ok(parsed.kind === 'record')
  const choice = chooseFilm(parsed.record.releases, { episodeId, releaseId: null })
  assert.ok(choice !== null)
  // Where its index is stands in the record, so that nothing has to be read to know.
  return { ...choice, video: { ...choice.video, index: { start: 0, end: 100 } } }
}

interface Facts {
  /** What follows. */
  next: string | null
  prepares: boolean
  isOffered: boolean
  /** Why it can't be fetched; empty = it can. */
  failure: string
}

/** An episode that plays as the stream `s1`, and all that its desk does about the next one. */
function stage() {
  const clock = new FakeClock()
  const ending = new AbortController()
  const playing = { isRestHere: true, isClosed: false }
  const facts: Facts = { next: 's1e2', prepares: true, isOffered: true, failure: '' }
  const told: string[] = []
  let comes = Promise.withResolvers<void>()
  const desk = new NextDesk({
    clock,
    log: SILENT_LOG,
    settings: () => ({ prepare: facts.prepares }),
    room: {
      given: (streamId) =>
        streamId === 's1' && !ending.signal.aborted
          ? { workId: 'w', nextEpisodeId: facts.next, stream: playing, signal: ending.signal }
          : null,
      resumeSeconds: async () => null,
      async begin(workId, { episodeId }, _viewer, when) {
        if (!facts.isOffered) return null
        assert.equal(workId, 'w')
        told.push(`begin ${episodeId ?? ''} ${when}`)
        return {
          choice: episode(episodeId ?? ''),
          stream: {
            durationSeconds: 10,
            mediaFile: () => assert.fail('the record says where its index is'),
            async warm(spans, budgetBytes, signal) {
              assert.ok(spans.length > 0 && budgetBytes > 0)
              if (facts.failure !== '') throw new Error(facts.failure)
              told.push('fetch')
              comes = Promise.withResolvers<void>()
              signal.addEventListener('abort', () => {
                told.push('stop')
                comes.reject(signal.reason)
              })
              await comes.promise
            },
            close: async () => void told.push('close'),
          },
        }
      },
    },
  })
  return {
    desk,
    clock,
    playing,
    facts,
    told,
    comes: () => comes.resolve(),
    end: () => ending.abort(),
  }
}

test('nothing is begun while anything of the film that plays is missing, and what comes is given back when it is again', () => {
  assert.equal(nextStep('away', false), 'wait')
  assert.equal(nextStep('away', true), 'begin')
  assert.equal(nextStep('coming', true), 'wait')
  assert.equal(nextStep('coming', false), 'give-back')
  for (const isRestHere of [true, false]) assert.equal(nextStep('here', isRestHere), 'wait')
})

test('the next episode waits until the film that plays has all it needs, and gives way the moment it has not', async () => {
  const { desk, clock, playing, told, comes } = stage()
  playing.isRestHere = false
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, [], 'the film that plays loses nothing')
  playing.isRestHere = true
  await clock.advance(SECOND_MS)
  assert.deepEqual(told.splice(0), ['begin s1e2 ahead', 'fetch'])
  // The viewer went back to where something is missing.
  playing.isRestHere = false
  await clock.advance(SECOND_MS)
  assert.deepEqual(told.splice(0), ['stop', 'close'])
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, [])
  playing.isRestHere = true
  await clock.advance(SECOND_MS)
  comes()
  await clock.advance(SECOND_MS)
  playing.isRestHere = false
  await clock.advance(SECOND_MS)
  assert.deepEqual(told.splice(0), ['begin s1e2 ahead', 'fetch'], 'what is here takes nothing')
  await desk.closeAll()
})

test('it is fetched once, however often it is asked for', async () => {
  const { desk, clock, told, comes } = stage()
  for (let asked = 0; asked < 3; asked++) assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(SECOND_MS)
  comes()
  await clock.advance(SECOND_MS)
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, ['begin s1e2 ahead', 'fetch'])
  await desk.closeAll()
})

test('who changes their mind has it given up at once, and may want it again', async () => {
  const { desk, clock, told } = stage()
  desk.fetch('s1', viewer)
  await clock.advance(SECOND_MS)
  await desk.leave('s1')
  assert.deepEqual(told.splice(0), ['begin s1e2 ahead', 'fetch', 'stop', 'close'])
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, [])
  desk.fetch('s1', viewer)
  await clock.advance(SECOND_MS)
  assert.deepEqual(told, ['begin s1e2 ahead', 'fetch'])
  await desk.closeAll()
})

test('when the film ends nothing more is fetched, and its people stay just long enough for who goes on', async () => {
  const { desk, clock, told, end } = stage()
  desk.fetch('s1', viewer)
  await clock.advance(SECOND_MS)
  told.splice(0)
  end()
  await clock.advance(5 * SECOND_MS)
  assert.deepEqual(told.splice(0), ['stop'])
  await clock.advance(6 * SECOND_MS)
  assert.deepEqual(told, ['close'])
  assert.equal(clock.pendingTimers, 0)
  assert.equal(desk.fetch('s1', viewer), false, 'the stream is no more')
})

test('a film that is left open at its end holds nothing for ever', async () => {
  const { desk, clock, told, comes } = stage()
  desk.fetch('s1', viewer)
  await clock.advance(SECOND_MS)
  comes()
  await clock.advance(11 * 60 * SECOND_MS)
  assert.equal(told.at(-1), 'close')
  assert.equal(clock.pendingTimers, 0)
})

test('what can’t be fetched is given up without a word to the film that plays', async () => {
  const { desk, clock, facts, told } = stage()
  facts.failure = 'nobody is there'
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, ['begin s1e2 ahead', 'close'])
  assert.equal(clock.pendingTimers, 0)
})

test('O3: nothing is fetched ahead where preparing is switched off', async () => {
  const { desk, clock, facts, told } = stage()
  facts.prepares = false
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, [])
})

test('after the last episode, or where the next one is not offered, nothing is begun', async () => {
  const { desk, clock, facts, told } = stage()
  facts.isOffered = false
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  facts.isOffered = true
  facts.next = null
  assert.equal(desk.fetch('s1', viewer), true)
  await clock.advance(60 * SECOND_MS)
  assert.deepEqual(told, [])
  assert.equal(clock.pendingTimers, 0)
})

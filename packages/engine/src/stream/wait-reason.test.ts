import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitReason, type WaitFacts } from './wait-reason.ts'

const ASKING = { kind: 'asking' } as const
const ANSWERED = { kind: 'answered', peers: 0, nextMs: 0 } as const
const FAILED = { kind: 'failed', reason: '', nextMs: 0 } as const

function reason(facts: Partial<WaitFacts>): unknown {
  return waitReason({
    phase: 'live',
    isWaiting: true,
    trackers: [ANSWERED, FAILED],
    searches: [],
    known: 0,
    untried: 0,
    connected: 0,
    having: 0,
    willing: 0,
    webSeeds: 0,
    ...facts,
  })
}

test('nobody waits, nothing to say', () => {
  assert.equal(reason({ isWaiting: false }), null)
  assert.equal(reason({ phase: 'over' }), null)
})

test('without anybody: trackers still asked, none answers, nobody there', () => {
  assert.deepEqual(reason({ trackers: [ASKING, FAILED] }), { kind: 'asking-trackers', asked: 2 })
  assert.deepEqual(reason({ trackers: [FAILED] }), { kind: 'no-tracker', asked: 1 })
  assert.deepEqual(reason({ trackers: [] }), { kind: 'no-tracker', asked: 0 })
  assert.deepEqual(reason({}), { kind: 'nobody' })
})

test('without anybody: the DHT still searched, its nodes know nobody, no node answers', () => {
  const trackers = [FAILED]
  const searched = { kind: 'searched', nodes: 8, peers: 0 } as const
  const asking = { kind: 'asking-trackers', asked: 1 }
  assert.deepEqual(reason({ trackers, searches: [{ kind: 'searching' }, searched] }), asking)
  assert.deepEqual(reason({ trackers, searches: [searched] }), { kind: 'nobody' })
  const dead = reason({ trackers, searches: [{ kind: 'nobody' }] })
  assert.deepEqual(dead, { kind: 'no-tracker', asked: 1 })
})

test('addresses are tried, then can be said to lead nowhere', () => {
  assert.deepEqual(reason({ known: 5, untried: 2 }), { kind: 'connecting', known: 5 })
  assert.deepEqual(reason({ known: 5 }), { kind: 'unreachable', known: 5 })
})

test('people are there: they lack it, refuse it, or send it', () => {
  assert.deepEqual(reason({ connected: 4 }), { kind: 'part-missing', connected: 4 })
  assert.deepEqual(reason({ connected: 4, having: 3 }), { kind: 'choked', connected: 3 })
  const sending = { connected: 4, having: 3, willing: 2, webSeeds: 1 }
  assert.deepEqual(reason(sending), { kind: 'arriving', sources: 3 })
})

test('before the metadata is here somebody always waits, and web seeds are of no use', () => {
  const finding = { phase: 'finding-metadata', isWaiting: false } as const
  assert.deepEqual(reason({ ...finding, webSeeds: 1 }), { kind: 'nobody' })
  assert.deepEqual(reason({ ...finding, connected: 2 }), { kind: 'metadata', peers: 2 })
  assert.deepEqual(reason({ phase: 'checking' }), { kind: 'checking' })
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import {
  NOTHING_KEPT,
  formatMemory,
  parseMemory,
  trackKey,
  withTiming,
  withTitle,
  type SubtitleMemory,
} from './subtitle-memory.ts'
import { IN_STEP } from './subtitle-timing.ts'

const NONE: SubtitleMemory = new Map()
const LATER = { delayMs: 350, stretch: 0.96 }

test('what is remembered of a title comes back as it was', () => {
  const title = withTiming(
    { ...NOTHING_KEPT, language: 'fr', second: null, isDrawn: true },
    'r release 0',
    LATER,
  )
  const memory = withTitle(NONE, 'feed.film', title)
  assert.deepEqual(parseMemory(formatMemory(memory)), memory)
})

test('a timing that is in step again is forgotten', () => {
  const title = withTiming(NOTHING_KEPT, 'a', LATER)
  assert.equal(withTiming(title, 'a', IN_STEP).timings.size, 0)
})

test('beyond two hundred titles the one that was seen longest ago is forgotten', () => {
  let memory = NONE
  for (let count = 0; count < 200; count++) memory = withTitle(memory, `${count}`, NOTHING_KEPT)
  memory = withTitle(memory, '0', NOTHING_KEPT)
  memory = withTitle(memory, 'new', NOTHING_KEPT)
  assert.equal(memory.size, 200)
  assert.equal(memory.has('1'), false)
  assert.equal(memory.has('0'), true)
})

test('a track of the release is known by its place there, an own file by its name', () => {
  const track = { id: 'release 2', label: 'English' }
  assert.equal(trackKey({ ...track, charset: null }, 'hd'), 'hd release 2')
  assert.equal(trackKey({ ...track, id: 'own 1', charset: 'utf-8' }, 'hd'), 'own English')
})

test('S5: whatever stands where the memory is kept, nothing breaks', () => {
  for (const text of [null, '', '{', '7', '[1,null,"x"]', '[{"id":7}]', '[{"id":"a","timings":7}]'])
    for (const { timings } of parseMemory(text).values()) assert.equal(timings.size, 0)
  const odd = '[{"id":"a","language":5,"timings":[["k","x",1],["k2",50,9],[3,50,1],["k3",50,1]]}]'
  assert.deepEqual(
    [...(parseMemory(odd).get('a')?.timings ?? [])],
    [['k3', { delayMs: 50, stretch: 1 }]],
  )
})

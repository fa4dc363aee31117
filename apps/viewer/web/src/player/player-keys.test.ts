import { test } from 'node:test'
import assert from 'node:assert/strict'
import { KEY_LIST, actForKey, isMiniKey, type KeyPress } from './player-keys.ts'

function press(key: string, part: Partial<KeyPress> = {}) {
  return actForKey({ key, isModified: false, focus: 'page', ...part })
}

test('keys do what they do on YouTube and in mpv', () => {
  assert.deepEqual(press(' '), { kind: 'toggle-play' })
  assert.deepEqual(press('k'), { kind: 'toggle-play' })
  assert.deepEqual(press('J'), { kind: 'seek-by', seconds: -10 })
  assert.deepEqual(press('l'), { kind: 'seek-by', seconds: 10 })
  assert.deepEqual(press('ArrowLeft'), { kind: 'seek-by', seconds: -5 })
  assert.deepEqual(press('ArrowUp'), { kind: 'volume-by', amount: 0.05 })
  assert.deepEqual(press('4'), { kind: 'seek-to-fraction', fraction: 0.4 })
  assert.deepEqual(press('End'), { kind: 'seek-to-fraction', fraction: 1 })
  assert.deepEqual(press('m'), { kind: 'toggle-mute' })
  assert.deepEqual(press('c'), { kind: 'toggle-subtitles' })
  assert.deepEqual(press('f'), { kind: 'toggle-full-screen' })
  assert.deepEqual(press('?'), { kind: 'toggle-panel', panel: 'keys' })
  assert.deepEqual(press('.'), { kind: 'frame-by', step: 1 })
  assert.deepEqual(press(']'), { kind: 'rate-tenth', step: 1 })
  assert.deepEqual(press('z'), { kind: 'delay-by', step: -1 })
  assert.deepEqual(press('Z'), { kind: 'delay-by', step: 1 })
  assert.deepEqual(press('x'), { kind: 'delay-by', step: 1 })
  assert.deepEqual(press('N'), { kind: 'next-episode' })
  assert.deepEqual(press('t'), { kind: 'toggle-mini' })
  assert.deepEqual(press('i'), { kind: 'toggle-statistics' })
})

test('keys with Ctrl, Alt or the system key, and keys in a text field, are not ours', () => {
  assert.equal(press('f', { isModified: true }), null)
  assert.equal(press('k', { focus: 'text' }), null)
  assert.equal(press('Tab'), null)
  assert.equal(press('q'), null)
})

test('a button with the focus keeps Space and Enter for itself, and nothing else', () => {
  assert.equal(press(' ', { focus: 'button' }), null)
  assert.equal(press('Enter', { focus: 'button' }), null)
  assert.deepEqual(press('k', { focus: 'button' }), { kind: 'toggle-play' })
  assert.deepEqual(press(' ', { focus: 'time-line' }), { kind: 'toggle-play' })
})

test('a choice with the focus keeps its arrows, too', () => {
  assert.equal(press('ArrowDown', { focus: 'choice' }), null)
  assert.equal(press(' ', { focus: 'choice' }), null)
  assert.deepEqual(press('Escape', { focus: 'choice' }), { kind: 'close-panel' })
})

test('the small player takes three keys, and only where nothing else wants them', () => {
  const mini = (key: string, focus: KeyPress['focus'] = 'page'): boolean =>
    isMiniKey({ key, isModified: false, focus })
  assert.ok(mini('k') && mini('t') && mini('M'))
  assert.ok(!mini(' ') && !mini('ArrowDown') && !mini('5'), 'the page scrolls with these')
  assert.ok(!mini('k', 'text') && !mini('k', 'button'))
})

test('in the volume slider left and right are quieter and louder, Home and End nothing and all', () => {
  assert.deepEqual(press('ArrowRight', { focus: 'volume' }), { kind: 'volume-by', amount: 0.05 })
  assert.deepEqual(press('Home', { focus: 'volume' }), { kind: 'volume-to', volume: 0 })
  assert.deepEqual(press('End', { focus: 'volume' }), { kind: 'volume-to', volume: 1 })
})

test('every key of the list does something', () => {
  const names: Readonly<Record<string, string>> = {
    Space: ' ',
    '←': 'ArrowLeft',
    '→': 'ArrowRight',
    '↑': 'ArrowUp',
    '↓': 'ArrowDown',
    PgDn: 'PageDown',
    PgUp: 'PageUp',
  }
  for (const { keys } of KEY_LIST)
    for (const key of keys) assert.notEqual(press(names[key] ?? key), null, key)
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { KEY_LIST, actForKey, type KeyPress } from './player-keys.ts'

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
  assert.deepEqual(press('c'), { kind: 'toggle-captions' })
  assert.deepEqual(press('f'), { kind: 'toggle-full-screen' })
  assert.deepEqual(press('?'), { kind: 'toggle-key-list' })
})

test('keys with Ctrl, Alt or the system key, and keys in a text field, are not ours', () => {
  assert.equal(press('f', { isModified: true }), null)
  assert.equal(press('k', { focus: 'text' }), null)
  assert.equal(press('Tab'), null)
  assert.equal(press('x'), null)
})

test('a button with the focus keeps Space and Enter for itself, and nothing else', () => {
  assert.equal(press(' ', { focus: 'button' }), null)
  assert.equal(press('Enter', { focus: 'button' }), null)
  assert.deepEqual(press('k', { focus: 'button' }), { kind: 'toggle-play' })
  assert.deepEqual(press(' ', { focus: 'time-line' }), { kind: 'toggle-play' })
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
  }
  for (const { keys } of KEY_LIST)
    for (const key of keys) assert.notEqual(press(names[key] ?? key), null, key)
})

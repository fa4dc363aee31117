import { test } from 'node:test'
import assert from 'node:assert/strict'
import { DOUBLE_TAP_MS, TapReader } from './tap-reader.ts'

test('two taps at a side leap there, each tap after them again, and anything else is a single tap', () => {
  const taps = new TapReader()
  const kinds = [
    taps.tap(0.9, 0),
    taps.tap(0.9, 200),
    taps.tap(0.8, 400),
    taps.tap(0.1, 500),
    taps.tap(0.1, 500 + DOUBLE_TAP_MS + 1),
    taps.tap(0.1, 1000),
    taps.tap(0.5, 1100),
    taps.tap(0.5, 1200),
  ].map((tap) => (tap.kind === 'seek' ? tap.seconds : 'tap'))
  assert.deepEqual(kinds, ['tap', 10, 10, 'tap', 'tap', -10, 'tap', 'tap'])
})

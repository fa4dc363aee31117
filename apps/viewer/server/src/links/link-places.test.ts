import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHome } from '../casting/home-network.ts'
import { parseTypedAddress } from './link-places.ts'

test('L11: an address that is typed is one of the home network, or none', () => {
  const at = (typed: string): unknown => parseTypedAddress(typed, isHome)
  assert.deepEqual(at(' 192.168.1.20:9000 '), { host: '192.168.1.20', port: 9000 })
  assert.deepEqual(at('10.0.0.7'), { host: '10.0.0.7', port: 8582 })
  for (const typed of [
    '',
    '8.8.8.8',
    '127.0.0.1:8571',
    '192.168.1.20:0',
    '192.168.1.20:99999',
    '192.168.1.20/x',
    '192.168.1',
    '0300.0250.1.20',
    'laptop.local',
    'http://192.168.1.20:8582',
  ])
    assert.equal(at(typed), null, typed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OwnAddress } from './own-address.ts'

test('our address is believed when five networks agree', () => {
  const own = new OwnAddress()
  for (let i = 1; i < 5; i++) assert.equal(own.heard('203.0.113.5', `1.2.${i}.1`), false)
  assert.equal(own.host, null)
  assert.equal(own.heard('203.0.113.5', '1.2.5.1'), true)
  assert.equal(own.host, '203.0.113.5')
  assert.equal(own.heard('203.0.113.5', '1.2.6.1'), false)
})

test('T5: one network with many voices doesn’t tell us where we are, nor a minority, nor anybody of a private place', () => {
  const own = new OwnAddress()
  for (let i = 1; i < 200; i++) own.heard('198.51.100.1', `66.66.66.${i}`)
  assert.equal(own.host, null)
  for (let i = 1; i <= 20; i++) own.heard(`203.0.113.${i}`, `1.2.${i}.1`)
  for (let i = 1; i <= 9; i++) own.heard('198.51.100.1', `1.2.${i}.1`)
  assert.equal(own.host, null)
  for (let i = 1; i <= 20; i++) own.heard('192.168.1.1', `1.3.${i}.1`)
  assert.equal(own.host, null)
})

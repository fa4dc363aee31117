import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { concatBytes, toHex } from '@matinee/base'
import { plain, readFixture } from '../../test/fixture.ts'
import { HandshakeReader, decodeHandshake, encodeHandshake } from './handshake.ts'
import type { Handshake } from './handshake.ts'

const fixture = readFixture<{
  readonly vectors: readonly { name: string; hex: string; handshake: unknown }[]
  readonly refused: readonly { name: string; hex: string }[]
}>('wire/handshakes.json')

const refusal = { name: 'WireError', code: 'bad-handshake' }

const anyHandshake: fc.Arbitrary<Handshake> = fc.record(
  {
    infoHash: fc.uint8Array({ minLength: 20, maxLength: 20 }),
    peerId: fc.uint8Array({ minLength: 20, maxLength: 20 }),
    reserved: fc.record(
      {
        extension: fc.boolean(),
        fast: fc.boolean(),
        dht: fc.boolean(),
        v2: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
)

test('handshakes read and write as the vectors say', () => {
  for (const { name, hex, handshake } of fixture.vectors) {
    const decoded = decodeHandshake(Uint8Array.fromHex(hex))
    assert.deepEqual(plain(decoded), handshake, name)
    assert.equal(toHex(encodeHandshake(decoded)), hex, name)
  }
})

test('a wrong protocol is refused with its first wrong byte', () => {
  for (const { name, hex } of fixture.refused) {
    const bytes = Uint8Array.fromHex(hex)
    assert.throws(() => new HandshakeReader().push(bytes), refusal, name)
  }
})

test('a handshake of another size than 68 bytes is refused', () => {
  const bytes = Uint8Array.fromHex(fixture.vectors[0]?.hex ?? '')
  assert.throws(() => decodeHandshake(bytes.subarray(1)), refusal)
  assert.throws(() => decodeHandshake(concatBytes([bytes, bytes])), refusal)
})

test('a handshake is read from any segments, and what follows it is handed on', () => {
  fc.assert(
    fc.property(
      anyHandshake,
      fc.uint8Array({ maxLength: 50 }),
      fc.integer({ min: 1, max: 120 }),
      (handshake, behind, segmentBytes) => {
        const bytes = concatBytes([encodeHandshake(handshake), behind])
        const reader = new HandshakeReader()
        const shared = new Uint8Array(segmentBytes)
        for (let at = 0; at < bytes.length; at += segmentBytes) {
          const segment = bytes.subarray(at, at + segmentBytes)
          shared.set(segment)
          const arrival = reader.push(shared.subarray(0, segment.length))
          if (arrival === null) continue
          const rest = arrival.rest.slice()
          shared.fill(0xee)
          assert.deepEqual(arrival.handshake, handshake)
          assert.deepEqual(concatBytes([rest, bytes.subarray(at + segment.length)]), behind)
          return
        }
        assert.fail('the handshake never came')
      },
    ),
  )
})

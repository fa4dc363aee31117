import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import fc from 'fast-check'
import { until } from '../../test/stage.ts'
import { CAST_LIMITS } from '../cast-limits.ts'
import { CastMessageReader, decodeCastMessage, encodeCastMessage } from './cast-message.ts'

/** Somebody else's codec of the same message, by protobufjs. */
const { CastMessage: other }: { readonly CastMessage: OtherCodec } = createRequire(import.meta.url)(
  'castv2/lib/proto.js',
)

interface OtherCodec {
  serialize(message: Readonly<Record<string, unknown>>): Uint8Array
  parse(bytes: Uint8Array): Readonly<Record<string, unknown>>
}

/** It reads its schema in the background. */
function isLoaded(): boolean {
  try {
    other.parse(Buffer.of(0x08, 0))
    return true
  } catch (error) {
    return !(error instanceof Error && error.message === 'extension not loaded yet')
  }
}

const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const NONSENSE = { name: 'CastError', code: 'nonsense' }

test('what we write is read by somebody else’s decoder, and what it writes by ours', async () => {
  await until(isLoaded, 'their codec has read its schema')
  fc.assert(
    fc.property(text, text, text, text, (source, destination, namespace, payload) => {
      const message = { source, destination, namespace, payload }
      const written = encodeCastMessage(message)
      assert.equal(new DataView(written.buffer).getUint32(0), written.length - 4)
      const read = other.parse(Buffer.from(written.subarray(4)))
      assert.equal(read['sourceId'], source)
      assert.equal(read['destinationId'], destination)
      assert.equal(read['namespace'], namespace)
      assert.equal(read['payloadUtf8'], payload)
      const theirs = other.serialize({
        protocolVersion: 0,
        sourceId: source,
        destinationId: destination,
        namespace,
        payloadType: 0,
        payloadUtf8: payload,
      })
      assert.deepEqual(decodeCastMessage(new Uint8Array(theirs)), message)
    }),
    { numRuns: 200 },
  )
})

test('messages are taken out of a stream however it is cut', () => {
  const messages = Array.from({ length: 5 }, (_, at) => ({
    source: 'receiver-0',
    destination: '*',
    namespace: 'urn:x',
    payload: 'y'.repeat(at * 90),
  }))
  const bytes = new Uint8Array(Buffer.concat(messages.map(encodeCastMessage)))
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
      const reader = new CastMessageReader()
      const read = places.flatMap((end, at) => reader.read(bytes.slice(places[at - 1] ?? 0, end)))
      assert.deepEqual(read, messages)
    }),
    { numRuns: 100 },
  )
})

test('L3: a length over the cap ends the conversation before memory is taken for it', () => {
  const reader = new CastMessageReader()
  assert.throws(() => reader.read(Uint8Array.of(0xff, 0xff, 0xff, 0xff)), NONSENSE)
  const most = new DataView(new ArrayBuffer(4))
  most.setUint32(0, CAST_LIMITS.messageBytes + 1)
  assert.throws(() => new CastMessageReader().read(new Uint8Array(most.buffer)), NONSENSE)
  most.setUint32(0, CAST_LIMITS.messageBytes)
  assert.deepEqual(new CastMessageReader().read(new Uint8Array(most.buffer)), [])
})

test('L3: a message that lies about its fields is nonsense, never a crash', () => {
  for (const bytes of [
    [],
    [0x12, 0xff, 0xff, 0xff, 0x7f, 1],
    [0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x12],
    [0x13, 1],
    [0x12, 1, 65, 0x1a, 1, 65],
    [0x0d, 0, 0, 0, 0],
  ])
    assert.throws(() => decodeCastMessage(Uint8Array.from(bytes)), NONSENSE, bytes.join(' '))
})

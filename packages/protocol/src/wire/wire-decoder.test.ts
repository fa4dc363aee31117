import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LIMITS, concatBytes, toHex } from '@matinee/base'
import { plain, readFixture } from '../../test/fixture.ts'
import { anyMessage } from '../../test/wire-arbitrary.ts'
import { WireDecoder } from './wire-decoder.ts'
import { encodeMessage } from './wire-encoder.ts'
import type { WireMessage } from './wire-message.ts'

interface Vector {
  readonly name: string
  readonly hex: string
  readonly message: unknown
}

const messages = readFixture<{ vectors: readonly Vector[]; receiveOnly: readonly Vector[] }>(
  'wire/messages.json',
)
const { vectors: refusals } = readFixture<{
  vectors: readonly {
    readonly row: string
    readonly name: string
    readonly hex: string
    readonly pieceCount: number | null
    readonly code: string
  }[]
}>('wire/refused.json')

/** Everything a decoder tells about bytes that come in segments, which are overwritten at once. */
function decode(
  bytes: Uint8Array,
  segments: Iterable<number>,
  pieceCount: number | null = null,
): WireMessage[] {
  const decoder = new WireDecoder({ pieceCount })
  const told: WireMessage[] = []
  let at = 0
  for (const length of segments) {
    const segment = bytes.slice(at, at + length)
    decoder.push(segment, (message) => told.push(message))
    segment.fill(0xee)
    at += length
    if (at >= bytes.length) return told
  }
  return told
}

function* endless(length: number): Generator<number> {
  for (;;) yield length
}

/** The header of a message. */
function head(length: number, ...rest: number[]): Uint8Array {
  return new Uint8Array([length >>> 24, length >>> 16, length >>> 8, length, ...rest])
}

test('messages read and write as the vectors say', () => {
  for (const { name, hex, message } of messages.vectors) {
    const [decoded, ...more] = decode(Uint8Array.fromHex(hex), endless(7))
    assert.deepEqual(plain(decoded), message, name)
    assert.deepEqual(more, [], name)
    assert.ok(decoded !== undefined && decoded.kind !== 'unknown', name)
    assert.equal(toHex(concatBytes(encodeMessage(decoded))), hex, name)
  }
})

test('a message with an unknown id is skipped and told', () => {
  for (const { name, hex, message } of messages.receiveOnly)
    for (const length of [1, 3, 100])
      assert.deepEqual(plain(decode(Uint8Array.fromHex(hex), endless(length))), [message], name)
})

test('what is written is read again, whatever the segments', () => {
  fc.assert(
    fc.property(
      fc.array(anyMessage, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(20_000))),
      (sent, segments) => {
        const bytes = concatBytes(sent.flatMap((message) => encodeMessage(message)))
        assert.deepEqual(decode(bytes, segments), sent)
      },
    ),
  )
})

test('every way to cut two messages in two gives the same two messages', () => {
  for (const first of messages.vectors)
    for (const second of messages.vectors.filter(({ name }) => name.startsWith('piece'))) {
      const bytes = Uint8Array.fromHex(first.hex + second.hex)
      for (let cut = 1; cut <= bytes.length; cut++)
        assert.deepEqual(
          plain(decode(bytes, [cut, bytes.length - cut])),
          [first.message, second.message],
          `${first.name} cut at ${cut}`,
        )
    }
})

for (const { row, name, hex, pieceCount, code } of refusals)
  test(`${row}: ${name} is refused as ${code}`, () => {
    for (const length of [1, 2, 1000])
      assert.throws(
        () => decode(Uint8Array.fromHex(hex), endless(length), pieceCount),
        { name: 'WireError', code },
        `in segments of ${length}`,
      )
  })

test('P3: a refused length is refused before the first byte of its body, also behind good messages', () => {
  const told: string[] = []
  const decoder = new WireDecoder({ pieceCount: 16 })
  const bytes = concatBytes([...encodeMessage({ kind: 'choke' }), head(0xffff_fff0)])
  assert.throws(() => decoder.push(bytes, ({ kind }) => told.push(kind)), {
    code: 'message-too-long',
  })
  assert.deepEqual(told, ['choke'])
  assert.throws(() => decoder.push(new Uint8Array(4), ({ kind }) => told.push(kind)), {
    code: 'message-too-long',
  })
  assert.deepEqual(told, ['choke'])
})

test('P3: a block is put where it was asked to be put, once', () => {
  const taken: Uint8Array[] = []
  const decoder = new WireDecoder({
    pieceCount: 16,
    allocateBlock: (length) => {
      const block = new Uint8Array(length)
      taken.push(block)
      return block
    },
  })
  const sent = new Uint8Array(LIMITS.blockBytes).map((_, i) => i % 251)
  const told: WireMessage[] = []
  for (const chunk of encodeMessage({ kind: 'piece', piece: 1, begin: 0, block: sent }))
    for (let at = 0; at < chunk.length; at += 1448)
      decoder.push(chunk.subarray(at, at + 1448), (message) => told.push(message))
  const [message] = told
  assert.equal(taken.length, 1)
  assert.ok(message?.kind === 'piece')
  assert.equal(message.block, taken[0])
  assert.deepEqual(message.block, sent)
})

test('P3: an announced body takes memory only as it comes', () => {
  const decoders: WireDecoder[] = []
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 500; i++) {
    const decoder = new WireDecoder({ pieceCount: null })
    decoder.push(head(LIMITS.wireMessageBytes, 20, 1, 0xaa), () => assert.fail('too early'))
    decoders.push(decoder)
  }
  const taken = process.memoryUsage().arrayBuffers - before
  assert.ok(taken < 20 * 1024 * 1024, `${taken} bytes for ${decoders.length} headers`)
})

test('P3: the body of an unknown message is not kept', () => {
  const decoder = new WireDecoder({ pieceCount: null })
  const segment = new Uint8Array(64 * 1024)
  const told: WireMessage[] = []
  const before = process.memoryUsage().arrayBuffers
  for (let i = 0; i < 100; i++) {
    decoder.push(head(LIMITS.wireMessageBytes, 200), (message) => told.push(message))
    for (let left = LIMITS.wireMessageBytes - 1; left > 0; left -= segment.length)
      decoder.push(segment.subarray(0, left), (message) => told.push(message))
  }
  assert.equal(told.length, 100)
  assert.ok(process.memoryUsage().arrayBuffers - before < 20 * 1024 * 1024)
})

test('P3: the largest message that may be is read, in tiny segments too', () => {
  const payload = new Uint8Array(LIMITS.wireMessageBytes - 2).map((_, i) => i % 253)
  const bytes = concatBytes(encodeMessage({ kind: 'extended', id: 3, payload }))
  for (const length of [13, 1448, 65_536, bytes.length])
    assert.deepEqual(decode(bytes, endless(length)), [{ kind: 'extended', id: 3, payload }])
})

test('P6: the size of a bitfield is judged as soon as the metadata has come', () => {
  const decoder = new WireDecoder({ pieceCount: null })
  decoder.push(head(1000, 5), () => {})
  const late = new WireDecoder({ pieceCount: null })
  late.pieceCount = 16
  assert.throws(() => late.push(head(1000, 5), () => {}), { code: 'invalid-bitfield-size' })
})

test('P8: the numbers of a request are read as they are, never negative', () => {
  const [request] = decode(concatBytes([head(13, 6), new Uint8Array(12).fill(0xff)]), endless(5))
  assert.deepEqual(request, {
    kind: 'request',
    piece: 0xffff_ffff,
    begin: 0xffff_ffff,
    length: 0xffff_ffff,
  })
})

test('after stop nothing more is told, not even the rest of the segment', () => {
  const told: string[] = []
  const decoder = new WireDecoder({ pieceCount: null })
  const bytes = concatBytes([
    ...encodeMessage({ kind: 'choke' }),
    ...encodeMessage({ kind: 'unchoke' }),
  ])
  decoder.push(bytes, ({ kind }) => {
    told.push(kind)
    decoder.stop()
  })
  decoder.push(head(0xffff_ffff), () => assert.fail('stopped'))
  assert.deepEqual(told, ['choke'])
})

test('what the listener throws comes out, and the decoder is done', () => {
  const decoder = new WireDecoder({ pieceCount: null })
  const boom = new Error('boom')
  const fail = (): void => {
    throw boom
  }
  assert.throws(() => decoder.push(head(0), fail), boom)
  assert.throws(() => decoder.push(head(0), () => assert.fail('done')), boom)
})

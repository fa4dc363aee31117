import { cpuTimeOf } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { LIMITS, concatBytes, latin1Bytes } from '@matinee/base'
import { BencodeError } from '../bencode/bencode-error.ts'
import { plain, readFixture } from '../../test/fixture.ts'
import { decodeExtensionHandshake, encodeExtensionHandshake } from './extension-handshake.ts'
import type { ExtensionHandshake } from './extension-handshake.ts'
import { decodeMetadataMessage, encodeMetadataMessage } from './metadata-message.ts'
import { decodePeerExchange, encodePeerExchange } from './peer-exchange.ts'
import { WireError } from './wire-error.ts'

interface Vector {
  readonly name: string
  readonly hex: string
  readonly value: unknown
}

const fixture = readFixture<{
  readonly handshakes: readonly Vector[]
  readonly metadata: readonly Vector[]
  readonly exchanges: readonly Vector[]
  readonly refused: readonly {
    readonly kind: 'handshake' | 'metadata' | 'exchange'
    readonly name: string
    readonly hex: string
  }[]
}>('wire/extensions.json')

const decoders = {
  handshake: decodeExtensionHandshake,
  metadata: decodeMetadataMessage,
  exchange: decodePeerExchange,
} as const

test('extension handshakes read as the vectors say, and again what was written', () => {
  for (const { name, hex, value } of fixture.handshakes) {
    const decoded = decodeExtensionHandshake(Uint8Array.fromHex(hex))
    assert.deepEqual(plain(decoded), value, name)
    assert.deepEqual(decodeExtensionHandshake(encodeExtensionHandshake(decoded)), decoded, name)
  }
})

test('metadata messages read as the vectors say, and write the same bytes', () => {
  for (const { name, hex, value } of fixture.metadata) {
    const bytes = Uint8Array.fromHex(hex)
    const decoded = decodeMetadataMessage(bytes)
    assert.deepEqual(plain(decoded), value, name)
    if (decoded.kind !== 'unknown') assert.deepEqual(encodeMetadataMessage(decoded), bytes, name)
  }
})

test('peer exchanges read as the vectors say, and again what was written', () => {
  for (const { name, hex, value } of fixture.exchanges) {
    const decoded = decodePeerExchange(Uint8Array.fromHex(hex))
    assert.deepEqual(plain(decoded), value, name)
    assert.deepEqual(decodePeerExchange(encodePeerExchange(decoded)), decoded, name)
  }
})

for (const { kind, name, hex } of fixture.refused)
  test(`P10: a ${kind} message with ${name} is refused`, () => {
    assert.throws(() => decoders[kind](Uint8Array.fromHex(hex)), {
      name: 'WireError',
      code: 'bad-extension',
    })
  })

test('P10: the reason why a message is no bencode stays in sight', () => {
  assert.throws(
    () => decodeExtensionHandshake(latin1Bytes('d1:ai-0ee')),
    (error) => error instanceof WireError && error.cause instanceof BencodeError,
  )
})

const bombs = {
  'lists 200 000 deep': () => latin1Bytes(`d1:a${'l'.repeat(200_000)}${'e'.repeat(200_000)}e`),
  'dictionaries 200 000 deep': () => latin1Bytes('d1:a'.repeat(200_000)),
  'a hundred thousand keys, sorted': () =>
    concatBytes([
      latin1Bytes('d'),
      ...Array.from({ length: 100_000 }, (_, i) => latin1Bytes(`6:${100_000 + i}0:`)),
      latin1Bytes('e'),
    ]),
  'a hundred thousand keys, unsorted': () =>
    concatBytes([
      latin1Bytes('d'),
      ...Array.from({ length: 100_000 }, (_, i) => latin1Bytes(`6:${900_000 - i}0:`)),
      latin1Bytes('e'),
    ]),
  'a million small integers': () => latin1Bytes(`d1:al${'i1e'.repeat(340_000)}ee`),
} as const

for (const [name, make] of Object.entries(bombs))
  test(`P10: ${name} cost next to nothing`, () => {
    const payload = make()
    const allowedMs = (5 * payload.length) / 100_000
    for (const decode of Object.values(decoders)) {
      const bestMs = Math.min(
        ...Array.from({ length: 3 }, () =>
          cpuTimeOf(() =>
            assert.throws(() => decode(payload), { name: 'WireError', code: 'bad-extension' }),
          ),
        ),
      )
      // Five-fold room for slower processors: what must not pass is anything that grows faster.
      assert.ok(bestMs <= 5 * allowedMs, `${bestMs} ms for ${payload.length} bytes`)
    }
  })

const silent: ExtensionHandshake = {
  messages: new Map(),
  client: null,
  requestQueue: null,
  metadataSize: null,
  port: null,
  yourIp: null,
  uploadOnly: false,
}

test('P10: a peer names at most a hundred extensions, of sensible length, and its client in 200 characters', () => {
  const messages = new Map<string, number>(
    Array.from({ length: 300 }, (_, i) => [`x${i}`, i % 256] as const),
  )
  messages.set('n'.repeat(65), 1)
  const client = '\u{1F37F}'.repeat(5000)
  const decoded = decodeExtensionHandshake(
    encodeExtensionHandshake({ ...silent, messages, client }),
  )
  assert.equal(decoded.messages.size, 100)
  assert.equal(decoded.messages.has('n'.repeat(65)), false)
  assert.equal(Array.from(decoded.client ?? '').length, LIMITS.remoteTextCharacters)
  assert.ok(decoded.client?.isWellFormed())
})

test('P14: a peer exchange gives at most fifty peers, and room for both families', () => {
  const run = (size: number, count: number): string => {
    const addresses = Array.from({ length: count }, (_, i) => {
      const address = new Uint8Array(size).fill(1)
      address[size - 1] = 1 + (i % 200)
      return address
    })
    return String.fromCharCode(...concatBytes(addresses))
  }
  const text = (key: string, value: string): string =>
    `${key.length}:${key}${value.length}:${value}`
  const payload = latin1Bytes(
    `d${text('added', run(6, 1000))}${text('added6', run(18, 1000))}${text('dropped', run(6, 1000))}e`,
  )
  const { added, dropped } = decodePeerExchange(payload)
  assert.equal(added.length, LIMITS.pexPeers)
  assert.equal(added.filter(({ address }) => address.host.includes(':')).length, 25)
  assert.equal(dropped.length, LIMITS.pexPeers)
})

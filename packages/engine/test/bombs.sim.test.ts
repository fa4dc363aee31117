import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, concatBytes, utf8Bytes } from '@matinee/base'
import { BencodeDictionary, encodeBencode, encodeExtensionHandshake } from '@matinee/protocol'
import type { ScriptedPeer } from '@matinee/testkit'
import { onStage } from './stage.ts'

/** The ids that the engine gives to extension messages, learned from its handshake. */
const HANDSHAKE_ID = 0
const METADATA_ID = 1
const PEX_ID = 2

const deep = (depth: number): Uint8Array => utf8Bytes('l'.repeat(depth) + 'e'.repeat(depth))
const dictionary = (entries: string): Uint8Array => utf8Bytes(`d${entries}e`)
/** In bencoded form, keys in order. */
const manyKeys = (count: number): Uint8Array =>
  concatBytes([
    utf8Bytes('d'),
    ...Array.from({ length: count }, (_, i) => utf8Bytes(`6:${String(i).padStart(6, '0')}0:`)),
    utf8Bytes('e'),
  ])

const BOMBS: readonly (readonly [string, Uint8Array])[] = [
  ['lists 200 000 deep', deep(200_000)],
  ['dictionaries 100 000 deep', utf8Bytes(`${'d1:a'.repeat(100_000)}${'e'.repeat(100_000)}`)],
  ['dictionaries 200 deep', utf8Bytes(`${'d1:a'.repeat(200)}de${'e'.repeat(200)}`)],
  ['100 000 keys', manyKeys(100_000)],
  ['a text of 999999999999 bytes', utf8Bytes('999999999999:x')],
  ['a negative zero', dictionary('8:msg_typei-0e')],
  ['leading zeros', dictionary('8:msg_typei00e')],
  ['an endless number', dictionary(`8:msg_typei${'9'.repeat(100_000)}e`)],
  ['a key twice', dictionary('1:ai1e1:ai1e')],
  ['a dictionary that never ends', utf8Bytes('d1:md11:ut_metadatai1e')],
  ['a number', utf8Bytes('i5e')],
  ['nothing', new Uint8Array(0)],
  ['noise', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255)],
]
for (const [id, where] of [
  [HANDSHAKE_ID, 'an extension handshake'],
  [METADATA_ID, 'ut_metadata'],
  [PEX_ID, 'ut_pex'],
  [77, 'an extension nobody knows'],
] as const)
  for (const [what, payload] of BOMBS)
    test(
      `P10: ${what} in ${where} harms nobody but its sender`,
      onStage({ kind: 'v2', files: 200 * KIB }, async (stage) => {
        const torrent = stage.add()
        const peer = await stage.script()
        introduce(peer)
        await stage.clock.advance(100)
        const cpu = process.cpuUsage()
        peer.send({ kind: 'extended', id, payload })
        await stage.clock.advance(1000)
        const { user } = process.cpuUsage(cpu)
        assert.ok(user < 1_500_000, `${user} µs of the processor`)
        assert.equal(peer.isOver, id !== 77, 'it is let go when the message was for us')
        peer.close()
        const seed = await stage.seed()
        assert.ok(seed.address)
        torrent.addPeers([seed.address], 'user')
        await stage.assertStreams(torrent)
      }),
    )

/** Says that it speaks every extension, so that its messages are read. */
function introduce(peer: ScriptedPeer): void {
  const messages = new Map([
    ['ut_metadata', 3],
    ['ut_pex', 4],
  ])
  const payload = encodeExtensionHandshake({
    messages,
    client: 'x'.repeat(500),
    requestQueue: 2 ** 31,
    metadataSize: null,
    port: null,
    yourIp: null,
    uploadOnly: false,
  })
  peer.send({ kind: 'extended', id: HANDSHAKE_ID, payload })
}

const HOSTILE_METADATA: readonly (readonly [string, Record<string, number>, number])[] = [
  ['a piece behind the end', { msg_type: 1, piece: 9, total_size: 100 }, 100],
  ['a total of 2 GiB', { msg_type: 1, piece: 0, total_size: 2 ** 31 }, 16 * KIB],
  ['a total of nothing', { msg_type: 1, piece: 0, total_size: 0 }, 0],
  ['a piece below zero', { msg_type: 1, piece: -1, total_size: 100 }, 100],
  ['less than its piece', { msg_type: 1, piece: 0, total_size: 100 }, 99],
  ['more than its piece', { msg_type: 1, piece: 0, total_size: 100 }, 200],
]
for (const [what, fields, length] of HOSTILE_METADATA)
  test(
    `P11: a metadata message with ${what} ends its connection, and metadata comes from another`,
    onStage({ kind: 'v1', files: 200 * KIB }, async (stage) => {
      const torrent = stage.addMagnet()
      const peer = await stage.script()
      introduce(peer)
      const head = encodeBencode(BencodeDictionary.from(fields))
      const payload = concatBytes([head, new Uint8Array(length)])
      peer.send({ kind: 'extended', id: METADATA_ID, payload })
      await stage.run(peer.over, 2000)
      const seed = await stage.seed()
      assert.ok(seed.address)
      torrent.addPeers([seed.address], 'user')
      await stage.assertStreams(torrent)
    }),
  )

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import type { ScriptedPeer } from '@matinee/testkit'
import { onStage } from './stage.ts'

const u32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
]

const TOO_LONG: readonly (readonly [string, readonly number[]])[] = [
  ['of 4 GB', [0xff, 0xff, 0xff, 0xf0, 0x07]],
  ['of 1 MiB and a byte', [...u32(MIB + 1), 20]],
  ['with a block of 16 KiB and a byte', [...u32(9 + 16 * KIB + 1), 7]],
  ['with more hashes than a request may ask for', [...u32(49 + 32 * 9000), 22]],
]
for (const [what, header] of TOO_LONG)
  test(
    `P3: a message ${what} is refused at its header, and what follows is not taken`,
    onStage({ kind: 'v2' }, async (stage) => {
      const torrent = stage.add()
      const peer = await stage.script()
      peer.sendRaw(new Uint8Array(header))
      for (let i = 0; i < 400; i++) peer.sendRaw(new Uint8Array(MIB))
      const receivedBefore = stage.us.receivedBytes
      await stage.run(peer.over, 5000)
      assert.ok(stage.us.receivedBytes - receivedBefore < 256 * KIB)
      assert.equal(torrent.status().peers.connected, 0)
    }),
  )

const BITS = (length: number, last = 0): Uint8Array => {
  const bits = new Uint8Array(length)
  if (last > 0) bits[length - 1] = last
  return bits
}
// The torrent of the stage has 20 pieces: bits of three bytes, the last four of them spare.
const LIES: readonly (readonly [string, (peer: ScriptedPeer) => void, RegExp])[] = [
  [
    'a bitfield too short',
    (peer) => peer.send({ kind: 'bitfield', bits: BITS(2) }),
    /a bitfield of 2 bytes/u,
  ],
  [
    'a bitfield too long',
    (peer) => peer.send({ kind: 'bitfield', bits: BITS(4) }),
    /a bitfield of 4 bytes/u,
  ],
  [
    'spare bits that are set',
    (peer) => peer.send({ kind: 'bitfield', bits: BITS(3, 0x01) }),
    /bits behind piece 19/u,
  ],
  [
    'an empty bitfield after have-all',
    (peer) => peer.send({ kind: 'have-all' }, { kind: 'bitfield', bits: BITS(3) }),
    /took back/u,
  ],
  [
    'a second bitfield that takes back',
    (peer) =>
      peer.send({ kind: 'bitfield', bits: BITS(3, 0x10) }, { kind: 'bitfield', bits: BITS(3) }),
    /took back/u,
  ],
  [
    'have-none after have',
    (peer) => peer.send({ kind: 'have', piece: 3 }, { kind: 'have-none' }),
    /took back/u,
  ],
  [
    'a piece right behind the last',
    (peer) => peer.send({ kind: 'have', piece: 20 }),
    /piece 20 of 20/u,
  ],
  [
    'a piece of number 4294967280',
    (peer) => peer.send({ kind: 'have', piece: 0xfffffff0 }),
    /4294967280/u,
  ],
]
for (const [what, lie, reason] of LIES)
  for (const source of ['metainfo', 'magnet'] as const) {
    // Until the metadata is here the last word counts, and nothing depends on those before.
    if (source === 'magnet' && /takes back|have-none/u.test(what)) continue
    test(
      `P6: ${what} closes the connection with its reason, told ${source === 'metainfo' ? 'after' : 'before'} the metadata came`,
      onStage({ kind: 'v1', files: 20 * 64 * KIB }, async (stage) => {
        const torrent = source === 'metainfo' ? stage.add() : stage.addMagnet()
        const peer = await stage.script()
        lie(peer)
        await stage.clock.advance(1000)
        const seed = await stage.seed()
        assert.ok(seed.address)
        torrent.addPeers([seed.address], 'user')
        await stage.run(torrent.metainfo())
        await stage.clock.advance(1000)
        assert.equal(peer.isOver, true)
        assert.equal(stage.reasons.length, 1)
        assert.match(
          stage.reasons[0] ?? '',
          source === 'magnet' && /4294967280/u.test(what) ? /piece/u : reason,
        )
        await stage.assertStreams(torrent)
      }),
    )
  }

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { KIB, equalBytes } from '@matinee/base'
import {
  FileTree,
  METADATA_PIECE_BYTES,
  decodeMetadataMessage,
  encodeMetadataMessage,
} from '@matinee/protocol'
import { nodeHash } from '../node-hash.ts'
import { SEEDS, type SeedBehaviour } from './seed-behaviour.ts'
import { handshakeOf, stage } from './seed-stage.ts'

test('without the fast extension a seed sends a bitfield and rejects nothing', async () => {
  const { clock, script } = await stage({ lacks: ['fast'] })
  const peer = await script()
  await clock.run(peer.expect('bitfield'))
  peer.send({ kind: 'request', piece: 0, begin: 0, length: 16_384 })
  await clock.advance(10_000)
  assert.ok(!peer.seen.includes('reject'))
})

test('hashes are served so that a file tree believes them, and every lie is refused', async () => {
  for (const [manner, isBelieved] of [
    ['honest', true],
    ['wrong-hashes', false],
    ['wrong-length', false],
    ['wrong-proof', false],
  ] as const) {
    const { clock, script, torrent } = await stage(SEEDS.hashLying(manner), { files: 900 * KIB })
    const peer = await script()
    const [file] = torrent.metainfo.files
    assert.ok(file !== undefined && file.piecesRoot !== null)
    const { length, piecesRoot } = file
    const tree = new FileTree({ length, pieceLength: 64 * KIB, piecesRoot }, nodeHash)
    const [request] = tree.leafRequests(3)
    assert.ok(request !== undefined)
    peer.send({ kind: 'hash-request', ...request })
    const answer = await clock.run(peer.expect('hashes'))
    assert.equal(tree.accept(request, answer.hashes), isBelieved, manner)
  }
})

test('hashes of files nobody knows are rejected', async () => {
  const { clock, script } = await stage({})
  const peer = await script()
  const request = {
    piecesRoot: new Uint8Array(32),
    baseLayer: 0,
    index: 0,
    length: 4,
    proofLayers: 0,
  }
  peer.send({ kind: 'hash-request', ...request })
  await clock.run(peer.expect('hash-reject'))
})

test('metadata is served piece by piece, and told wrong when it is to be', async () => {
  const options = { kind: 'v1', files: 1024 * 16 * KIB, pieceLength: 16 * KIB } as const
  const fetch = async (behaviour: SeedBehaviour): Promise<Uint8Array> => {
    const { clock, script, torrent } = await stage(behaviour, options)
    const peer = await script('v1')
    const { messages } = await handshakeOf(clock, peer)
    const id = messages.get('ut_metadata') ?? 0
    const size = torrent.metainfo.infoBytes.length
    const out = new Uint8Array(size)
    for (let piece = 0; piece * METADATA_PIECE_BYTES < size; piece++) {
      const payload = encodeMetadataMessage({ kind: 'request', piece })
      peer.send({ kind: 'extended', id, payload })
      const answer = await clock.run(peer.expect('extended'))
      const message = decodeMetadataMessage(answer.payload)
      assert.equal(message.kind, 'data')
      if (message.kind === 'data') out.set(message.bytes, piece * METADATA_PIECE_BYTES)
    }
    assert.equal(equalBytes(out, torrent.metainfo.infoBytes), behaviour.metadata === undefined)
    return out
  }
  await fetch({})
  await fetch(SEEDS.metadataLying('wrong-bytes'))
})

test('a seed recommends peers once', async () => {
  const { clock, script } = await stage({ recommends: [{ host: '203.0.113.9', port: 7 }] })
  const peer = await script()
  await handshakeOf(clock, peer)
  const message = await clock.run(peer.expect('extended'))
  assert.equal(message.id, 9)
})

test('a script that waits for what never comes is told when the connection ends', async () => {
  const { clock, script, seed } = await stage({})
  const peer = await script()
  const waiting = peer.expect('piece')
  await seed.close()
  await assert.rejects(clock.run(waiting), /instead of piece/u)
})

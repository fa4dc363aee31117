import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SEEDS } from '@matinee/testkit'
import { onStage } from './stage.ts'

const LENGTH = 2 * MIB

test(
  'A23: whoever waits can be told for which block, who was asked for it, how long ago, and who has it',
  onStage({ kind: 'v1', files: LENGTH, pieceLength: 64 * KIB }, async (stage) => {
    const silent = await stage.seed(SEEDS.silent)
    const choking = await stage.seed(SEEDS.choking)
    const torrent = stage.add()
    assert.equal(torrent.diagnosis(), null, 'nothing to look into before it is live')
    const reading = stage.reading(torrent)
    await stage.clock.advance(1000)
    const found = torrent.diagnosis()
    assert.ok(found)
    const peerOf = (host: string | undefined) =>
      found.peers.find(({ address }) => address.host === host)
    const [asked, chokes] = [peerOf(silent.address?.host), peerOf(choking.address?.host)]
    assert.ok(asked?.isUnchokingUs && asked.hasAll && asked.owedBlocks > 0)
    assert.equal(asked.serviceMs, null)
    assert.equal(chokes?.isUnchokingUs, false)
    assert.equal(chokes.owedBlocks, 0)
    const [first] = found.needs
    assert.ok(first)
    assert.deepEqual([first.piece, first.state, first.having], [0, 'requested', 2])
    assert.ok(first.dueInMs !== null && first.dueInMs <= 0, 'the reader stands still for it')
    assert.deepEqual(
      first.asked.map(({ source, kind }) => ({ source, kind })),
      [{ source: asked.source, kind: 'peer' }],
    )
    assert.ok(first.asked.every(({ waitingMs }) => waitingMs > 500 && waitingMs <= 1000))
    // Somebody honest comes.
    const seed = await stage.seed({ bytesPerSecond: MIB })
    assert.ok(seed.address)
    torrent.addPeers([seed.address], 'user')
    stage.assertRight(await stage.run(reading), 0, { start: 0, end: LENGTH })
    const after = torrent.diagnosis()
    assert.deepEqual(after?.blocks, [{ first: 0, end: LENGTH / (16 * KIB), state: 'have' }])
    assert.deepEqual(after.needs, [])
    assert.ok((peerOf(seed.address.host) ?? after.peers.at(-1))?.downloadedBytes)
  }),
)

test(
  'blocks of a torrent are told as runs of one state, without a gap',
  onStage({ kind: 'hybrid', files: LENGTH, pieceLength: 64 * KIB }, async (stage) => {
    await stage.seed({ bytesPerSecond: 200 * KIB })
    const torrent = stage.add()
    const reading = stage.reading(torrent, 0, { start: MIB, end: LENGTH })
    await stage.clock.advance(2000)
    const { blocks, blocksPerPiece } = torrent.diagnosis() ?? { blocks: [], blocksPerPiece: 0 }
    assert.equal(blocksPerPiece, 4)
    let at = 0
    for (const { first, end, state } of blocks) {
      assert.equal(first, at)
      assert.ok(end > first)
      if (state === 'have') assert.ok(first >= MIB / (16 * KIB))
      at = end
    }
    assert.equal(at, LENGTH / (16 * KIB))
    assert.deepEqual(
      [...new Set(blocks.map(({ state }) => state))].filter((one) => one !== 'held').toSorted(),
      ['have', 'missing', 'requested'],
    )
    await stage.run(reading)
  }),
)

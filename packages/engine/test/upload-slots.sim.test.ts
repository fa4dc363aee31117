import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { decodeExtensionHandshake } from '@matinee/protocol'
import { leech, requestsOf, type ScriptedPeer } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { ENGINE_ADDRESS, onStage, type Stage } from './stage.ts'

const LENGTH = 2 * MIB
const PIECE = 256 * KIB
const FILM = { kind: 'hybrid', files: LENGTH, pieceLength: PIECE } as const

/** The engine has all of the film, and nobody is left that it came from. */
async function seeding(stage: Stage): Promise<Torrent> {
  await stage.seed()
  const torrent = stage.add()
  await stage.read(torrent)
  for (const seed of stage.seeds) await seed.close()
  return torrent
}

/** Somebody who downloads all of it from the engine. */
function leeching(stage: Stage): Promise<Uint8Array> {
  const { network } = stage.host()
  return leech({ network, target: ENGINE_ADDRESS, metainfo: stage.made.metainfo })
}

async function interestedPeer(stage: Stage): Promise<ScriptedPeer> {
  const peer = await stage.script()
  peer.send({ kind: 'interested' })
  await stage.clock.advance(100)
  return peer
}

function countOf({ seen }: ScriptedPeer, kind: ScriptedPeer['seen'][number]): number {
  return seen.filter((one) => one === kind).length
}

test(
  'twelve who want a film whole at two slots all get it',
  onStage({ ...FILM, engine: { uploadSlots: 2 } }, async (stage) => {
    await seeding(stage)
    const all = Promise.all(Array.from({ length: 12 }, () => leeching(stage)))
    for (const bytes of await stage.run(all, 600_000)) assert.equal(bytes.length, LENGTH)
  }),
)

test(
  'what leaves keeps to the rate of the engine, and of the torrent',
  onStage(FILM, async (stage) => {
    const torrent = await seeding(stage)
    const took = async (count: number): Promise<number> => {
      const startMs = stage.clock.nowMs()
      await stage.run(Promise.all(Array.from({ length: count }, () => leeching(stage))), 600_000)
      return (stage.clock.nowMs() - startMs) / 1000
    }
    stage.engine.limitUpload(200_000)
    const both = await took(2)
    assert.ok(Math.abs(both - (2 * LENGTH) / 200_000) < 2, `${both} s`)
    torrent.limitUpload(100_000)
    const one = await took(1)
    assert.ok(Math.abs(one - LENGTH / 100_000) < 2, `${one} s`)
    stage.engine.limitUpload(null)
    torrent.limitUpload(null)
    assert.ok((await took(1)) < 3)
  }),
)

test(
  'of two who want the same slot, the one who gives has it while we fetch',
  onStage({ ...FILM, kind: 'v1', engine: { uploadSlots: 2 }, isPrivate: true }, async (stage) => {
    const seed = await stage.seed({ bytesPerSecond: 60_000 })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    await stage.clock.advance(6000)
    const takers = [await interestedPeer(stage), await interestedPeer(stage)]
    assert.deepEqual(
      takers.map((peer) => countOf(peer, 'unchoke')),
      [1, 1],
      'slots are free',
    )
    const giver = await stage.script()
    giver.send({ kind: 'have-all' }, { kind: 'unchoke' }, { kind: 'interested' })
    const { bytesAt, metainfo } = stage.made
    for (let second = 0; second < 20; second++) {
      await stage.clock.advance(1000)
      for (const message of giver.inbox.splice(0)) {
        if (message.kind !== 'request') continue
        const { piece, begin, length } = message
        const start = metainfo.layout.pieceSpan(metainfo.layout.piece(piece)).start + begin
        const block = bytesAt({ start, end: start + length })
        giver.send({ kind: 'piece', piece, begin, block })
      }
    }
    assert.ok(countOf(giver, 'unchoke') > 0, 'who gives is served')
    assert.equal(
      takers.map((peer) => countOf(peer, 'choke')).reduce((a, b) => a + b),
      1,
    )
    for (const peer of [giver, ...takers]) peer.close()
    await stage.run(reading, 600_000)
    assert.ok(seed.bytesServed > 0)
  }),
)

test(
  'who is choked gets a reject for each request that waited, and is not punished for those on their way',
  onStage({ ...FILM, engine: { uploadSlots: 1 } }, async (stage) => {
    await seeding(stage)
    stage.engine.limitUpload(50_000)
    const first = await interestedPeer(stage)
    const asked = requestsOf(0, PIECE)
    for (let i = 0; i < 4; i++) first.send(...asked)
    const second = await interestedPeer(stage)
    await stage.until(() => countOf(second, 'unchoke') === 1, 'the second has its turn')
    assert.equal(countOf(first, 'choke'), 1)
    for (let i = 0; i < 5; i++) first.send(...asked)
    await stage.clock.advance(5000)
    assert.equal(first.isOver, false)
    assert.equal(countOf(first, 'piece') + countOf(first, 'reject'), 9 * asked.length)
    first.close()
    second.close()
  }),
)

test(
  'others wait while a film here is about to stop, but not for ever',
  onStage({ ...FILM, kind: 'v1', isPrivate: true }, async (stage) => {
    await stage.seed({ bytesPerSecond: 40_000 })
    const torrent = stage.add()
    const reading = stage.reading(torrent)
    await stage.until(() => torrent.status().bytes.verified >= PIECE, 'a piece is here')
    const peer = await interestedPeer(stage)
    const startMs = stage.clock.nowMs()
    peer.send(...requestsOf(0, PIECE).slice(0, 1))
    await stage.until(() => countOf(peer, 'piece') === 1, 'it is served')
    const waitedMs = stage.clock.nowMs() - startMs
    assert.ok(waitedMs >= 1000 && waitedMs <= 10_500, `${waitedMs} ms`)
    peer.close()
    await stage.run(reading, 600_000)
  }),
)

test(
  'P9: who asks for one block over and over gets no more than another one, and no more than there is',
  onStage(FILM, async (stage) => {
    await seeding(stage)
    stage.engine.limitUpload(100_000)
    const looper = await interestedPeer(stage)
    const [block] = requestsOf(0, PIECE)
    assert.ok(block)
    const asking = { isOn: true }
    const loop = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) looper.send(block)
      while (asking.isOn) {
        await looper.expect('piece')
        looper.send(block, block)
      }
    }
    const looping = loop().catch(() => undefined)
    const startMs = stage.clock.nowMs()
    const bytes = await stage.run(leeching(stage), 600_000)
    asking.isOn = false
    const tookSeconds = (stage.clock.nowMs() - startMs) / 1000
    assert.equal(bytes.length, LENGTH)
    assert.ok(tookSeconds < 1.2 * ((2 * LENGTH) / 100_000), `${tookSeconds} s`)
    const sent = LENGTH + countOf(looper, 'piece') * block.length
    assert.ok(sent <= (tookSeconds + 1) * 100_000, `${sent} bytes in ${tookSeconds} s`)
    looper.close()
    await stage.run(looping)
  }),
)

test(
  'who has all says that it only gives (BEP 21)',
  onStage(FILM, async (stage) => {
    await stage.seed()
    const torrent = stage.add()
    const early = await stage.script()
    await stage.read(torrent)
    const late = await stage.script()
    await stage.clock.advance(1000)
    const said = (peer: ScriptedPeer): readonly boolean[] =>
      peer.inbox.flatMap((message) =>
        message.kind === 'extended' && message.id === 0
          ? [decodeExtensionHandshake(message.payload).uploadOnly]
          : [],
      )
    assert.deepEqual(said(late), [true])
    assert.deepEqual(said(early), [false, true])
    early.close()
    late.close()
  }),
)

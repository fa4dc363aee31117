import assert from 'node:assert/strict'
import { KIB, type Random } from '@matinee/base'
import { seedPeer, type SeedBehaviour } from '@matinee/testkit'
import { ENGINE_ADDRESS, Stage } from '../test/stage.ts'
import type { Fuzzer } from './fuzzer.ts'
import { garblingNetwork } from './garbling-network.ts'

/**
 * Peers that speak well and now and then garble what they send: whatever they do, the film comes from an
 * honest seed, every byte that is given out is right, and nothing is left open at the end.
 */
export const engineFuzzer: Fuzzer = {
  name: 'engine',
  async run(random) {
    const stage = await Stage.open({
      kind: pick(random, ['v1', 'v2', 'hybrid']),
      files: [
        { path: ['film.mp4'], content: 100 * KIB + random.below(200 * KIB) },
        { path: ['words.srt'], content: 1 + random.below(20 * KIB) },
      ],
      pieceLength: pick(random, [16 * KIB, 64 * KIB]),
    })
    const garblers = [await openGarbler(stage, random), await openGarbler(stage, random)]
    const torrent = random.below(3) === 0 ? stage.addMagnet() : stage.add()
    const reading = Promise.all(stage.made.contents.map((_, i) => stage.reading(torrent, i)))
    reading.catch(() => {})
    for (const garbler of garblers)
      if (random.below(2) === 0)
        await stage.run(garbler.dial(ENGINE_ADDRESS)).catch(() => {
          // The other side went away first.
        })
    await stage.clock.advance(random.below(3000))
    const honest = await stage.seed({ bytesPerSecond: 500_000 })
    assert.ok(honest.address)
    torrent.addPeers([honest.address], 'user')
    const files = await stage.run(reading, 300_000)
    for (const [i, bytes] of files.entries())
      stage.assertRight(bytes, i, { start: 0, end: stage.made.contents[i]?.length ?? 0 })
    await stage.end()
  },
}

async function openGarbler(stage: Stage, random: Random) {
  const host = stage.host()
  const behaviours: readonly SeedBehaviour[] = [
    {},
    { lacks: ['fast'] },
    { lacks: ['v2'], upgrades: false },
    { hashes: 'rejects' },
    { bytesPerSecond: 50_000 },
    { has: { fraction: 0.5 } },
  ]
  const seed = await seedPeer({
    network: garblingNetwork(host.network, random),
    clock: stage.clock,
    address: { host: host.address, port: 6881 },
    metainfo: stage.made.metainfo,
    bytesAt: stage.made.bytesAt,
    behaviour: pick(random, behaviours),
  })
  stage.seeds.push(seed)
  return seed
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random.below(values.length)]
  assert.ok(value !== undefined)
  return value
}

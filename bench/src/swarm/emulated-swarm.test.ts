import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MIB } from '@matinee/base'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { openSwarm } from './emulator/emulated-swarm.ts'
import { madeFilm, openFilm, type FilmKind } from './film.ts'
import { swarmLimit } from './swarm-limit.ts'

const FILM_BYTES = 3 * MIB + 12_345

async function streamedDigest(kind: FilmKind['kind']): Promise<string> {
  const order = { kind, pieceMiB: 1, scenario: 'hostile', seed: 1, filmBytes: FILM_BYTES } as const
  await using swarm = await openSwarm(order)
  const folder = await mkdtemp(join(tmpdir(), 'matinee-bench-test-'))
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: true })
  const engine = await openEngine({
    clock,
    network,
    folder,
    disk: systemDisk(),
    hash: systemHash(),
    random: systemRandom(),
    port: null,
  })
  try {
    const { metainfo } = await openFilm(order, FILM_BYTES)
    const torrent = engine.add(
      { kind: 'metainfo', metainfo },
      { trackers: [swarm.trackerUrl], trackersFrom: 'own' },
    )
    const digest = createHash('sha256')
    await using reader = await torrent.openFile(0, { start: 0, end: FILM_BYTES })
    for await (const bytes of reader) digest.update(bytes)
    assert.ok(swarm.report().servedBlocks >= 193)
    return digest.digest('hex')
  } finally {
    await engine[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

for (const kind of ['v1', 'hybrid'] as const)
  test(`an engine streams a ${kind} film from an emulated swarm, liars included, byte for byte`, async () => {
    const film = madeFilm(FILM_BYTES).bytesAt({ start: 0, end: FILM_BYTES })
    assert.equal(await streamedDigest(kind), createHash('sha256').update(film).digest('hex'))
  })

test('made film is the same in whatever spans it is asked for', () => {
  const film = madeFilm(100_000)
  const whole = film.bytesAt({ start: 0, end: 100_000 })
  for (const start of [0, 1, 2, 3, 4, 16_383, 16_384, 16_385, 16_387, 40_000])
    for (const length of [0, 1, 2, 5, 16_384, 33_000]) {
      const end = start + length
      assert.deepEqual(film.bytesAt({ start, end }), whole.subarray(start, end))
    }
})

test('the limit of a lone peer is four round trips and its rate, for v1 in whole pieces', () => {
  const order = { pieceMiB: 1, scenario: 'far', seed: 1, filmBytes: 387_630_000 } as const
  const spans = {
    play: { start: 0, end: 1_692_100 },
    seeks: [{ start: 348_867_000, end: 349_836_075 }],
  }
  const limit = (kind: FilmKind['kind']): number[] => {
    const { playMs, seekMs } = swarmLimit({ ...order, kind }, spans)
    return [playMs, ...seekMs].map(Math.round)
  }
  assert.deepEqual(limit('hybrid'), [1201, 397])
  assert.deepEqual(limit('v1'), [1279, 619])
})

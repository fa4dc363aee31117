import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SeededRandom, type WebAnswer } from '@matinee/testkit'
import { onStage } from './stage.ts'
import { webStand, withWebSeeds, type Bend } from './web-seed-stage.ts'

/** What a server may do to an answer, honest most of the time. */
const BENDS: readonly Bend[] = [
  (answer) => answer,
  (answer) => answer,
  (answer) => answer,
  (answer) => ({ ...answer, delayMs: 700 }),
  (answer) => ({ ...answer, body: new Uint8Array(3000), finish: 'reset' }),
  (answer) => ({ ...answer, body: new Uint8Array(20 * KIB), finish: 'close' }),
  (answer) => ({ ...answer, finish: 'hang' }),
  () => ({ status: 503 }),
  () => ({ status: 404 }),
  () => ({ status: 302, headers: { location: 'http://nowhere.example/' } }),
  (answer): WebAnswer => ({ ...answer, status: 200 }),
]

for (let seed = 1; seed <= 12; seed++) {
  const kind = (['v1', 'v2', 'hybrid'] as const)[seed % 3] ?? 'v1'
  test(
    `whatever two web seeds do, a ${kind} film comes whole and right as long as one peer has it (${seed})`,
    onStage({ kind, files: 3 * MIB, pieceLength: 128 * KIB }, async (stage) => {
      const random = new SeededRandom(`chaos/${seed}`)
      const bend: Bend = (answer, count) =>
        (BENDS[random.below(BENDS.length)] ?? ((same: WebAnswer) => same))(answer, count)
      const stands = [webStand(stage, { bend }), webStand(stage, { bend })]
      await stage.seed({}, { line: { rateBytesPerSecond: 300_000 } })
      const torrent = stage.add({ ...withWebSeeds(stands), peers: stage.peers })
      const reading = stage.reading(torrent)
      const seek = stage.reading(torrent, 0, { start: 2 * MIB, end: 2 * MIB + 100_000 })
      stage.assertRight(await stage.run(seek), 0, { start: 2 * MIB, end: 2 * MIB + 100_000 })
      stage.assertRight(await stage.run(reading), 0, { start: 0, end: 3 * MIB })
      const { bytes } = torrent.status()
      assert.equal(bytes.verified, bytes.total)
    }),
  )
}

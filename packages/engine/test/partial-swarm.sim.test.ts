import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

const PIECE = 256 * KIB
const LENGTH = 40 * PIECE
/** Pieces that somebody has: seven of ten. */
const HAD = Array.from({ length: 40 }, (_, piece) => piece).filter(
  (piece) => piece < 20 || (piece >= 24 && piece < 32),
)

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `A23: of a ${kind} film that a swarm has seven tenths of, it is said within twenty seconds which parts are missing`,
    onStage({ kind, files: LENGTH, pieceLength: PIECE }, async (stage) => {
      for (let at = 0; at < 3; at++)
        await stage.seed({
          bytesPerSecond: MIB,
          has: { pieces: HAD.filter((piece) => piece % 3 === at) },
        })
      const torrent = stage.add()
      const missing = [
        { start: 20 * PIECE, end: 24 * PIECE },
        { start: 32 * PIECE, end: LENGTH },
      ]
      const reading = stage.reading(torrent, 0, { start: 20 * PIECE, end: LENGTH })
      reading.catch(() => {})
      await stage.clock.advance(20_000)
      assert.deepEqual(torrent.status().waiting, { kind: 'part-missing', connected: 3 })
      assert.deepEqual(torrent.status().missing, { fileIndex: 0, parts: missing })
      // What there is can be watched all the same, and what came is no longer missing when everybody has left.
      const span = { start: 24 * PIECE, end: 32 * PIECE }
      stage.assertRight(await stage.read(torrent, 0, span), 0, span)
      for (const seed of stage.seeds) await seed.close()
      await stage.clock.advance(1000)
      assert.notEqual(torrent.status().waiting?.kind, 'part-missing')
      assert.equal(torrent.status().missing, null, 'nobody is here who could lack something')
    }),
  )

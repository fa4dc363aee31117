import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

const FILM = { files: 48 * MIB, pieceLength: 256 * KIB, repeatsEachPiece: true } as const
const FAST = { latencyMs: 5, rateBytesPerSecond: 100_000_000 }
/** Eight seconds of it are what a film begins with. */
const BYTES_PER_SECOND = 1_000_000

test(
  'while the first picture is drawn only the beginning comes, then what is ahead by itself',
  onStage({ ...FILM, kind: 'hybrid' }, async (stage) => {
    for (let count = 0; count < 3; count++) await stage.seed({}, { line: FAST })
    const torrent = stage.add()
    const span = { start: 0, end: 48 * MIB }
    const hints = { bytesPerSecond: BYTES_PER_SECOND, calmMs: 2000 }
    await using reader = await stage.run(torrent.openFile(0, span, undefined, hints))
    const first = await stage.run(reader[Symbol.asyncIterator]().next())
    assert.equal(first.done, false)
    await stage.clock.advance(1000)
    const { verified } = torrent.status().bytes
    assert.ok(verified >= 8 * BYTES_PER_SECOND, `${verified} verified`)
    assert.ok(verified <= 8 * BYTES_PER_SECOND + 256 * KIB, `${verified} verified`)
    // The player takes nothing meanwhile.
    await stage.clock.advance(4000)
    assert.ok(torrent.status().bytes.verified >= 40 * MIB)
  }),
)

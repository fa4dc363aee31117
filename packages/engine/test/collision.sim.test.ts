import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes, equalBytes, toHex, type Hash } from '@matinee/base'
import { makeTorrent, nodeHash } from '@matinee/testkit'
import { onStage } from './stage.ts'

const OPTIONS = { pieceLength: 64 * 1024, files: 300_000 } as const
/** What reviewers were shown, and what its maker wants others to see: pieces of equal SHA-1. */
const SHOWN = makeTorrent({ ...OPTIONS, kind: 'v1', seed: 1 })
const SWAPPED = makeTorrent({ ...OPTIONS, kind: 'v1', seed: 2 })

/** A SHA-1 that its attacker has broken: pieces of the swapped film hash as those of the shown one. */
function brokenSha1(): Hash {
  const twins = new Map<string, Uint8Array>()
  const { layout } = SHOWN.metainfo
  for (let piece = 0; piece < layout.pieceCount; piece++) {
    const span = layout.pieceSpan(layout.piece(piece))
    const digest = nodeHash.sha1(SWAPPED.bytesAt(span))
    twins.set(toHex(digest), nodeHash.sha1(SHOWN.bytesAt(span)))
  }
  const sha1 = (bytes: Uint8Array): Uint8Array => {
    const digest = nodeHash.sha1(bytes)
    return twins.get(toHex(digest)) ?? digest
  }
  return {
    ...nodeHash,
    sha1,
    startSha1: () => {
      const chunks: Uint8Array[] = []
      return {
        update: (bytes) => void chunks.push(bytes.slice()),
        finish: () => sha1(concatBytes(chunks)),
      }
    },
  }
}

test(
  'F8: bytes swapped under equal SHA-1 hashes never come out of a torrent that pins SHA-256',
  onStage(
    { ...OPTIONS, kind: 'hybrid', seed: 1, engine: { hash: brokenSha1() } },
    async (stage) => {
      await stage.seed({}, { bytesAt: SWAPPED.bytesAt })
      await stage.seed({ lacks: ['v2'] }, { bytesAt: SWAPPED.bytesAt })
      const torrent = stage.add()
      const reading = stage.reading(torrent)
      reading.catch(() => {})
      await stage.clock.advance(30_000)
      assert.equal(torrent.status().bytes.verified, 0)
      const honest = await stage.seed()
      assert.ok(honest.address)
      torrent.addPeers([honest.address], 'user')
      stage.assertRight(await stage.run(reading), 0, { start: 0, end: OPTIONS.files })
    },
  ),
)

test(
  'a v1 torrent can’t tell swapped bytes of equal SHA-1: why releases pin SHA-256',
  onStage({ ...OPTIONS, kind: 'v1', seed: 1, engine: { hash: brokenSha1() } }, async (stage) => {
    await stage.seed({}, { bytesAt: SWAPPED.bytesAt })
    const bytes = await stage.read(stage.add())
    assert.ok(equalBytes(bytes, SWAPPED.bytesAt({ start: 0, end: OPTIONS.files })))
  }),
)

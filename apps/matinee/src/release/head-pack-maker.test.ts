import { test } from 'node:test'
import assert from 'node:assert/strict'
import { GIB, MIB } from '@matinee/base'
import { HEAD_PACK_BYTES, readHeadPack, type HeadPack } from '@matinee/catalogue'
import { fitHeadPack } from './head-pack-maker.ts'
import { releasePieceLength } from './release-torrents.ts'

/** A film of so many hours with a key frame every two seconds. */
function packOf(hours: number, torrentBytes: number): HeadPack {
  const times = Array.from({ length: hours * 1800 }, (_, at) => ({
    ms: at * 2000,
    offset: 4_000_000 + at * 800_000,
  }))
  return {
    torrent: new Uint8Array(torrentBytes),
    leaves: [{ path: 'film.mp4', first: 0, hashes: new Uint8Array(512 * 32) }],
    points: [{ path: 'film.mp4', times }],
  }
}

test('a head pack that is too large says fewer moments, evenly, and keeps its leaves', () => {
  const whole = packOf(3, 53_000)
  const fitted = readHeadPack(fitHeadPack(whole, 256) ?? new Uint8Array())
  assert.deepEqual(fitted?.leaves, whole.leaves)
  const times = fitted?.points[0]?.times ?? []
  const apart = new Set(times.slice(1).map(({ ms }, at) => ms - (times[at]?.ms ?? 0)))
  assert.equal(apart.size, 1)
  assert.ok(times.length > 800, String(times.length))
  assert.equal(times[0]?.ms, 0)
})

test('without room for moments leaves go by whole pieces, and at last there is no pack', () => {
  const short = fitHeadPack(packOf(3, HEAD_PACK_BYTES - 12_000), 64)
  const fitted = readHeadPack(short ?? new Uint8Array())
  assert.deepEqual(fitted?.points, [])
  assert.equal(fitted?.leaves[0]?.hashes.length, 256 * 32)
  const bare = readHeadPack(fitHeadPack(packOf(3, HEAD_PACK_BYTES - 1000), 512) ?? new Uint8Array())
  assert.deepEqual([bare?.leaves, bare?.points], [[], []])
  assert.equal(fitHeadPack(packOf(3, HEAD_PACK_BYTES), 64), null)
})

test('pieces of a release are few enough for a head pack, and never longer than 8 MiB', () => {
  assert.equal(releasePieceLength(40 * MIB), 64 * 1024)
  for (const gib of [1, 2, 4, 8]) assert.ok((gib * GIB) / releasePieceLength(gib * GIB) <= 1024)
  assert.equal(releasePieceLength(40 * GIB), 8 * MIB)
})

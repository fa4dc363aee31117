import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMetainfo } from '@matinee/protocol'
import { SeededRandom, nodeHash } from '@matinee/testkit'
import { FEED_PIECE_BYTES, feedTorrent, feedTorrentFile } from './feed-torrent.ts'

const SIZES = [0, 1, 16_384, 16_385, FEED_PIECE_BYTES, FEED_PIECE_BYTES + 1, 5 * FEED_PIECE_BYTES]

function madeFiles(): readonly (readonly [string, Uint8Array])[] {
  const random = new SeededRandom(1)
  return SIZES.map((size, index) => [`targets/packs/targets/${index}.gz`, random.bytes(size)])
}

test('a feed torrent is the same for everybody who has the same files, in whatever order they come', () => {
  const files = madeFiles().map(([path, bytes]) => feedTorrentFile(path, bytes, nodeHash))
  const one = feedTorrent(files, nodeHash)
  const other = feedTorrent(files.toReversed(), nodeHash)
  assert.equal(one.infoHash, other.infoHash)
  assert.deepEqual(one.metainfo, other.metainfo)
  const less = feedTorrent(files.slice(1), nodeHash)
  assert.notEqual(less.infoHash, one.infoHash)
})

test('a feed torrent is one that the parser takes, with a layer for every file of several pieces', () => {
  const files = madeFiles().map(([path, bytes]) => feedTorrentFile(path, bytes, nodeHash))
  const { metainfo, infoHash } = feedTorrent(files, nodeHash)
  const parsed = parseMetainfo(metainfo, nodeHash)
  assert.equal(parsed.kind, 'v2')
  assert.equal(parsed.name, 'matinee-feed')
  assert.equal(parsed.infoHashes.v2, infoHash)
  assert.equal(parsed.pieceLength, FEED_PIECE_BYTES)
  for (const file of parsed.files)
    assert.equal(parsed.pieceLayer(file.index) === null, file.length === 0, file.path.join('/'))
})

test('a feed torrent pinned: other hashes than these would make one feed two', () => {
  const bytes = new Uint8Array(FEED_PIECE_BYTES + 1).fill(7)
  const files = [
    feedTorrentFile('metadata/1.root.json', new Uint8Array([1, 2, 3]), nodeHash),
    feedTorrentFile('targets/a.gz', bytes, nodeHash),
  ]
  assert.equal(
    feedTorrent(files, nodeHash).infoHash,
    '48378ab5c87a5bd817dfc195dc69b4160163f3de4bf847b4fc2a37fd7fd6b425',
  )
})

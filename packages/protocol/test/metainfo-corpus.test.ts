import { test } from 'node:test'
import assert from 'node:assert/strict'
import { fromHex } from '@matinee/base'
import { nodeHash } from '@matinee/testkit'
import {
  FileTree,
  type HashRequest,
  type Metainfo,
  MetainfoError,
  infoHashV1,
  parseInfo,
  parseMetainfo,
} from '@matinee/protocol'
import { ACCEPTED, REFUSED, fixtureBytes, fixtureText, infoOf, torrentOf } from './torrent-case.ts'

for (const one of REFUSED)
  test(`${one.row}: ${one.name} (${one.base}) is refused as ${one.code}`, () => {
    assert.throws(() => parseMetainfo(torrentOf(one), nodeHash), hasCode(one.code ?? ''))
  })

for (const one of ACCEPTED)
  test(`${one.row}: ${one.name} (${one.base}) is accepted and shown clean`, () => {
    const metainfo = parseMetainfo(torrentOf(one), nodeHash)
    assert.deepEqual(
      metainfo.files.map((file) => file.path.join('/')),
      one.paths,
    )
  })

test('P12: what is refused in a file is refused, by the same name, in metadata from a peer', () => {
  let count = 0
  for (const one of REFUSED) {
    const info = infoOf(one)
    // Piece layers and URLs stand outside of the info dictionary.
    if (['no-info', 'urls', 'piece-layers'].includes(one.code ?? '')) continue
    const expected = { v1: infoHashV1(nodeHash.sha1(info)), v2: null }
    assert.throws(() => parseInfo(info, nodeHash, expected), hasCode(one.code ?? ''), one.name)
    count++
  }
  assert.ok(count > 100)
})

interface LibtorrentTable {
  readonly torrents: readonly {
    readonly file: string
    readonly kind: string
    readonly v1: string | null
    readonly v2: string | null
    readonly pieces: number
    readonly files: readonly { path: string[]; length: number; start: number }[]
  }[]
}

const made = JSON.parse(fixtureText('metainfo/libtorrent.json')) as LibtorrentTable

for (const torrent of made.torrents)
  test(`${torrent.file} reads as the program that made it reads it`, () => {
    const metainfo = parseMetainfo(fixtureBytes(`metainfo/${torrent.file}`), nodeHash)
    assert.equal(metainfo.kind, torrent.kind)
    assert.deepEqual(metainfo.infoHashes, { v1: torrent.v1, v2: torrent.v2 })
    assert.equal(metainfo.layout.pieceCount, torrent.pieces)
    assert.deepEqual(shown(metainfo), torrent.files)
    const fromPeer = parseInfo(metainfo.infoBytes, nodeHash, metainfo.infoHashes)
    assert.deepEqual(shown(fromPeer), torrent.files)
  })

interface HashAnswers {
  readonly file: string
  readonly fileIndex: number
  readonly answers: readonly (Omit<HashRequest, 'piecesRoot'> & { readonly hashes: string })[]
}

test('a file tree asks a real seed what it answers, takes the answers, and answers the same', () => {
  const recorded = JSON.parse(fixtureText('metainfo/libtorrent-hashes.json')) as HashAnswers
  const metainfo = parseMetainfo(fixtureBytes(`metainfo/${recorded.file}`), nodeHash)
  const file = metainfo.files[recorded.fileIndex]
  assert.ok(file?.piecesRoot)
  const { pieceLength } = metainfo
  const { length, piecesRoot } = file
  const tree = new FileTree({ length, pieceLength, piecesRoot }, nodeHash)
  const layer = tree.layerRequest(0)
  assert.ok(layer)
  const asked = [...tree.leafRequests(1), ...tree.leafRequests(3), layer]
  for (const [i, { hashes, ...request }] of recorded.answers.entries()) {
    // The layer is known by the time of the last one.
    const own = asked[i] ?? tree.leafRequests(2)[0]
    assert.deepEqual(own, { piecesRoot, ...request })
    const bytes = fromHex(hashes)
    assert.ok(bytes && own)
    assert.ok(tree.accept(own, bytes))
  }
  for (const { hashes, ...request } of recorded.answers)
    assert.deepEqual(tree.answer({ piecesRoot, ...request }), fromHex(hashes))
  assert.deepEqual(tree.pieceLayer, metainfo.pieceLayer(recorded.fileIndex))
})

function shown(metainfo: Metainfo): { path: readonly string[]; length: number; start: number }[] {
  return metainfo.files.map(({ path, length, span }) => ({ path, length, start: span.start }))
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MetainfoError)
    assert.equal(error.code, code)
    return true
  }
}

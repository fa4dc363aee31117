// Longer than most: every row about hostile torrents that needs a made torrent stands beside the
// round trip whose makers it shares.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { LIMITS, SHA1_BYTES, concatBytes, latin1Bytes, utf8Bytes } from '@matinee/base'
import { cpuTimeOf, nodeHash } from '@matinee/testkit'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { infoHashV1, infoHashV2 } from '../info-hash.ts'
import { BLOCK_BYTES } from '../layout/layout.ts'
import { pieceLayerRoot } from '../merkle/merkle-root.ts'
import { type HashedFile, type MetainfoDraft, encodeMetainfo } from './metainfo-encoder.ts'
import { MetainfoError } from './metainfo-error.ts'
import { parseInfo, parseMetainfo, withPieceLayers } from './metainfo-parser.ts'
import { planTorrent } from './torrent-plan.ts'

/** Names that no file system takes for one another, in an order of their own. */
const NAMES = ['b', 'a.mp4', 'Z', 'sub', 'été', '-rf', '日本語', 'b c', '!', '...', 'b.']

function hashedFile(path: readonly string[], length: number, pieceLength: number): HashedFile {
  const pieces = Math.ceil(length / pieceLength)
  const layer = concatBytes(
    Array.from({ length: pieces }, (_, i) => nodeHash.sha256(utf8Bytes(`${path.join('/')} ${i}`))),
  )
  if (pieces === 0) return { path, length, piecesRoot: null, pieceLayer: null }
  if (pieces === 1) return { path, length, piecesRoot: layer, pieceLayer: null }
  const piecesRoot = pieceLayerRoot(layer, Math.log2(pieceLength / BLOCK_BYTES), nodeHash)
  return { path, length, piecesRoot, pieceLayer: layer }
}

const drafts = fc
  .record({
    kind: fc.constantFrom('v1' as const, 'v2' as const, 'hybrid' as const),
    pieceLength: fc.integer({ min: 0, max: 2 }).map((level) => BLOCK_BYTES * 2 ** level),
    names: fc.shuffledSubarray(NAMES, { minLength: 1 }),
    lengths: fc.array(fc.oneof(fc.constant(0), fc.nat(100_000)), { minLength: 11, maxLength: 11 }),
    depths: fc.array(fc.nat(3), { minLength: 11, maxLength: 11 }),
    alignFiles: fc.boolean(),
    isPrivate: fc.boolean(),
    comment: fc.option(fc.constantFrom('a film', 'ünïcode')),
    createdSeconds: fc.option(fc.nat()),
    trackers: fc.subarray([
      ['http://a.example/announce', 'udp://b.example:80'],
      ['https://c.example/'],
    ]),
    webSeeds: fc.subarray(['http://a.example/', 'https://s.example/film']),
  })
  .filter(({ lengths, names }) => lengths.slice(0, names.length).some((length) => length > 0))
  .map(({ names, lengths, depths, ...rest }): MetainfoDraft => {
    const files = names.map((name, i) =>
      hashedFile([...['x', 'y', 'x'].slice(0, depths[i]), name], lengths[i] ?? 0, rest.pieceLength),
    )
    const { layout } = planTorrent({ ...rest, files })
    const hashes = Array.from({ length: layout.pieceCount }, (_, i) =>
      nodeHash.sha1(utf8Bytes(String(i))),
    )
    const v1Hashes = rest.kind === 'v2' ? null : concatBytes(hashes)
    return { ...rest, name: names[0] ?? '', files, v1Hashes, createdBy: 'matinee' }
  })

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const bytes = encodeMetainfo(draft)
      const metainfo = parseMetainfo(bytes, nodeHash)
      const plan = planTorrent(draft)
      assert.equal(metainfo.kind, draft.kind)
      assert.equal(metainfo.name, draft.name)
      assert.equal(metainfo.pieceLength, draft.pieceLength)
      assert.equal(metainfo.totalLength, plan.layout.length)
      assert.equal(metainfo.layout.gaps, plan.layout.gaps)
      assert.deepEqual(metainfo.trackers, draft.trackers)
      assert.deepEqual(metainfo.webSeeds, draft.webSeeds)
      assert.equal(metainfo.isPrivate, draft.isPrivate)
      assert.equal(metainfo.comment, draft.comment)
      assert.equal(metainfo.createdBy, draft.createdBy)
      assert.equal(metainfo.createdSeconds, draft.createdSeconds)
      assert.equal(metainfo.files.length, plan.files.length)
      for (const [i, file] of plan.files.entries()) {
        const isV2 = draft.kind !== 'v1'
        const layer = file.pieceLayer ?? file.piecesRoot
        assert.deepEqual(metainfo.files[i], {
          index: i,
          path: file.path,
          length: file.length,
          span: plan.layout.fileSpan(i),
          piecesRoot: isV2 ? file.piecesRoot : null,
        })
        assert.deepEqual(metainfo.pieceLayer(i), isV2 ? layer : null)
      }
      for (let i = 0; i < metainfo.layout.pieceCount; i++)
        assert.deepEqual(
          metainfo.v1PieceHash(metainfo.layout.piece(i)),
          draft.v1Hashes?.subarray(i * SHA1_BYTES, (i + 1) * SHA1_BYTES) ?? null,
        )
      const { v1, v2 } = metainfo.infoHashes
      if (v1 !== null) assert.equal(v1, infoHashV1(nodeHash.sha1(metainfo.infoBytes)))
      if (v2 !== null) assert.equal(v2, infoHashV2(nodeHash.sha256(metainfo.infoBytes)))
      assert.deepEqual([v1 === null, v2 === null], [draft.kind === 'v2', draft.kind === 'v1'])
    }),
  )
})

const draft: MetainfoDraft = {
  kind: 'hybrid',
  name: 'film',
  pieceLength: BLOCK_BYTES,
  files: [hashedFile(['a'], 40_000, BLOCK_BYTES), hashedFile(['b'], 5, BLOCK_BYTES)],
  v1Hashes: new Uint8Array(4 * SHA1_BYTES),
  trackers: [['http://t.example/']],
}
const file = encodeMetainfo(draft)
const whole = parseMetainfo(file, nodeHash)

test('the info-hash is over the bytes as they stand, unknown keys and all', () => {
  const info = latin1Bytes(
    `d6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:${'h'.repeat(20)}1:zlee`,
  )
  const torrent = concatBytes([latin1Bytes('d4:info'), info, latin1Bytes('e')])
  const metainfo = parseMetainfo(torrent, nodeHash)
  assert.equal(metainfo.infoHashes.v1, infoHashV1(nodeHash.sha1(info)))
  assert.deepEqual(metainfo.infoBytes, info)
})

test('a metainfo keeps nothing of the bytes it was read from', () => {
  const bytes = file.slice()
  const metainfo = parseMetainfo(bytes, nodeHash)
  bytes.fill(0)
  assert.deepEqual(metainfo.infoBytes, whole.infoBytes)
  assert.deepEqual(metainfo.pieceLayer(0), whole.pieceLayer(0))
  assert.deepEqual(metainfo.files, whole.files)
})

test('metadata from a peer has no piece layers until they are told, and only true ones are taken', () => {
  const extra = { trackers: [['http://t.example/', 'file:///x']], webSeeds: ['ftp://x.example'] }
  const metainfo = parseInfo(whole.infoBytes, nodeHash, whole.infoHashes, extra)
  assert.deepEqual(metainfo.trackers, [['http://t.example/']])
  assert.deepEqual(metainfo.webSeeds, [])
  assert.equal(metainfo.pieceLayer(0), null)
  assert.deepEqual(metainfo.pieceLayer(1), whole.files[1]?.piecesRoot)
  const layer = whole.pieceLayer(0)
  assert.ok(layer)
  const full = withPieceLayers(metainfo, new Map([[0, layer]]), nodeHash)
  assert.deepEqual(full.pieceLayer(0), layer)
  assert.deepEqual(full.infoHashes, metainfo.infoHashes)
  for (const [index, lie] of [
    [0, layer.slice().fill(7, 0, 1)],
    [0, layer.subarray(32)],
    [1, new Uint8Array(32)],
    [2, layer],
    [-1, layer],
  ] as const)
    assert.throws(
      () => withPieceLayers(metainfo, new Map([[index, lie]]), nodeHash),
      hasCode('piece-layers'),
    )
})

test('P11: metadata that is not what was asked for is refused', () => {
  const { v1, v2 } = whole.infoHashes
  const other = whole.infoBytes.slice()
  other[other.length - 2] = (other[other.length - 2] ?? 0) ^ 1
  for (const expected of [whole.infoHashes, { v1, v2: null }, { v1: null, v2 }]) {
    parseInfo(whole.infoBytes, nodeHash, expected)
    assert.throws(() => parseInfo(other, nodeHash, expected), hasCode('info-hash'))
  }
  const wrong = infoHashV1(new Uint8Array(20))
  assert.throws(() => parseInfo(whole.infoBytes, nodeHash, { v1: wrong, v2 }), hasCode('info-hash'))
  const huge = new Uint8Array(LIMITS.metainfoBytes + 1)
  assert.throws(() => parseInfo(huge, nodeHash, { v1, v2: null }), hasCode('too-large'))
})

test('P11: the right bytes under a hash of the other version are refused', () => {
  const v2Only = parseMetainfo(encodeMetainfo({ ...draft, kind: 'v2', v1Hashes: null }), nodeHash)
  const asV1 = { v1: infoHashV1(nodeHash.sha1(v2Only.infoBytes)), v2: null }
  assert.throws(() => parseInfo(v2Only.infoBytes, nodeHash, asV1), hasCode('info-hash'))
})

test('F1: a name is shown on one line, clean, and at most 255 characters long', () => {
  const name = (bytes: Uint8Array): string => {
    const info = BencodeDictionary.from({
      length: 5,
      name: bytes,
      'piece length': BLOCK_BYTES,
      pieces: new Uint8Array(20),
    })
    return parseMetainfo(encodeBencode(BencodeDictionary.from({ info })), nodeHash).name
  }
  assert.equal(name(utf8Bytes('a'.repeat(300))), 'a'.repeat(255))
  assert.equal(name(utf8Bytes('😀'.repeat(300))), '😀'.repeat(255))
  assert.equal(name(utf8Bytes(' a\u202Eb\u2066c\r\nd\u0085\uFEFF ')), 'abc d')
  assert.equal(name(utf8Bytes('👩‍👩‍👧 نمی‌خواهم')), '👩‍👩‍👧 نمی‌خواهم')
  assert.equal(name(utf8Bytes('\u202E')), '_')
})

test('F2: 100 000 files in folders that fold into one another are judged fast', () => {
  const files = Array.from({ length: 50_000 }, (_, i) => [`${i}`, 'é', 'X'])
  const twins = [...files, ...files.map(([first = '']) => [first, 'E\u0301', 'x'])]
  const bytes = torrentOfPaths(twins)
  const { elapsedMs } = timed(() =>
    assert.throws(() => parseMetainfo(bytes, nodeHash), hasCode('duplicate-path')),
  )
  assert.ok(elapsedMs < 7500, `${elapsedMs} ms`)
})

test('F2: 501 files of one name are refused', () => {
  const bytes = torrentOfPaths(Array.from({ length: 501 }, () => ['a']))
  assert.throws(() => parseMetainfo(bytes, nodeHash), hasCode('duplicate-path'))
})

test('F4: a torrent of a million files is refused before memory is taken', () => {
  const entry = 'd6:lengthi1e4:pathl1:aee'
  const bytes = latin1Bytes(`d4:infod5:filesl${entry.repeat(1_000_000)}e4:name1:aee`)
  const { elapsedMs, grownBytes } = timed(() =>
    assert.throws(() => parseMetainfo(bytes, nodeHash), hasCode('too-large')),
  )
  assert.ok(elapsedMs < 50 && grownBytes < 2 ** 20, `${elapsedMs} ms, ${grownBytes} bytes`)
})

test('F4: one byte more than LIMITS.metainfoBytes is refused', () => {
  const padded = new Uint8Array(LIMITS.metainfoBytes + 1)
  assert.throws(() => parseMetainfo(padded, nodeHash), hasCode('too-large'))
  assert.throws(() => parseMetainfo(padded.subarray(1), nodeHash), hasCode('not-bencode'))
})

test('F4: as many files as fit in 10 MB are refused by their number, in little time and memory', () => {
  const entry = 'd6:lengthi1e4:pathl1:aee'
  const head = '12:piece lengthi16384e6:pieces0:'
  const v1 = `d4:infod5:filesl${entry.repeat(400_000)}e4:name1:a${head}ee`
  const names = Array.from({ length: 200_000 }, (_, i) => `6:${100_000 + i}d0:d6:lengthi0eee`)
  const v2 = `d4:infod9:file treed${names.join('')}e12:meta versioni2e4:name1:a${head}ee`
  for (const text of [v1, v2]) {
    const bytes = latin1Bytes(text)
    assert.ok(bytes.length < LIMITS.metainfoBytes)
    const { elapsedMs, grownBytes } = timed(() =>
      assert.throws(() => parseMetainfo(bytes, nodeHash), hasCode('too-many-files')),
    )
    assert.ok(elapsedMs < 5000, `${elapsedMs} ms`)
    assert.ok(grownBytes < 100 * 2 ** 20, `${grownBytes} bytes`)
  }
})

test('F4: more files than the cap are refused even when padding hides their number', () => {
  const bytes = torrentOfPaths(Array.from({ length: LIMITS.torrentFiles + 1 }, (_, i) => [`${i}`]))
  assert.throws(() => parseMetainfo(bytes, nodeHash), hasCode('too-many-files'))
})

test('F4: 10 000 folders in one another are refused in both formats', () => {
  const path = `l${'1:a'.repeat(10_000)}e`
  const tail = `4:name1:a12:piece lengthi16384e6:pieces20:${'h'.repeat(20)}`
  const v1 = `d4:infod5:filesld6:lengthi1e4:path${path}ee${tail}ee`
  const v2 = `d4:infod9:file tree${'d1:a'.repeat(10_000)}de${'e'.repeat(10_000)}${tail}ee`
  for (const text of [v1, v2])
    assert.throws(() => parseMetainfo(latin1Bytes(text), nodeHash), hasCode('path-depth'))
})

test('F4: 100 000 files are read in the time and memory that is allowed', () => {
  const bytes = torrentOfPaths(
    Array.from({ length: LIMITS.torrentFiles }, (_, i) => [`${i % 100}`, `file ${i}.mp4`]),
  )
  const { elapsedMs, grownBytes } = timed(() => parseMetainfo(bytes, nodeHash))
  assert.ok(elapsedMs < 7500, `${elapsedMs} ms`)
  assert.ok(grownBytes < 100 * 2 ** 20, `${grownBytes} bytes`)
})

test('F9: only URLs that may be asked are kept, each once', () => {
  const text = (urls: readonly string[]): string =>
    urls.map((url) => `${url.length}:${url}`).join('')
  const trackers = [
    'http://t.example/announce?passkey=1',
    'udp://t.example:80',
    'http://t.example/announce?passkey=1',
    'wss://t.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not a url',
    'http://',
    `http://t.example/${'a'.repeat(LIMITS.urlBytes)}`,
    'http://127.0.0.1:9091/announce',
  ]
  const seeds = ['https://s.example/a b', 'ftp://s.example/', 'data:,x', 'udp://s.example:1']
  const info = `d6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:${'h'.repeat(20)}7:privatei1ee`
  const bytes = latin1Bytes(
    `d8:announce${text([trackers[0] ?? ''])}13:announce-listll${text(trackers)}elee4:info${info}8:url-listl${text(seeds)}i1eee`,
  )
  const metainfo = parseMetainfo(bytes, nodeHash)
  assert.deepEqual(metainfo.trackers, [
    [
      'http://t.example/announce?passkey=1',
      'udp://t.example:80',
      // Whether a local address may be asked is for the network to say, which knows who told it.
      'http://127.0.0.1:9091/announce',
    ],
  ])
  assert.deepEqual(metainfo.webSeeds, ['https://s.example/a%20b'])
  assert.equal(metainfo.isPrivate, true)
})

test('F9: a single web seed and a single tracker are read, and empty lists are none', () => {
  const info = `d6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:${'h'.repeat(20)}e`
  const bytes = latin1Bytes(
    `d8:announce17:http://t.example/13:announce-listllee4:info${info}8:url-list17:http://s.example/e`,
  )
  const metainfo = parseMetainfo(bytes, nodeHash)
  assert.deepEqual(metainfo.trackers, [['http://t.example/']])
  assert.deepEqual(metainfo.webSeeds, ['http://s.example/'])
})

test('F3: sizes are refused before anything is made by them', () => {
  const info = `d6:lengthi${2 ** 46}e4:name1:a12:piece lengthi${2 ** 27}e6:pieces20:${'h'.repeat(20)}e`
  const { grownBytes } = timed(() =>
    assert.throws(() => parseMetainfo(latin1Bytes(`d4:info${info}e`), nodeHash), hasCode('pieces')),
  )
  assert.ok(grownBytes < 2 ** 20, `${grownBytes} bytes`)
})

test('F6: padding is not a file, and is zeros by rule', () => {
  assert.deepEqual(
    whole.files.map((one) => one.path),
    [['a'], ['b']],
  )
  const [a, b] = whole.files
  assert.ok(a && b)
  const gap = { start: a.span.end, end: b.span.start }
  assert.deepEqual(whole.layout.padding({ start: 0, end: whole.totalLength }), [gap])
  assert.equal(whole.layout.fileAt(gap.start), null)
})

function torrentOfPaths(paths: readonly (readonly string[])[]): Uint8Array {
  return encodeMetainfo({
    kind: 'v1',
    name: 'many',
    pieceLength: BLOCK_BYTES,
    files: paths.map((path) => ({ path, length: 1, piecesRoot: null, pieceLayer: null })),
    v1Hashes: new Uint8Array(Math.ceil(paths.length / BLOCK_BYTES) * SHA1_BYTES),
  })
}

/** Time and memory of a call; what it returns stays alive until both are taken. */
function timed(run: () => unknown): { elapsedMs: number; grownBytes: number } {
  const before = process.memoryUsage()
  let kept: unknown
  const elapsedMs = cpuTimeOf(() => {
    kept = run()
  })
  const after = process.memoryUsage()
  const grownBytes = after.heapUsed + after.external - before.heapUsed - before.external
  return { elapsedMs, grownBytes: kept === null ? 0 : grownBytes }
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MetainfoError)
    assert.equal(error.code, code)
    return true
  }
}

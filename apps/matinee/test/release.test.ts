import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { toHex } from '@matinee/base'
import { HEAD_PACK_BYTES, readHeadPack, readRaster, type JsonObject } from '@matinee/catalogue'
import { createTorrent } from '@matinee/engine/create'
import { systemHash } from '@matinee/engine/system'
import { parseSubtitles } from '@matinee/media'
import { FileTree, blockLeaf, parseMetainfo } from '@matinee/protocol'
import { buildRelease } from '../src/release/build-release.ts'
import { findFfmpeg } from '../src/release/ffmpeg.ts'
import type { BuiltRelease, ReleaseOrder } from '../src/release/release-order.ts'
import { madeOrder, madePoster } from './made-order.ts'

const run = promisify(execFile)
const SIGNAL = new AbortController().signal
let root: string
let ffmpeg: string | null
let order: ReleaseOrder
let built: BuiltRelease
const steps: string[] = []

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  ffmpeg = await findFfmpeg()
  const made = await madeOrder(root, ffmpeg)
  const poster = join(root, 'poster.png')
  await madePoster(poster)
  await writeFile(poster, withComment(await readFile(poster), 'who made this'))
  order = {
    ...made,
    pictures: [{ path: poster, role: 'poster', alt: { en: 'A gasworks' }, credit: 'Mara Quill' }],
  }
  built = await buildRelease(order, ({ step }) => steps.push(step), SIGNAL)
})

after(async () => {
  await rm(root, { recursive: true, force: true })
})

async function torrent(name: string): Promise<ReturnType<typeof parseMetainfo>> {
  return parseMetainfo(new Uint8Array(await readFile(join(order.folder, name))), systemHash())
}

test('a release holds film, subtitles, chapters, thumbnails, poster, licence and credit in one torrent', async () => {
  const names = (await readdir(join(order.folder, 'files'))).toSorted()
  assert.deepEqual(names, [
    'ATTRIBUTION.txt',
    'LICENSE',
    'chapters.en.vtt',
    'chapters.fr.vtt',
    'poster.jpg',
    'the-gasworks.en.vtt',
    'the-gasworks.fr.sdh.vtt',
    'the-gasworks.mp4',
    'thumbnails-01.jpg',
    'thumbnails.vtt',
  ])
  const hybrid = await torrent('hybrid.torrent')
  assert.equal(hybrid.kind, 'hybrid')
  assert.deepEqual(
    hybrid.files.map(({ path }) => path.join('/')),
    names,
  )
  assert.equal(hybrid.name, 'The Gasworks (1931)')
  assert.match(hybrid.comment ?? '', /creativecommons\.org\/licenses\/by\/4\.0/u)
  assert.deepEqual(hybrid.trackers.flat(), ['https://tracker.example/announce'])
  const files = join(order.folder, 'files')
  assert.match(await readFile(join(files, 'LICENSE'), 'utf8'), /CC-BY-4\.0\)\nhttps:\/\/creative/u)
  assert.match(await readFile(join(files, 'ATTRIBUTION.txt'), 'utf8'), /Mara Quill/u)
  assert.deepEqual(
    new Set(steps),
    new Set(['probing', 'copying', 'pictures', 'thumbnails', 'hashing']),
  )
})

test('the v1 twin is over the very same aligned files, and no hybrid', async () => {
  const [hybrid, twin] = [await torrent('hybrid.torrent'), await torrent('v1.torrent')]
  assert.equal(twin.kind, 'v1')
  assert.deepEqual(
    twin.files.map(({ path, length, span }) => [path, length, span.start]),
    hybrid.files.map(({ path, length, span }) => [path, length, span.start]),
  )
  const anew = await createTorrent({
    paths: [join(order.folder, 'files')],
    name: twin.name,
    kind: 'v1',
    aligned: true,
    pieceLength: twin.pieceLength,
  })
  assert.equal(twin.infoHashes.v1, anew.metainfo.infoHashes.v1)
})

test('the record names what is in the torrents', async () => {
  const [hybrid, twin] = [await torrent('hybrid.torrent'), await torrent('v1.torrent')]
  const { release } = built
  assert.deepEqual(release['infoHashes'], { ...hybrid.infoHashes })
  assert.equal(release['twin'], twin.infoHashes.v1)
  const [video] = release['videos'] as readonly JsonObject[]
  const film = hybrid.files.find(({ path }) => path.join('/') === 'the-gasworks.mp4')
  assert.equal(video?.['root'], toHex(film?.piecesRoot ?? new Uint8Array()))
  const { codecs, width, height, frameRate, languages, container } = video ?? {}
  assert.deepEqual(
    { codecs, width, height, frameRate, languages, container },
    {
      codecs: ['avc1.64000d', 'mp4a.40.2'],
      width: 384,
      height: 216,
      frameRate: 24,
      languages: ['en'],
      container: 'mp4',
    },
  )
  const bytes = await readFile(join(order.folder, 'files', 'the-gasworks.mp4'))
  const index = video?.['index'] as { start: number; end: number }
  assert.ok(bytes.subarray(index.start, index.end).includes('moov'))
  assert.ok(!bytes.subarray(index.end).includes('moov'))
  assert.deepEqual(
    (release['subtitles'] as readonly JsonObject[]).map(({ path, language, use }) => [
      path,
      language,
      use,
    ]),
    [
      ['the-gasworks.en.vtt', 'en', undefined],
      ['the-gasworks.fr.sdh.vtt', 'fr', 'sdh'],
    ],
  )
})

test('the head pack fits, and its leaves and points are those of the film', async () => {
  const bytes = new Uint8Array(await readFile(join(order.folder, 'head-pack')))
  assert.deepEqual(built.release['headPack'], {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    length: bytes.length,
  })
  assert.ok(bytes.length <= HEAD_PACK_BYTES)
  const pack = readHeadPack(bytes)
  assert.deepEqual(
    pack?.torrent,
    new Uint8Array(await readFile(join(order.folder, 'hybrid.torrent'))),
  )
  const film = new Uint8Array(await readFile(join(order.folder, 'files', 'the-gasworks.mp4')))
  const [leaves] = pack?.leaves ?? []
  assert.deepEqual([leaves?.path, leaves?.first], ['the-gasworks.mp4', 0])
  assert.equal(leaves?.hashes.length, Math.ceil(film.length / 16_384) * 32)
  const last = film.subarray(Math.floor(film.length / 16_384) * 16_384)
  assert.deepEqual(leaves?.hashes.slice(-32), blockLeaf(last, systemHash()))
  assert.deepEqual(
    pack?.points[0]?.times.map(({ ms }) => ms),
    [0, 2000, 4000],
  )
  // What the torrent's own roots prove: whole pieces.
  const hybrid = await torrent('hybrid.torrent')
  const file = hybrid.files.find((each) => each.path.join('/') === 'the-gasworks.mp4')
  const layer = hybrid.pieceLayer(file?.index ?? -1)
  assert.ok(file !== undefined && file.piecesRoot !== null && layer !== null)
  const { piecesRoot } = file
  const { pieceLength } = hybrid
  const tree = new FileTree({ length: film.length, pieceLength, piecesRoot }, systemHash())
  assert.ok(tree.setLayer(layer))
  const perPiece = (pieceLength / 16_384) * 32
  for (let piece = 0; piece * pieceLength < film.length; piece++) {
    const own: Uint8Array | undefined = leaves?.hashes.subarray(
      piece * perPiece,
      (piece + 1) * perPiece,
    )
    assert.ok(tree.setLeaves(piece, own ?? new Uint8Array()), `piece ${piece}`)
  }
})

test('thumbnails say when each part of a sheet is', async () => {
  const files = join(order.folder, 'files')
  const text = await readFile(join(files, 'thumbnails.vtt'))
  const { cues } = parseSubtitles(new Uint8Array(text))
  assert.deepEqual(
    cues.map(({ startSeconds, lines }) => [startSeconds, lines[0]?.[0]?.text]),
    [
      [0, 'thumbnails-01.jpg#xywh=0,0,160,90'],
      [2, 'thumbnails-01.jpg#xywh=160,0,160,90'],
      [4, 'thumbnails-01.jpg#xywh=320,0,160,90'],
    ],
  )
  const sheet = readRaster(
    new Uint8Array(await readFile(join(files, 'thumbnails-01.jpg'))),
    'image/jpeg',
  )
  assert.deepEqual(sheet, { kind: 'raster', width: 1600, height: 90, isMoving: false })
  // The pattern moves: no two of three pictures are equal, and none is missing.
  const parts = await Promise.all(
    [0, 1, 2, 3].map((at) => thumbnail(join(files, 'thumbnails-01.jpg'), at)),
  )
  assert.equal(new Set(parts.map((part) => part.toString('latin1'))).size, 4)
  const isBlack = parts.map((part) => part.every((byte) => byte < 8))
  assert.deepEqual(isBlack, [false, false, false, true])
  assert.ok(built.posterCandidates.length > 0)
  for (const { bytes, picture } of built.posterCandidates)
    assert.deepEqual(readRaster(bytes, 'image/jpeg'), {
      kind: 'raster',
      width: picture['width'],
      height: picture['height'],
      isMoving: false,
    })
})

test('C17: a picture is made anew from its pixels, within its size and with nothing else of its file', async () => {
  const [poster] = built.pictures
  assert.deepEqual(
    { ...poster?.picture, sha256: null, length: null },
    {
      role: 'poster',
      sha256: null,
      type: 'image/jpeg',
      width: 1000,
      height: 1500,
      length: null,
      alt: { en: 'A gasworks' },
      credit: 'Mara Quill',
    },
  )
  assert.ok((await readFile(join(root, 'poster.png'))).includes('who made this'))
  assert.ok(!Buffer.from(poster?.bytes ?? []).includes('who made this'))
  assert.deepEqual(
    new Uint8Array(await readFile(join(order.folder, 'files', 'poster.jpg'))),
    poster?.bytes,
  )
})

/** A PNG with a text that no picture shows, behind its header. */
function withComment(png: Buffer, text: string): Buffer {
  const body = Buffer.from(`tEXtComment\0${text}`, 'latin1')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([png.subarray(0, 33), length, body, sum, png.subarray(33)])
}

/** The n-th picture of a sheet, as bytes of brightness. */
async function thumbnail(sheet: string, at: number): Promise<Buffer> {
  const filter = `crop=160:90:${at * 160}:0,scale=32:18,format=gray`
  const args = ['-loglevel', 'error', '-i', sheet, '-vf', filter, '-f', 'rawvideo', '-']
  const { stdout } = await run(ffmpeg ?? '', args, { encoding: 'buffer' })
  return stdout
}

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { MIB, concatBytes } from '@matinee/base'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { SeededRandom, nodeHash } from '@matinee/testkit'
import { systemClock, systemDisk } from '../node/system.ts'
import { checkPieces } from '../store/piece-check.ts'
import { openTorrentStore } from '../store/torrent-store.ts'
import { createTorrent } from './create-torrent.ts'
import { defaultPieceLength } from './piece-length.ts'

const root = await mkdtemp(join(tmpdir(), 'matinee-create-'))
after(() => rm(root, { recursive: true }))

const FILES = {
  'b.bin': 100_000,
  'a/z.bin': 70_000,
  'a/empty.txt': 0,
  'ä/ö.srt': 5,
  'Z.bin': 131_072,
  '.hidden': 10,
  '.git/config': 10,
} as const

async function makeFolder(name: string, files: Readonly<Record<string, number>>): Promise<string> {
  const folder = join(root, name)
  const random = new SeededRandom(name)
  await mkdir(folder, { recursive: true })
  for (const [path, length] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), random.bytes(length))
  }
  return folder
}

const film = await makeFolder('film', FILES)

/** Every piece, looked at by the engine's own check, where the files lie. */
async function assertPiecesRight(metainfo: Metainfo, filesFrom: readonly string[]): Promise<void> {
  const folder = join(root, 'store')
  const disk = systemDisk()
  const clock = systemClock()
  const store = await openTorrentStore({
    disk,
    clock,
    hash: nodeHash,
    folder,
    metainfo,
    filesFrom,
  })
  const pieces = Array.from({ length: metainfo.layout.pieceCount }, (_, i) => i)
  const right = await checkPieces({ store, metainfo, hash: nodeHash, clock, pieces })
  assert.deepEqual(right, pieces)
  await store.close()
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`a ${kind} torrent of a folder parses, and its files are right where they lie`, async () => {
    const progress: number[] = []
    const { bytes, metainfo, filesFrom } = await createTorrent({
      paths: [film],
      kind,
      pieceLength: 32_768,
      trackers: [['https://tracker.example/announce'], ['udp://tracker.example:6969']],
      webSeeds: ['https://seed.example/'],
      comment: 'made for a test',
      isPrivate: true,
      createdSeconds: 1_700_000_000,
      workers: 2,
      onProgress: ({ doneBytes, totalBytes }) => {
        assert.equal(totalBytes, 301_077)
        progress.push(doneBytes)
      },
    })
    assert.equal(progress.at(-1), 301_077)
    assert.deepEqual(parseMetainfo(bytes, nodeHash).infoHashes, metainfo.infoHashes)
    assert.equal(metainfo.kind, kind)
    assert.equal(metainfo.name, 'film')
    // Element by element, by their UTF-8 bytes; names that begin with a dot are left out.
    const paths = metainfo.files.map(({ path }) => path.join('/'))
    assert.deepEqual(paths, ['Z.bin', 'a/empty.txt', 'a/z.bin', 'b.bin', 'ä/ö.srt'])
    assert.deepEqual(
      filesFrom,
      paths.map((path) => join(film, path)),
    )
    assert.deepEqual(metainfo.trackers.length, 2)
    assert.deepEqual(metainfo.webSeeds, ['https://seed.example/'])
    assert.equal(metainfo.isPrivate, true)
    assert.equal(metainfo.comment, 'made for a test')
    assert.equal(metainfo.createdSeconds, 1_700_000_000)
    await assertPiecesRight(metainfo, filesFrom)
  })

test('an aligned v1 torrent has the same pieces as the hybrid of the same files', async () => {
  const options = { paths: [film], pieceLength: 32_768 }
  const hybrid = await createTorrent({ ...options, kind: 'hybrid' })
  const v1 = await createTorrent({ ...options, kind: 'v1', aligned: true })
  const hashesOf = ({ metainfo }: { metainfo: Metainfo }): Uint8Array =>
    concatBytes(
      Array.from(
        { length: metainfo.layout.pieceCount },
        (_, i) => metainfo.v1PieceHash(metainfo.layout.piece(i)) ?? new Uint8Array(0),
      ),
    )
  assert.deepEqual(hashesOf(v1), hashesOf(hybrid))
  assert.equal(v1.metainfo.kind, 'v1')
  await assertPiecesRight(v1.metainfo, v1.filesFrom)
})

test('one file makes a torrent of its name; several need one', async () => {
  const single = await createTorrent({ paths: [join(film, 'b.bin')], kind: 'hybrid' })
  assert.equal(single.metainfo.name, 'b.bin')
  assert.deepEqual(single.metainfo.files[0]?.path, ['b.bin'])
  await assertPiecesRight(single.metainfo, single.filesFrom)

  const paths = [join(film, 'Z.bin'), join(film, 'b.bin')]
  const several = await createTorrent({ paths, kind: 'v1', name: 'Two files' })
  assert.equal(several.metainfo.name, 'Two files')
  await assertPiecesRight(several.metainfo, several.filesFrom)
  await assert.rejects(createTorrent({ paths, kind: 'v1' }), { name: 'CreateError', code: 'name' })
})

test('the same files make the same torrent, however many threads hash them', async () => {
  const big = await makeFolder('big', { 'film.webm': 40 * MIB + 3, 'subtitles.vtt': 1000 })
  const make = async (workers: number): Promise<Uint8Array> =>
    (await createTorrent({ paths: [big], kind: 'hybrid', workers })).bytes
  const one = await make(1)
  assert.deepEqual(await make(3), one)
  const { metainfo, filesFrom } = await createTorrent({ paths: [big], kind: 'v2' })
  await assertPiecesRight(metainfo, filesFrom)
})

test('what can’t become a torrent has a code', async () => {
  const refuse = async (paths: readonly string[], code: string, more = {}): Promise<void> => {
    const made = createTorrent({ paths, kind: 'hybrid', ...more })
    await assert.rejects(made, { name: 'CreateError', code })
  }
  await refuse([], 'empty')
  await refuse([join(root, 'missing')], 'not-found')
  await refuse([await makeFolder('nothing', {})], 'empty')
  await refuse([await makeFolder('hidden only', { '.DS_Store': 5 })], 'empty')
  await refuse([await makeFolder('no bytes', { a: 0, b: 0 })], 'empty')
  await refuse([film, join(film, 'b.bin')], 'not-a-file', { name: 'x' })
  await refuse(['/dev/null'], 'not-a-file')
  const twin = join(await makeFolder('twin', { 'b.bin': 1 }), 'b.bin')
  await refuse([join(film, 'b.bin'), twin], 'name', { name: 'x' })
  for (const pieceLength of [0, 8192, 50_000, 256 * MIB])
    await refuse([film], 'piece-length', { pieceLength })
  await refuse([film], 'too-large', { name: 'x', pieceLength: 16_384, paths: [await sparse()] })
})

/** More pieces of 16 KiB than anybody takes; no byte of it is read. */
async function sparse(): Promise<string> {
  const path = join(root, 'sparse')
  const file = await systemDisk().open(path, 'write')
  await file.truncate(2 ** 36)
  await file.close()
  return path
}

test(
  'a symbolic link is refused, wherever it leads',
  { skip: process.platform === 'win32' },
  async () => {
    const folder = await makeFolder('linked', { 'a.bin': 10 })
    await symlink(join(folder, 'a.bin'), join(folder, 'b.bin'))
    const symlinked = { name: 'CreateError', code: 'symlink' }
    await assert.rejects(createTorrent({ paths: [folder], kind: 'v1' }), symlinked)
    await assert.rejects(createTorrent({ paths: [join(folder, 'b.bin')], kind: 'v1' }), symlinked)
  },
)

test('what no torrent may say is refused before a byte is read', async () => {
  const said: number[] = []
  const made = createTorrent({
    paths: [film],
    kind: 'v2',
    trackers: [['gopher://tracker.example/']],
    webSeeds: Array.from({ length: 500 }, (_, i) => `https://seed.example/${i}`),
    onProgress: ({ doneBytes }) => said.push(doneBytes),
  })
  await assert.rejects(made, { name: 'MetainfoError', code: 'urls' })
  assert.deepEqual(said, [])
})

test('a torrent that is called off ends its threads and gives the reason', async () => {
  const abort = new AbortController()
  const made = createTorrent({
    paths: [join(root, 'big')],
    kind: 'hybrid',
    signal: abort.signal,
    onProgress: () => abort.abort(new Error('enough')),
  })
  await assert.rejects(made, { message: 'enough' })
  const before = createTorrent({ paths: [film], kind: 'v1', signal: AbortSignal.abort() })
  await assert.rejects(before, { name: 'AbortError' })
})

test('a file that changes while it is read makes no torrent', async () => {
  const folder = await makeFolder('changing', { 'a.bin': 40 * MIB })
  let isChanged = false
  const made = createTorrent({
    paths: [folder],
    kind: 'v1',
    workers: 1,
    onProgress: () => {
      if (!isChanged) void writeFile(join(folder, 'a.bin'), 'shorter')
      isChanged = true
    },
  })
  await assert.rejects(made, { name: 'CreateError', code: 'changed' })
})

test('pieces are as long as a player wants them', () => {
  const film2h = 2 * 1024 * MIB
  assert.equal(defaultPieceLength(1), 64 * 1024)
  assert.equal(defaultPieceLength(700 * MIB), MIB / 2)
  assert.equal(defaultPieceLength(film2h), 1 * MIB)
  assert.equal(defaultPieceLength(6 * 1024 * MIB), 2 * MIB)
  assert.equal(defaultPieceLength(60 * 1024 * MIB), 4 * MIB)
})

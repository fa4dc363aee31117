import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { crc32 } from 'node:zlib'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readHeadPack, type JsonObject } from '@matinee/catalogue'
import { makeFilm } from '@matinee/testkit'
import { buildRelease } from '../src/release/build-release.ts'
import { readFilmFacts } from '../src/release/film-facts.ts'
import { filmFaults } from '../src/release/film-fault.ts'
import { findFfmpeg } from '../src/release/ffmpeg.ts'
import type { ReleaseOrder } from '../src/release/release-order.ts'
import { madeOrder, madePoster } from './made-order.ts'

const run = promisify(execFile)
const SIGNAL = new AbortController().signal
let root: string
let ffmpeg: string | null
let order: ReleaseOrder

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  ffmpeg = await findFfmpeg()
  await madePoster(join(root, 'poster.png'))
  order = await madeOrder(root, ffmpeg)
})

after(async () => {
  await rm(root, { recursive: true, force: true })
})

test('C17: what is no whole still raster, or too large, is refused before anything decodes it', async () => {
  const svg = join(root, 'poster.svg')
  await writeFile(svg, '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const cut = join(root, 'cut.png')
  await cp(join(root, 'poster.png'), cut)
  await truncate(cut, 2000)
  const bomb = join(root, 'bomb.png')
  await writeFile(bomb, wideAs(await readFile(join(root, 'poster.png')), 20_000))
  for (const [path, why] of [
    [svg, /is no whole PNG/u],
    [cut, /is no whole PNG/u],
    [bomb, /has more than 80000000 pixels/u],
  ] as const)
    await refused({ ...order, pictures: [{ path, role: 'poster' }] }, 'picture', why)
})

test('a film that browsers do not play at once is refused, and the line that is named mends it', async () => {
  const folder = join(root, "it's here")
  await run('mkdir', [folder])
  for (const options of [
    { name: 'camera.mp4', moov: 'last' },
    { name: 'sparse.mp4', keyframeEverySeconds: 5 },
    { name: 'dolby.mkv', audioCodec: 'ac3' },
    { name: 'late.webm' },
    { name: 'silent.mkv', audioCodec: null, videoCodec: 'vp9' },
    { name: 'old.avi' },
  ] as const) {
    const path = await makeFilm({ folder, durationSeconds: 6, ...options })
    const error = await refused({ ...order, films: [{ path, languages: [] }] }, 'unplayable', /./u)
    assert.ok(error.mend !== null, options.name)
    await run('sh', ['-c', error.mend.replace('ffmpeg', 'ffmpeg -nostdin -loglevel error')])
    const mended = error.mend.replace(/^.* /u, '').replaceAll("'", '').split('/').at(-1) ?? ''
    const facts = await readFilmFacts(join(folder, mended), SIGNAL)
    assert.deepEqual(filmFaults(facts), [], options.name)
  }
})

test('a playlist in the place of a film opens nothing, and is no film', async () => {
  const path = join(root, 'film.mp4')
  await writeFile(path, '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nhttp://127.0.0.1:9/a.ts\n')
  const error = await refused(
    { ...order, films: [{ path, languages: [] }] },
    'unplayable',
    /none of the containers/u,
  )
  assert.match(error.mend ?? '', /^ffmpeg -i /u)
})

test('an order that fails leaves nothing behind, and one that was called off neither', async () => {
  await mkdir(order.folder, { recursive: true })
  const before = await readdir(join(root, 'releases', 'the-gasworks'))
  await refused(order, 'there', /is there already/u)
  const other = { ...order, folder: `${order.folder}-2` }
  const pictures = [{ path: join(root, 'poster.png'), role: 'poster' }]
  await refused({ ...other, pictures, ffmpeg: null }, 'no-ffmpeg', /./u)
  const empty = join(root, 'empty.srt')
  await writeFile(empty, '')
  await refused(
    { ...other, subtitles: [{ path: empty, language: 'en' }] },
    'subtitles',
    /empty\.srt/u,
  )
  const stop = new AbortController()
  await assert.rejects(
    buildRelease(
      other,
      ({ step }) => step === 'hashing' && stop.abort(new Error('enough')),
      stop.signal,
    ),
    /enough/u,
  )
  assert.deepEqual(await readdir(join(root, 'releases', 'the-gasworks')), before)
})

test('a film in WebM becomes a release like any other', async () => {
  const folder = join(root, 'webm')
  await mkdir(folder)
  const late = await makeFilm({ folder, name: 'late.webm', durationSeconds: 5 })
  const path = join(folder, 'film.webm')
  await run(ffmpeg ?? '', [
    '-loglevel',
    'error',
    '-i',
    late,
    '-c',
    'copy',
    '-cues_to_front',
    '1',
    path,
  ])
  const films = [{ path, languages: ['zxx'] }]
  const made = await buildRelease(
    { ...order, folder: join(folder, 'main'), films },
    () => {},
    SIGNAL,
  )
  assert.deepEqual([made.notes, made.posterCandidates.length > 0], [[], true])
  const [video] = made.release['videos'] as readonly JsonObject[]
  assert.deepEqual([video?.['path'], video?.['container']], ['the-gasworks.webm', 'webm'])
  const pack = readHeadPack(made.headPack ?? new Uint8Array())
  assert.deepEqual(
    pack?.points[0]?.times.map(({ ms }) => Math.round(ms / 1000)),
    [0, 2, 4],
  )
  assert.ok((await readdir(join(folder, 'main', 'files'))).includes('thumbnails-01.jpg'))
})

test('several sizes of one cut are one release, each with its own name', async () => {
  const small = await makeFilm({
    folder: root,
    name: 'small.mp4',
    durationSeconds: 6,
    height: 108,
    width: 192,
  })
  const films = [...order.films, { path: small, languages: ['en'] }]
  const folder = `${order.folder}-4`
  const made = await buildRelease({ ...order, folder, films, pictures: [] }, () => {}, SIGNAL)
  const videos = made.release['videos'] as readonly JsonObject[]
  assert.deepEqual(
    videos.map(({ path, height }) => [path, height]),
    [
      ['the-gasworks-216p.mp4', 216],
      ['the-gasworks-108p.mp4', 108],
    ],
  )
  const pack = readHeadPack(made.headPack ?? new Uint8Array())
  assert.deepEqual(
    pack?.leaves.map(({ path }) => path),
    ['the-gasworks-216p.mp4', 'the-gasworks-108p.mp4'],
  )
})

test('sound beside the film is in the release, if browsers play it', async () => {
  const audio = join(root, 'description.m4a')
  const sound = ['-loglevel', 'error', '-f', 'lavfi', '-i', 'sine=duration=6', '-c:a']
  await run(ffmpeg ?? '', [...sound, 'aac', audio])
  const audios = [{ path: audio, language: 'en', use: 'description' }] as const
  const folder = `${order.folder}-5`
  const made = await buildRelease({ ...order, folder, audios, pictures: [] }, () => {}, SIGNAL)
  assert.deepEqual(
    (made.release['audios'] as readonly JsonObject[]).map((each) => ({
      ...each,
      length: 0,
      root: '',
    })),
    [
      {
        path: 'the-gasworks.en.description.m4a',
        length: 0,
        root: '',
        language: 'en',
        use: 'description',
        codecs: ['mp4a.40.2'],
        container: 'mp4',
      },
    ],
  )
  const ac3 = join(root, 'dolby.mka')
  await run(ffmpeg ?? '', [...sound, 'ac3', ac3])
  await refused(
    { ...order, audios: [{ path: ac3, language: 'en' }] },
    'audio',
    /no sound in MP4 or WebM/u,
  )
})

test('without ffmpeg a release goes without pictures, and says so', async () => {
  const plain = { ...order, folder: `${order.folder}-3`, ffmpeg: null, pictures: [] }
  const made = await buildRelease(plain, () => {}, SIGNAL)
  assert.match(made.notes.join(), /no ffmpeg/u)
  assert.deepEqual(made.posterCandidates, [])
  assert.ok(!(await readdir(join(plain.folder, 'files'))).includes('thumbnails.vtt'))
})

async function refused(
  wrong: ReleaseOrder,
  code: string,
  why: RegExp,
): Promise<Error & { readonly mend: string | null }> {
  let caught: unknown
  await assert.rejects(
    buildRelease(
      { ...wrong, folder: code === 'there' ? wrong.folder : `${order.folder}-x` },
      () => {},
      SIGNAL,
    ),
    (error: unknown) => {
      caught = error
      return true
    },
  )
  const error = caught as Error & { readonly code: string; readonly mend: string | null }
  assert.equal(error.code, code, error.message)
  assert.match(error.message, why)
  return error
}

/** A PNG whose header claims another width and height; its checksum is right. */
function wideAs(png: Buffer, size: number): Buffer {
  const made = Buffer.from(png)
  made.writeUInt32BE(size, 16)
  made.writeUInt32BE(size, 20)
  made.writeUInt32BE(crc32(made.subarray(12, 29)), 29)
  return made
}

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeFilm } from '@matinee/testkit'
import { HereBytes } from './here-bytes.ts'
import { KeyFrames } from './key-frames.ts'

// Node has no decoder; what is drawn is looked at in a browser (e2e/key-frames.test.ts).
Object.assign(globalThis, {
  VideoDecoder: { isConfigSupported: async () => ({ supported: true }) },
})

const MIB = 1024 * 1024
const run = promisify(execFile)

/** Ten seconds with a key frame every two, as people write them; paths by name. */
async function makeFilms(folder: string): Promise<Readonly<Record<string, string>>> {
  const film = { folder, durationSeconds: 10, width: 160, height: 120 }
  const front = await makeFilm({ ...film, name: 'front.mp4' })
  const copy = async (name: string, ...options: string[]): Promise<string> => {
    const path = join(folder, name)
    await run('ffmpeg', ['-loglevel', 'error', '-i', front, '-c', 'copy', ...options, path])
    return path
  }
  const fragments = 'frag_keyframe+empty_moov+default_base_moof'
  return {
    front,
    last: await copy('last.mp4'),
    sidx: await copy('sidx.mp4', '-movflags', `${fragments}+global_sidx`),
    mfra: await copy('mfra.mp4', '-movflags', fragments),
    matroska: await copy('film.mkv'),
    webm: await makeFilm({ ...film, name: 'film.webm' }),
    av1: await makeFilm({ ...film, name: 'av1.mp4', videoCodec: 'av1', audioCodec: 'opus' }),
  }
}

/** A film of which some is here, and how many bytes of it were given. */
function hereOf(film: Uint8Array, isHere: (at: number) => boolean = () => true) {
  const given = { bytes: 0 }
  const bytes = new HereBytes('http://here/', async (_, { headers }) => {
    const [, first, last] = /(\d+)-(\d+)$/u.exec(new Headers(headers).get('range') ?? '') ?? []
    const start = Number(first)
    const limit = Math.min(Number(last) + 1, start + MIB, film.length)
    let end = start
    while (end < limit && isHere(end)) end++
    if (end === start) return new Response(null, { status: 204 })
    given.bytes += end - start
    const range = `bytes ${start}-${end - 1}/${film.length}`
    const body = new Uint8Array(film.subarray(start, end))
    return new Response(body, { status: 206, headers: { 'content-range': range } })
  })
  return { bytes, given }
}

test('key frames are found in films as people write them, and nothing in what is not here', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-frames-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  for (const [name, path] of Object.entries(await makeFilms(folder)))
    await t.test(name, async () => {
      const film = await readFile(path)
      using frames = await KeyFrames.open(hereOf(film).bytes)
      assert.ok(frames !== null)
      for (const [wanted, stands] of [
        [0, 0],
        [1.9, 0],
        [5.5, 4],
        [9.9, 8],
      ] as const) {
        const found = await frames.find(wanted)
        assert.ok(found !== null && Math.abs(found - stands) < 0.1, `${found} for ${wanted}`)
      }
      await assert.rejects(KeyFrames.open(hereOf(film, () => false).bytes), { code: 'not-here' })
    })
})

test('F3: a film that says to have pictures of gigabytes gives none, and none of it is read', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-frames-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const path = await makeFilm({ folder, name: 'film.mp4', durationSeconds: 4, audioCodec: null })
  const film = await readFile(path)
  const sizes = film.indexOf('stsz') + 12
  // One size for all of them, in the place of a table.
  film.writeUInt32BE(0xfffffff0, sizes - 4)
  const { bytes, given } = hereOf(film)
  using frames = await KeyFrames.open(bytes)
  const { bytes: before } = given
  assert.ok(frames !== null)
  for (const seconds of [0, 1, 2, 3]) assert.equal(await frames.find(seconds), null)
  assert.equal(given.bytes, before)
})

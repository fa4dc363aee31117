import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { frameNumbersOf, makeFilm } from './made-media.ts'

const folder = await mkdtemp(join(tmpdir(), 'made-media-'))
after(() => rm(folder, { recursive: true }))

test('the frames of a made film carry their numbers through H.264, from any moment on', async () => {
  const path = await makeFilm({ folder, name: 'a.mp4', durationSeconds: 6 })
  assert.deepEqual(await frameNumbersOf(path, 0, 3), [0, 1, 2])
  assert.deepEqual(await frameNumbersOf(path, 5, 2), [120, 121])
})

test('numbers survive a bad picture at another size, in WebM too', async () => {
  const film = { folder, durationSeconds: 2, width: 640, height: 360, videoBitsPerSecond: 60_000 }
  const mp4 = await makeFilm({ ...film, name: 'bad.mp4' })
  assert.deepEqual(await frameNumbersOf(mp4, 1, 4), [24, 25, 26, 27])
  const webm = await makeFilm({ ...film, name: 'bad.webm', framesPerSecond: 10 })
  assert.deepEqual(await frameNumbersOf(webm, 1, 4), [10, 11, 12, 13])
})

test('the index of an MP4 is first or last, as asked; an MKV is a Matroska file', async () => {
  const order = async (moov: 'first' | 'last'): Promise<boolean> => {
    const path = await makeFilm({ folder, name: `${moov}.mp4`, durationSeconds: 1, moov })
    const bytes = await readFile(path, 'latin1')
    return bytes.indexOf('moov') < bytes.indexOf('mdat')
  }
  assert.deepEqual([await order('first'), await order('last')], [true, false])
  const mkv = await makeFilm({ folder, name: 'a.mkv', durationSeconds: 1, audioCodec: null })
  assert.equal((await readFile(mkv)).readUInt32BE(0), 0x1a45dfa3)
})

test('the same options give the same film, byte by byte, and nothing else is left in the folder', async () => {
  const before = await readdir(folder)
  const one = await readFile(await makeFilm({ folder, name: 'one.mp4', durationSeconds: 1 }))
  const two = await readFile(await makeFilm({ folder, name: 'two.mp4', durationSeconds: 1 }))
  assert.ok(one.equals(two))
  assert.equal((await readdir(folder)).length, before.length + 2)
})

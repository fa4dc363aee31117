import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseMetainfo } from '@matinee/protocol'
import { nodeHash, readFrameNumber } from '@matinee/testkit'
import { findProgram } from '../tools/programs.ts'

const FOLDER = fileURLToPath(new URL('../feeds/reel/', import.meta.url))
const FILM = `${FOLDER}reel.mp4`
const MEBIBYTE = 2 ** 20

/** What a program writes to standard output. */
async function* output(program: string, args: readonly string[]): AsyncGenerator<Buffer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  for await (const chunk of child.stdout) yield chunk as Buffer
  assert.equal(await ended, 0, `${program} ended well`)
}

async function wholeOutput(program: string, args: readonly string[]): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of output(program, args)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('every frame of the test reel carries its own number', async () => {
  const [width, height] = [640, 360]
  const frameBytes = width * height * 4
  const frame = new Uint8Array(frameBytes)
  let filled = 0
  let frames = 0
  const wrong: string[] = []
  const filter = ['-vf', `scale=${width}:${height}`, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-']
  for await (const chunk of output(findProgram('ffmpeg'), ['-v', 'error', '-i', FILM, ...filter]))
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, frameBytes - filled)
      frame.set(chunk.subarray(at, at + taken), filled)
      at += taken
      filled = (filled + taken) % frameBytes
      if (filled > 0) continue
      const read = readFrameNumber(frame, width, height)
      if (read !== frames) wrong.push(`${frames} reads ${String(read)}`)
      frames++
    }
  assert.equal(frames, 1440)
  assert.deepEqual(wrong, [])
})

test('the test reel is what its README says: codecs, key frames, chapters, size', async () => {
  const probe = ['-v', 'error', '-show_streams', '-show_chapters', '-of', 'json', FILM]
  const facts = JSON.parse(String(await wholeOutput(findProgram('ffprobe'), probe))) as {
    streams: { codec_name: string; profile: string; width?: number; start_time: string }[]
    chapters: { start_time: string; tags: { title: string } }[]
  }
  const [video, audio] = facts.streams
  assert.deepEqual([video?.codec_name, video?.profile, video?.width], ['h264', 'High', 1280])
  assert.deepEqual([audio?.codec_name, audio?.profile], ['aac', 'LC'])
  assert.deepEqual(
    facts.chapters.map(({ start_time, tags }) => [Number(start_time), tags.title]),
    [
      [0, 'Leader'],
      [8, 'Plates'],
      [36, 'Test card'],
    ],
  )
  const packets = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time,flags']
  const lines = String(
    await wholeOutput(findProgram('ffprobe'), [...packets, '-of', 'csv=p=0', FILM]),
  )
  const keys = lines.split('\n').filter((line) => line.includes(',K'))
  assert.deepEqual(
    keys.map((line) => Number.parseFloat(line)),
    Array.from({ length: 30 }, (_, index) => index * 2),
  )
  const film = await readFile(FILM)
  assert.ok(film.indexOf('moov') < film.indexOf('mdat'), 'the index comes first')
  const files = await readdir(FOLDER)
  const sizes = await Promise.all(files.map(async (file) => (await stat(FOLDER + file)).size))
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 6 * MEBIBYTE)
  assert.ok((await stat(`${FOLDER}poster.png`)).size <= 200 * 1024)
})

test('the test reel beeps at each second, in the left and in the right speaker when it says so', async () => {
  const wave = ['-v', 'error', '-i', FILM, '-vn', '-f', 'f32le', '-ac', '2', '-ar', '48000', '-']
  const bytes = await wholeOutput(findProgram('ffmpeg'), wave)
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (let second = 0; second < 60; second++) {
    const [left, right] = [0, 1].map((side) => beep(samples, second + 0.015, side))
    const [leftRest, rightRest] = [0, 1].map((side) => beep(samples, second + 0.6, side))
    const isStereo = second >= 44 && second < 52
    const hearsLeft = !isStereo || second % 2 === 0
    const hearsRight = !isStereo || second % 2 === 1
    assert.equal((left ?? 0) > 0.2, hearsLeft, `left at ${second}: ${left}`)
    assert.equal((right ?? 0) > 0.2, hearsRight, `right at ${second}: ${right}`)
    assert.ok((leftRest ?? 1) < 0.1 && (rightRest ?? 1) < 0.1, `only music later in ${second}`)
  }
})

/** Strength of 1 kHz in 50 ms of one side (Goertzel): about the beep's amplitude. */
function beep(samples: Float32Array, seconds: number, side: number): number {
  const first = Math.round(seconds * 48_000)
  const angle = (2 * Math.PI * 1000) / 48_000
  let real = 0
  let imaginary = 0
  for (let i = 0; i < 2400; i++) {
    const sample = samples[(first + i) * 2 + side] ?? 0
    real += sample * Math.cos(angle * i)
    imaginary += sample * Math.sin(angle * i)
  }
  return (2 * Math.hypot(real, imaginary)) / 2400
}

test('the captions of the test reel leave nobody without words for longer than four seconds', async () => {
  for (const language of ['en', 'fr']) {
    const text = await readFile(`${FOLDER}reel.${language}.vtt`, 'utf8')
    const starts = [...text.matchAll(/00:00:(\d\d\.\d{3}) --> /gu)].map((match) => Number(match[1]))
    assert.equal(starts[0], 0)
    for (const [index, start] of starts.entries())
      assert.ok(
        (starts[index + 1] ?? 60) - start <= 4,
        `${language}: a cue at ${start} is too long`,
      )
  }
})

test('the torrent of the test reel names its files as they are, and no tracker', async () => {
  const metainfo = parseMetainfo(new Uint8Array(await readFile(`${FOLDER}reel.torrent`)), nodeHash)
  assert.equal(metainfo.kind, 'hybrid')
  assert.deepEqual(metainfo.trackers, [])
  for (const file of metainfo.files) {
    const bytes = await readFile(FOLDER + file.path.join('/'))
    assert.equal(bytes.length, file.length)
    const { layout } = metainfo
    for (
      let piece = layout.piecesOf(file.span).first;
      piece < layout.piecesOf(file.span).end;
      piece++
    ) {
      const span = layout.pieceSpan(layout.piece(piece))
      const padded = new Uint8Array(span.end - span.start)
      padded.set(bytes.subarray(span.start - file.span.start, span.end - file.span.start))
      assert.deepEqual(nodeHash.sha1(padded), metainfo.v1PieceHash(layout.piece(piece)))
    }
  }
})

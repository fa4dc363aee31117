import { test } from 'node:test'
import assert from 'node:assert/strict'
import { LIMITS, concatBytes, utf8Bytes } from '@matinee/base'
import {
  ClusterScan,
  EmbeddedCues,
  outlineFilm,
  plainText,
  type EmbeddedBlock,
  type EmbeddedTrack,
  type FilmOutline,
} from '@matinee/media'
import { element, matroska } from '../../test/made-matroska.ts'
import { u32 } from '../../test/made-mp4.ts'

const TEXT = 1
const PICTURES = 2

function track(number: number, codec: string): Uint8Array {
  return element(
    0xae,
    element(0xd7, u32(number)),
    element(0x83, u32(17)),
    element(0x86, utf8Bytes(codec)),
  )
}

function block(number: number, ticks: number, text: string): Uint8Array {
  const head = new Uint8Array([0x80 | number, ticks >> 8, ticks & 255, 0])
  return element(0xa0, element(0xa1, head, utf8Bytes(text)), element(0x9b, u32(2000)))
}

function film(...blocks: readonly Uint8Array[]): Uint8Array {
  return matroska(
    element(0x1549a966),
    element(0x1654ae6b, track(TEXT, 'S_TEXT/UTF8'), track(PICTURES, 'S_HDMV/PGS')),
    element(0x1941a469, utf8Bytes('a font'.repeat(100_000))),
    element(0x1f43b675, element(0xe7, u32(1000)), ...blocks),
  )
}

/** What was asked for on the way, besides. */
function outlineOf(bytes: Uint8Array): { outline: FilmOutline | null; readBytes: number } {
  const asking = outlineFilm(bytes.length)
  let step = asking.next()
  let readBytes = 0
  while (step.done !== true) {
    const { start, end } = step.value
    readBytes += end - start
    step = asking.next(bytes.subarray(start, end))
  }
  return { outline: step.value, readBytes }
}

function scanOf(bytes: Uint8Array): { scan: ClusterScan; track: EmbeddedTrack } {
  const { outline } = outlineOf(bytes)
  const [first] = outline?.tracks ?? []
  assert.ok(outline && first)
  const scan = new ClusterScan(outline.firstCluster ?? 0, {
    tracks: new Set(outline.tracks.map(({ number }) => number)),
    secondsPerTick: outline.secondsPerTick,
    fileBytes: bytes.length,
  })
  return { scan, track: first }
}

function blocksOf(bytes: Uint8Array): EmbeddedBlock[] {
  return scanOf(bytes).scan.step(({ start, end }) => bytes.subarray(start, end))
}

test('lines inside a film are read with their times, as far as there are bytes, and on from there', () => {
  const bytes = film(block(TEXT, 0, '<i>one</i>'), block(TEXT, 500, 'two'))
  const { scan, track: text } = scanOf(bytes)
  const cues = new EmbeddedCues(text)
  for (let here = 0; here <= bytes.length; here += 7)
    for (const found of scan.step(({ start, end }) =>
      end <= here ? bytes.subarray(start, end) : null,
    ))
      assert.ok(cues.add(found))
  for (const found of scan.step(({ start, end }) => bytes.subarray(start, end))) cues.add(found)
  assert.deepEqual(
    cues.cues.map((cue) => [cue.startSeconds, cue.endSeconds, plainText(cue)]),
    [
      [1, 3, 'one'],
      [1.5, 3.5, 'two'],
    ],
  )
  assert.ok(scan.isOver)
})

test('S3: a line that nobody could read is passed over unread', () => {
  const long = block(TEXT, 0, 'x'.repeat(LIMITS.embeddedCueBytes))
  const found = blocksOf(film(long, block(TEXT, 500, 'short')))
  assert.deepEqual(
    found.map(({ payload }) => payload.length),
    [5],
  )
})

test('S3: no more lines are kept than a film has', () => {
  const { track: text } = scanOf(film(block(TEXT, 0, 'one')))
  const cues = new EmbeddedCues(text)
  const payload = utf8Bytes('x')
  for (let at = 0; at <= LIMITS.subtitleCues; at++) {
    const isNew = cues.add({ offset: at, track: 1, startSeconds: at, durationSeconds: 1, payload })
    assert.equal(isNew, at < LIMITS.subtitleCues)
  }
})

test('S3: elements that lie about their length end the reading, and nothing is asked for beyond the file', () => {
  const bytes = film(element(0xa0, 0x0ffffff0, utf8Bytes('x')), block(TEXT, 0, 'never'))
  const { scan } = scanOf(bytes)
  const found = scan.step(({ start, end }) => {
    assert.ok(start <= end)
    return end <= bytes.length ? bytes.subarray(start, end) : null
  })
  assert.deepEqual(found, [])
  assert.deepEqual(blocksOf(concatBytes([bytes.subarray(0, bytes.length - 3)])), [])
})

test('S4: subtitles that are pictures are ignored by their name, and a font is never read', () => {
  const bytes = film(block(PICTURES, 0, 'a picture'), block(TEXT, 500, 'text'))
  const { outline, readBytes } = outlineOf(bytes)
  assert.deepEqual(
    outline?.tracks.map(({ number, format }) => [number, format]),
    [[TEXT, 'srt']],
  )
  assert.equal(outline?.attachments.length, 1)
  assert.ok(readBytes < 100_000, `${readBytes} bytes of ${bytes.length} were read`)
  assert.deepEqual(
    blocksOf(bytes).map(({ track: number }) => number),
    [TEXT],
  )
})

test('S3: a line that says to be longer than its film ends the reading, and is never waited for', () => {
  const line = concatBytes([Uint8Array.of(0x80 | TEXT, 0, 0, 0), utf8Bytes('cut')])
  const bytes = film(block(TEXT, 0, 'one'), element(0xa3, line, 30_000))
  const { scan } = scanOf(bytes)
  const asked: number[] = []
  const found = scan.step(({ start, end }) => {
    asked.push(end)
    return end <= bytes.length ? bytes.subarray(start, end) : null
  })
  assert.equal(found.length, 1)
  assert.ok(scan.isOver)
  assert.ok(Math.max(...asked) <= bytes.length)
})

import assert from 'node:assert/strict'
import { LIMITS, spanLength, utf8Bytes, type Random } from '@matinee/base'
import {
  ClusterScan,
  EmbeddedCues,
  outlineFilm,
  type EmbeddedBlock,
  type FilmOutline,
} from '@matinee/media'
import { element, matroska } from '../test/made-matroska.ts'
import { u32 } from '../test/made-mp4.ts'
import type { Fuzzer } from './fuzzer.ts'

const SRT = 1
const ASS = 2
const VTT = 3

const TRACKS = element(
  0x1654ae6b,
  track(SRT, 'S_TEXT/UTF8'),
  track(ASS, 'S_TEXT/ASS', element(0x63a2, utf8Bytes('[V4+ Styles]\nStyle: a,1,2\n[Events]\n'))),
  track(
    VTT,
    'S_TEXT/WEBVTT',
    element(
      0x6d80,
      element(0x6240, element(0x5034, element(0x4254, u32(3)), element(0x4255, u32(7)))),
    ),
  ),
)

const FILM = matroska(
  element(0x1549a966, element(0x2ad7b1, u32(1_000_000))),
  TRACKS,
  element(0x1941a469, utf8Bytes('a font')),
  element(
    0x1f43b675,
    element(0xe7, u32(1000)),
    group(SRT, 0, '<i>one</i>'),
    group(ASS, 100, '0,0,Default,,0,0,0,,{\\an8}two\\Nlines'),
    element(0xa3, head(VTT, 200), utf8Bytes('three')),
  ),
  element(0x1f43b675, element(0xe7, u32(9000)), group(SRT, 0xff00, 'before'), group(SRT, 5, '')),
  element(0x1c53bb6b, element(0xbb, element(0xb3, u32(1000)))),
)

/** Numbers that break what counts and adds: lengths that are unknown, or longer than the film. */
const EVIL = [0, 1, 0x10, 0x40, 0x7f, 0x80, 0x81, 0xa0, 0xa3, 0xe7, 0xff]

/** Steps after which a film of so few bytes is read: none reads an element twice. */
const MOST_STEPS = 20

/** Films with faults, of which more and more is here: never more is asked for than there is, and what is found is in order and within its caps. */
export const embeddedFuzzer: Fuzzer = {
  name: 'subtitles inside a film',
  run(random) {
    const bytes = faulty(random)
    const fileBytes = bytes.length + (random.below(4) === 0 ? random.below(100_000) : 0)
    const outline = outlineOf(bytes, fileBytes)
    if (outline === null) return
    const { tracks, firstCluster, secondsPerTick } = outline
    assert.ok(tracks.length <= LIMITS.containerTracks)
    for (const { header, packing } of tracks) {
      assert.ok(header.length <= LIMITS.embeddedHeaderBytes)
      assert.ok(packing.kind !== 'stripped' || packing.head.length <= 64)
    }
    if (firstCluster === null) return
    assert.ok(firstCluster >= 0 && firstCluster < fileBytes)
    const numbers = new Set(tracks.map(({ number }) => number))
    const scan = new ClusterScan(firstCluster, { tracks: numbers, secondsPerTick, fileBytes })
    const cues = new Map(tracks.map((each) => [each.number, new EmbeddedCues(each)] as const))
    for (const block of blocksOf(scan, bytes, fileBytes, random)) {
      assert.ok(numbers.has(block.track))
      assert.ok(block.payload.length <= LIMITS.embeddedCueBytes)
      cues.get(block.track)?.add(block)
    }
    for (const each of cues.values()) checkCues(each)
  },
}

function outlineOf(bytes: Uint8Array, fileBytes: number): FilmOutline | null {
  const asking = outlineFilm(fileBytes)
  let step = asking.next()
  for (let questions = 0; step.done !== true; questions++) {
    const span = step.value
    assert.ok(questions < 200 && span.start >= 0 && span.start <= span.end && span.end <= fileBytes)
    const answer = new Uint8Array(spanLength(span))
    answer.set(bytes.subarray(span.start, span.end))
    step = asking.next(answer)
  }
  return step.value
}

/** What a scan finds when the bytes come in parts, and then when all are here: it goes on, or is over. */
function blocksOf(
  scan: ClusterScan,
  bytes: Uint8Array,
  fileBytes: number,
  random: Random,
): EmbeddedBlock[] {
  const found: EmbeddedBlock[] = []
  const whole = new Uint8Array(fileBytes)
  whole.set(bytes)
  const parts = [random.below(fileBytes), random.below(fileBytes)].toSorted((a, b) => a - b)
  for (const here of [...parts, ...Array.from({ length: MOST_STEPS }, () => fileBytes)]) {
    const before = scan.at
    found.push(
      ...scan.step(({ start, end }) => {
        assert.ok(start >= before && end >= start && end <= fileBytes)
        return end <= here ? whole.subarray(start, end) : null
      }),
    )
    assert.ok(scan.at >= before)
  }
  assert.ok(scan.isOver, 'with all bytes here a film is read to its end')
  return found
}

function checkCues(each: EmbeddedCues): void {
  let last = 0
  for (const { startSeconds, endSeconds, lines } of each.cues) {
    assert.ok(startSeconds >= last && endSeconds > startSeconds && endSeconds < LIMITS.filmSeconds)
    assert.ok(lines.length <= LIMITS.cueLines)
    last = startSeconds
  }
}

function faulty(random: Random): Uint8Array {
  const bytes = FILM.slice(0, random.below(8) === 0 ? random.below(FILM.length) : FILM.length)
  for (let count = random.below(6); count > 0 && bytes.length > 0; count--)
    bytes[random.below(bytes.length)] =
      random.below(2) === 0 ? (EVIL[random.below(EVIL.length)] ?? 0) : random.below(256)
  return bytes
}

function track(number: number, codec: string, ...more: readonly Uint8Array[]): Uint8Array {
  const named = element(0x86, utf8Bytes(codec))
  return element(0xae, element(0xd7, u32(number)), element(0x83, u32(17)), named, ...more)
}

function head(number: number, ticks: number): Uint8Array {
  return Uint8Array.of(0x80 | number, ticks >> 8, ticks & 255, 0)
}

function group(number: number, ticks: number, text: string): Uint8Array {
  const block = element(0xa1, head(number, ticks), utf8Bytes(text))
  return element(0xa0, block, element(0x9b, u32(2000)))
}

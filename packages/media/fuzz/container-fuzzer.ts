import assert from 'node:assert/strict'
import { LIMITS, spanLength, utf8Bytes, type Random } from '@matinee/base'
import { locateIndex, offsetAt, spanOfSeconds, type ContainerIndex } from '@matinee/media'
import { element, matroska } from '../test/made-matroska.ts'
import { full, mp4, u32 } from '../test/made-mp4.ts'
import type { Fuzzer } from './fuzzer.ts'

const MP4 = mp4({
  stsz: full('stsz', u32(0), u32(4), u32(100), u32(200), u32(300), u32(400)),
  stts: full('stts', u32(2), u32(1), u32(1000), u32(3), u32(2000)),
  stsc: full('stsc', u32(2), u32(1), u32(1), u32(1), u32(2), u32(3), u32(1)),
  stco: full('stco', u32(2), u32(40), u32(200)),
})

const MKV = matroska(
  element(0x114d9b74, element(0x4dbb, element(0x53ab, u32(0x1c53bb6b)), element(0x53ac, u32(120)))),
  element(0x1549a966, element(0x4489, u32(0x453b8000))),
  element(
    0x1654ae6b,
    element(0xae, element(0xd7, u32(1)), element(0x83, u32(1)), element(0x86, utf8Bytes('V_VP9'))),
  ),
  element(
    0x1c53bb6b,
    element(
      0xbb,
      element(0xb3, u32(1000)),
      element(0xb7, element(0xf7, u32(1)), element(0xf1, u32(300))),
    ),
  ),
)

/** Numbers that break what counts and adds. */
const EVIL = [0, 1, 7, 8, 0x7f, 0x80, 0xff]

/** Indexes with faults: refused, or in order and within the file; never more is asked for than allowed. */
export const containerFuzzer: Fuzzer = {
  name: 'containers',
  run(random) {
    const bytes = faulty(random, random.below(2) === 0 ? MP4 : MKV)
    const fileBytes = bytes.length + (random.below(3) === 0 ? random.below(100_000) : 0)
    const asking = locateIndex(fileBytes)
    let step = asking.next()
    for (let questions = 0; step.done !== true; questions++) {
      const span = step.value
      assert.ok(
        questions < 64 && span.start >= 0 && span.start <= span.end && span.end <= fileBytes,
      )
      const answer = new Uint8Array(spanLength(span))
      answer.set(bytes.subarray(span.start, span.end))
      step = asking.next(answer)
    }
    if (step.value.kind === 'found') checkIndex(step.value.index, fileBytes)
  },
}

function faulty(random: Random, whole: Uint8Array): Uint8Array {
  const bytes = whole.slice(0, random.below(8) === 0 ? random.below(whole.length) : whole.length)
  for (let count = random.below(6); count > 0 && bytes.length > 0; count--)
    bytes[random.below(bytes.length)] =
      random.below(2) === 0 ? (EVIL[random.below(EVIL.length)] ?? 0) : random.below(256)
  return bytes
}

function checkIndex(index: ContainerIndex, fileBytes: number): void {
  assert.ok(index.durationSeconds === null || index.durationSeconds > 0)
  assert.ok(index.keyPoints.length <= LIMITS.keyPoints)
  for (const [at, point] of index.keyPoints.entries()) {
    const before = index.keyPoints[at - 1]
    if (before) assert.ok(before.seconds < point.seconds && before.offset < point.offset)
  }
  for (const seconds of [0, 1, 1e6]) {
    assert.ok(offsetAt(index, seconds) >= 0)
    const span = spanOfSeconds(index, seconds, seconds + 2, fileBytes)
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= fileBytes)
  }
}

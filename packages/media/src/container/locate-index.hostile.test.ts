import { test } from 'node:test'
import assert from 'node:assert/strict'
import { LIMITS, MIB, concatBytes, spanLength, utf8Bytes, type ByteSpan } from '@matinee/base'
import { cpuTimeOf } from '@matinee/testkit'
import { box, full, mp4, u32 } from '../../test/made-mp4.ts'
import { element, matroska } from '../../test/made-matroska.ts'
import { locateIndex, readIndex, type LocatedIndex } from '../index.ts'

/** What comes of a file, and all it was asked for. */
function locate(bytes: Uint8Array, fileBytes = bytes.length): [LocatedIndex, ByteSpan[]] {
  const asking = locateIndex(fileBytes)
  const spans: ByteSpan[] = []
  let step = asking.next()
  while (step.done !== true) {
    spans.push(step.value)
    const out = new Uint8Array(spanLength(step.value))
    out.set(bytes.subarray(step.value.start, step.value.end))
    step = asking.next(out)
  }
  return [step.value, spans]
}

function reasonOf(bytes: Uint8Array, fileBytes?: number): string {
  const [located] = locate(bytes, fileBytes)
  return located.kind === 'refused' ? located.reason : 'found'
}

test('F11: what says to be a film and is a page, a picture or nothing has no index', () => {
  for (const text of [
    '<!doctype html><script>alert(1)</script>',
    '<svg onload=alert(1)>',
    '',
    'MZ',
  ])
    assert.equal(reasonOf(utf8Bytes(text)), 'unknown-container')
})

test('F11: a box or an element that says to be larger than the file is refused, and nothing behind the end is asked for', () => {
  const lying = [
    concatBytes([box('ftyp', u32(0)), u32(0x7fffffff), utf8Bytes('moov')]),
    concatBytes([box('ftyp', u32(0)), u32(1), utf8Bytes('moov'), u32(0xffffff), u32(0)]),
    matroska(element(0x1549a966, new Uint8Array(4), (1 << 28) - 2)),
  ]
  for (const bytes of lying) {
    const [located, spans] = locate(bytes)
    assert.equal(located.kind, 'refused')
    for (const span of spans) assert.ok(span.end <= bytes.length)
  }
})

test('F11: boxes of no length end the walk at once', () => {
  const bytes = concatBytes([box('ftyp', u32(0)), u32(4), utf8Bytes('free'), new Uint8Array(100)])
  assert.equal(reasonOf(bytes), 'broken')
})

test('F11: an index behind ten thousand empty boxes is given up, not walked to', () => {
  const boxes = Array.from({ length: 1e4 }, () => box('free'))
  const bytes = concatBytes([box('ftyp', u32(0)), ...boxes, mp4({}).subarray(12)])
  const [located, spans] = locate(bytes)
  assert.deepEqual(located, { kind: 'refused', reason: 'no-index' })
  assert.ok(spans.length < 4)
})

test('F11: an index above 32 MiB is refused before a byte of it is asked for', () => {
  const fileBytes = 1000 * MIB
  const moov = concatBytes([
    box('ftyp', u32(0)),
    u32(LIMITS.containerIndexBytes + 9),
    utf8Bytes('moov'),
  ])
  const [located, spans] = locate(moov, fileBytes)
  assert.deepEqual(located, { kind: 'refused', reason: 'too-large' })
  assert.ok(spans.every((span) => spanLength(span) <= LIMITS.blockBytes))
})

test('F11: tables that name more samples than they hold, or billions of equal ones, are refused', () => {
  const sizes = (same: number, count: number): Uint8Array =>
    mp4({ stsz: full('stsz', u32(same), u32(count)) })
  assert.equal(reasonOf(sizes(0, 1000)), 'broken')
  assert.equal(reasonOf(sizes(7, 0xffffffff)), 'too-large')
  assert.equal(reasonOf(mp4({ stts: full('stts', u32(0xffffffff)) })), 'broken')
})

test('F11: millions of samples in one run of each table take a moment, not for ever', () => {
  const bytes = mp4({
    stsz: full('stsz', u32(1), u32(LIMITS.containerSamples)),
    stts: full('stts', u32(1), u32(0xffffffff), u32(0)),
    stsc: full('stsc', u32(1), u32(1), u32(0xffffffff), u32(1)),
    stco: full('stco', u32(1), u32(0)),
  })
  const spentMs = cpuTimeOf(() => assert.equal(reasonOf(bytes), 'found'))
  assert.ok(spentMs < 5000, `${spentMs} ms`)
})

test('F11: a seek head that leads in circles is followed once', () => {
  const seek = element(
    0x114d9b74,
    ...[0x1549a966, 0x1654ae6b, 0x1c53bb6b].map((id) =>
      element(0x4dbb, element(0x53ab, u32(id)), element(0x53ac, new Uint8Array(1))),
    ),
  )
  const [located, spans] = locate(matroska(seek))
  assert.deepEqual(located, { kind: 'refused', reason: 'no-index' })
  assert.ok(spans.length <= 4)
})

test('F11: a seek head that leads behind the end of the file is refused', () => {
  const place = element(0x53ac, u32(0x7fffffff))
  const seek = element(0x114d9b74, element(0x4dbb, element(0x53ab, u32(0x1549a966)), place))
  assert.equal(reasonOf(matroska(seek)), 'broken')
})

test('F11: more key points than a film has are left out, and those that go backwards too', () => {
  const count = LIMITS.keyPoints + 5000
  const bytes = mp4({
    stsz: full('stsz', u32(1), u32(count)),
    stts: full('stts', u32(1), u32(count), u32(1000)),
    stsc: full('stsc', u32(1), u32(1), u32(count), u32(1)),
    stco: full('stco', u32(1), u32(0)),
  })
  const [located] = locate(bytes)
  assert.ok(located.kind === 'found')
  assert.equal(located.index.keyPoints.length, LIMITS.keyPoints)
})

test('what reading throws passes through', async () => {
  const failure = new Error('no such file')
  await assert.rejects(
    readIndex(1000, () => Promise.reject(failure)),
    failure,
  )
})

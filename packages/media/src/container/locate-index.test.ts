import { after, test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spanLength } from '@matinee/base'
import { keyFramesOf, makeVariants } from '../../test/film-variants.ts'
import { locateIndex, offsetAt, spanOfSeconds, type ContainerIndex } from '../index.ts'

const folder = await mkdtemp(join(tmpdir(), 'locate-index-'))
after(() => rm(folder, { recursive: true }))
const VARIANTS = await makeVariants(folder)

interface Located {
  readonly index: ContainerIndex
  readonly bytes: Uint8Array
  /** How often it asked. */
  readonly questions: number
}

async function locate(path: string): Promise<Located> {
  const bytes = await readFile(path)
  const asking = locateIndex(bytes.length)
  let questions = 0
  let step = asking.next()
  for (; step.done !== true; questions++)
    step = asking.next(bytes.subarray(step.value.start, step.value.end))
  assert.ok(step.value.kind === 'found', `${path}: ${JSON.stringify(step.value)}`)
  return { index: step.value.index, bytes, questions }
}

for (const [name, path] of Object.entries(VARIANTS)) {
  test(`${name}: duration, codecs and every key frame are found`, async () => {
    const { index, bytes } = await locate(path)
    const isWebm = name.startsWith('WebM')
    const isMp4 = name.includes('MP4')
    assert.equal(index.container, isMp4 ? 'mp4' : isWebm ? 'webm' : 'matroska')
    assert.deepEqual(
      index.tracks.map(({ kind }) => kind),
      ['video', 'audio'],
    )
    const [video, audio] = index.tracks
    assert.match(video?.codec ?? '', isWebm ? /^vp9$/u : /^avc1\.[0-9a-f]{6}$/u)
    assert.equal(audio?.codec, isWebm ? 'opus' : 'mp4a.40.2')
    // A file with mfra alone doesn't say how long it is.
    if (name.endsWith('mfra')) assert.equal(index.durationSeconds, null)
    else assert.ok(Math.abs((index.durationSeconds ?? 0) - 20) < 0.2, `${index.durationSeconds}`)

    const seen = await keyFramesOf(path)
    assert.equal(index.keyPoints.length, seen.length)
    assert.ok(index.keyPoints.length >= 9)
    for (const [at, point] of index.keyPoints.entries()) {
      const frame = seen[at]
      assert.ok(frame && Math.abs(frame.seconds - point.seconds) < 0.15, `${at}`)
      // A key point is its frame, or the cluster or fragment that begins with it.
      assert.ok(point.offset <= frame.offset && frame.offset - point.offset < 4000, `${at}`)
      const box = Buffer.from(bytes.subarray(point.offset + 4, point.offset + 8)).toString('latin1')
      if (name.startsWith('fragmented')) assert.equal(box, 'moof')
    }
  })

  test(`${name}: little is read, at most four times, and only what is said`, async () => {
    const { index, bytes, questions } = await locate(path)
    const read = index.spans.reduce((sum, span) => sum + spanLength(span), 0)
    assert.ok(questions <= 4, `${questions} questions`)
    assert.ok(read <= 5 * 16_384, `${read} of ${bytes.length} bytes`)
  })
}

test('the bytes of a second of film begin at a key frame and end at one', async () => {
  const { index, bytes } = await locate(VARIANTS['MP4 with its index first'] ?? '')
  const at = (point: number): number => index.keyPoints[point]?.offset ?? -1
  assert.equal(offsetAt(index, 5), at(2))
  assert.equal(offsetAt(index, 4), at(2))
  assert.deepEqual(spanOfSeconds(index, 5, 7, bytes.length), { start: at(2), end: at(4) })
  assert.deepEqual(spanOfSeconds(index, 4, 6, bytes.length), { start: at(2), end: at(3) })
  const last = spanOfSeconds(index, 19, 25, bytes.length)
  assert.equal(last.start, index.keyPoints.at(-1)?.offset)
  assert.ok(last.end <= bytes.length)
})

test('the second that needs most is above the average, and the average is that of the file', async () => {
  for (const name of ['MP4 with its index last', 'MKV with cues behind']) {
    const { index, bytes } = await locate(VARIANTS[name] ?? '')
    const average = index.averageBytesPerSecond ?? 0
    assert.ok(Math.abs(average - bytes.length / 20) < bytes.length / 1000)
    assert.ok((index.peakBytesPerSecond ?? 0) > average * 0.95)
    assert.ok((index.peakBytesPerSecond ?? 0) < average * 3)
  }
})

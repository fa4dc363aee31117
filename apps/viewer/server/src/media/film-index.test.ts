import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { KIB, spanLength, type ByteSpan } from '@matinee/base'
import { spanOfSeconds } from '@matinee/media'
import { readFilmIndex } from './film-index.ts'
import type { MediaFile } from './media-file.ts'

const REEL = await readFile(new URL('../../../../../feeds/reel/reel.mp4', import.meta.url))

function fileOf(bytes: Uint8Array): MediaFile & { readonly asked: ByteSpan[] } {
  const asked: ByteSpan[] = []
  return {
    name: 'film',
    lengthBytes: bytes.length,
    identity: 'film',
    asked,
    async *read(span) {
      asked.push(span)
      // In two halves, as a swarm gives them.
      const middle = (span.start + span.end) >> 1
      yield bytes.subarray(span.start, middle)
      yield bytes.subarray(middle, span.end)
    },
  }
}

const { signal } = new AbortController()

test('the index of the test reel says where a moment of it lies, after little was read', async () => {
  const file = fileOf(REEL)
  const index = await readFilmIndex(file, 1024 * KIB, signal)
  assert.ok(index)
  assert.ok(file.asked.reduce((sum, span) => sum + spanLength(span), 0) < 200 * KIB)
  const span = spanOfSeconds(index, 10, 12, REEL.length)
  assert.ok(span.start > 0 && span.end > span.start && span.end < REEL.length)
})

test('an index that takes more than was allowed is not read to its end', async () => {
  const file = fileOf(REEL)
  assert.equal(await readFilmIndex(file, 20 * KIB, signal), null)
  assert.ok(file.asked.reduce((sum, span) => sum + spanLength(span), 0) <= 20 * KIB)
})

test('what is no film has no index', async () => {
  assert.equal(await readFilmIndex(fileOf(new Uint8Array(100)), 1024 * KIB, signal), null)
})

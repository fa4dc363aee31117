import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TokenBucket } from './token-bucket.ts'

/** Bytes that leave in `ms` by messages of `size` that are tried every 10 ms. */
function leaves(bucket: TokenBucket, ms: number, size: number, fromMs = 0): number {
  let bytes = 0
  for (let nowMs = fromMs; nowMs < fromMs + ms; nowMs += 10)
    while (bytes < 1e7 && bucket.isOpen(nowMs)) {
      bucket.use(size)
      bytes += size
    }
  return bytes
}

test('without a limit everything may leave', () => {
  assert.equal(leaves(new TokenBucket(), 10, 16_384), 10_010_624)
})

test('over a minute as much leaves as the limit says, also where a message is more than a second', () => {
  for (const perSecond of [1000, 20_000, 150_000]) {
    const bucket = new TokenBucket()
    bucket.limit(perSecond, 0)
    const bytes = leaves(bucket, 60_000, 16_384)
    assert.ok(
      Math.abs(bytes - 60 * perSecond) <= perSecond / 2 + 16_384,
      `${bytes} at ${perSecond}`,
    )
  }
})

test('a pause saves up half a second, no more', () => {
  const bucket = new TokenBucket()
  bucket.limit(100_000, 0)
  assert.ok(leaves(bucket, 10, 1000, 3_600_000) <= 51_000)
})

test('a new limit holds from now on, and no limit frees at once', () => {
  const bucket = new TokenBucket()
  bucket.limit(1_000_000, 0)
  bucket.limit(1000, 0)
  assert.ok(leaves(bucket, 10_000, 100) <= 10_600)
  bucket.limit(null, 10_000)
  assert.equal(leaves(bucket, 10, 16_384, 10_000), 10_010_624)
  assert.throws(() => bucket.limit(0, 0), RangeError)
  assert.throws(() => bucket.limit(Number.NaN, 0), RangeError)
})

test('who takes goes into no debt: a second and the burst at most', () => {
  const bucket = new TokenBucket(333)
  bucket.limit(6000, 0)
  assert.ok(!bucket.take(2001, 0))
  let bytes = 0
  for (let nowMs = 0; nowMs < 1000; nowMs++) while (bucket.take(90, nowMs)) bytes += 90
  assert.ok(bytes > 7500 && bytes <= 8000, `${bytes}`)
})

import type { Random } from '@matinee/base'
import assert from 'node:assert/strict'
import { targetFault } from '../server/src/http/guards/target-guard.ts'
import { byteRange } from '../server/src/media/byte-range.ts'
import { PROBE_BYTES, mediaType } from '../server/src/media/media-type.ts'
import { fuzzRequests } from './request-fuzzer.ts'

/** A property that is tried with ever new chance. `run` throws when it doesn't hold. */
export interface Fuzzer {
  readonly name: string
  run(random: Random): void | Promise<void>
}

export const FUZZERS: readonly Fuzzer[] = [
  { name: 'range-header', run: fuzzRange },
  { name: 'request-target', run: fuzzTarget },
  { name: 'media-type', run: fuzzType },
  { name: 'http-request', run: fuzzRequests },
]

const LENGTHS = [0, 1, 2, 1000, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]
const RANGE_PARTS = [
  'bytes',
  '=',
  '-',
  ',',
  ' ',
  '\t',
  '0',
  '1',
  '999',
  '1000',
  '99999999999999999999',
  'x',
  'é',
  '--',
  '',
]

function fuzzRange(random: Random): void {
  const length = oneOf(random, LENGTHS)
  if (random.below(2) === 0) {
    const start = random.below(2000)
    const end = start + random.below(2000)
    const read = byteRange(`bytes=${start}-${end}`, length)
    const wanted =
      start >= length
        ? { kind: 'unsatisfiable' }
        : { kind: 'part', span: { start, end: Math.min(end + 1, length) } }
    assert.deepEqual(read, wanted, `bytes=${start}-${end} of ${length}`)
    return
  }
  const begin = random.below(4) === 0 ? '' : 'bytes='
  const header = begin + joined(random, RANGE_PARTS, 12)
  const read = byteRange(header, length)
  if (read.kind !== 'part') return
  const { start, end } = read.span
  assert.ok(
    Number.isSafeInteger(start) &&
      Number.isSafeInteger(end) &&
      0 <= start &&
      start < end &&
      end <= length,
    `${JSON.stringify(header)} of ${length} gave ${start}-${end}`,
  )
}

const TARGET_PARTS = [
  '/',
  '//',
  '\\',
  '%',
  '%2f',
  '%E0%A4%A',
  '%c3%a9',
  '..',
  '.',
  'media',
  'api',
  '?',
  '#',
  '@',
  ':80',
  'http://',
  '[',
  ' ',
  '\0',
  'é',
  'a',
]

function fuzzTarget(random: Random): void {
  const target = (random.below(4) === 0 ? '' : '/') + joined(random, TARGET_PARTS, 10)
  if (targetFault('GET', target, 2048) !== null) return
  const url = new URL(`http://127.0.0.1:8571${target}`)
  assert.equal(url.host, '127.0.0.1:8571', target)
  assert.equal(url.username + url.password, '', target)
  // Routes decode path segments; none of them may throw.
  for (const segment of url.pathname.split('/')) decodeURIComponent(segment)
}

const SIGNATURES = [
  '<',
  '<!doctype html>',
  '<svg',
  '<?xml',
  '%PDF',
  'WEBVTT',
  '\n',
  'RIFF',
  'WEBP',
  'ftyp',
  'isom',
  'ID3',
  'OggS',
  'GIF89a',
  '\xff\xd8\xff',
  '\x1a\x45\xdf\xa3',
  '\x42\x82\x84webm',
  '\0\0\0\x18',
]
const INERT =
  /^(?:(?:video|audio)\/[\w-]+|image\/(?:jpeg|png|webp|avif)|text\/vtt; charset=utf-8)$/u

function fuzzType(random: Random): void {
  const text = joined(random, SIGNATURES, 8)
  const head = new Uint8Array(random.below(PROBE_BYTES))
  head.set(random.bytes(head.length))
  for (let at = 0; at < Math.min(text.length, head.length); at++)
    head[at] = text.charCodeAt(at) & 0xff
  const type = mediaType(head)
  assert.ok(type === null || INERT.test(type), String(type))
  // No browser that looks for itself would find a page at the beginning of what we serve.
  if (head[0] === '<'.charCodeAt(0)) assert.equal(type, null)
}

function oneOf<T>(random: Random, from: readonly T[]): T {
  const value = from[random.below(from.length)]
  assert.ok(value !== undefined)
  return value
}

function joined(random: Random, from: readonly string[], most: number): string {
  let text = ''
  for (let count = random.below(most + 1); count > 0; count--) text += oneOf(random, from)
  return text
}

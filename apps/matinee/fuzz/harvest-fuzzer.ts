import assert from 'node:assert/strict'
import { utf8Bytes, type Random } from '@matinee/base'
import { cleanLine } from '@matinee/catalogue'
import { chooseArchiveFilm } from '../src/harvest/archive/archive-film.ts'
import { isSafePath, parseArchiveItem } from '../src/harvest/archive/archive-item.ts'
import { parseSearchAnswer } from '../src/harvest/archive/archive-search.ts'
import { foundCandidate } from '../src/harvest/candidate.ts'
import { contentRangeOf } from '../src/harvest/fetch/content-range.ts'
import { retryAfterMs } from '../src/harvest/fetch/host-pace.ts'
import { planArchiveFilm } from '../src/harvest/film-plan.ts'
import { addressesInHtml, wordsOfHtml } from '../src/harvest/html-words.ts'
import { claimOf } from '../src/harvest/rights-claim.ts'
import { reviewPage, type Review } from '../src/harvest/review-sheet.ts'
import type { Fuzzer } from './fuzzer.ts'

const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  '',
  'film.mp4',
  '../film.mp4',
  'film.en.vtt',
  '1234',
  '2010-01-01',
  'original',
  'derivative',
  'a'.repeat(5000),
  '\u202E\u0000<script>',
  '\uD800',
  'http://creativecommons.org/licenses/by/3.0/',
  'https://creativecommons.org/licenses/by-nc/4.0/',
  '<a href="http://creativecommons.org/licenses/by/3.0/">x</a>',
  '<'.repeat(300),
  '&#99999999;&lt;',
  [],
  {},
  ['eng', 7, null],
  [[['x']]],
  { __proto__: null, polluted: 1 },
]
const FIELDS = [
  'title',
  'creator',
  'date',
  'language',
  'licenseurl',
  'rights',
  'mediatype',
  'collection',
]
const FILE_FIELDS = [
  'name',
  'source',
  'size',
  'sha1',
  'md5',
  'length',
  'height',
  'original',
  'format',
]

/** Properties of what a harvest reads. */
export const harvestFuzzers: readonly Fuzzer[] = [
  { name: 'archive-item', run: fuzzItem },
  { name: 'archive-bytes', run: fuzzBytes },
  { name: 'rights-html', run: fuzzHtml },
  { name: 'harvest-headers', run: fuzzHeaders },
]

function fuzzItem(random: Random): void {
  const metadata: Record<string, unknown> = { identifier: 'item' }
  for (const field of FIELDS) if (random.below(2) === 0) metadata[field] = pick(random, VALUES)
  const files = Array.from({ length: random.below(6) }, () => {
    const file: Record<string, unknown> = {}
    for (const field of FILE_FIELDS) if (random.below(2) === 0) file[field] = pick(random, VALUES)
    return random.below(8) === 0 ? pick(random, VALUES) : file
  })
  check(utf8Bytes(JSON.stringify({ metadata, files })))
}

function fuzzBytes(random: Random): void {
  const text =
    '{"metadata":{"identifier":"item","title":["a"],"rights":"b"},"files":[{"name":"a.mp4","size":"3"}]}'
  const bytes = utf8Bytes(text)
  for (let times = 1 + random.below(4); times > 0; times--)
    bytes[random.below(bytes.length)] = random.below(256)
  check(bytes.subarray(0, random.below(3) === 0 ? random.below(bytes.length) : bytes.length))
  parseSearchAnswer(bytes)
}

function check(bytes: Uint8Array): void {
  const answer = parseArchiveItem(bytes, 'item')
  assert.equal('polluted' in {}, false)
  if (answer.kind === 'refused') return
  const { item } = answer
  for (const { name } of item.files) assert.ok(isSafePath(name))
  for (const line of [...item.creators, ...item.languages, item.title ?? 'x'])
    assert.equal(cleanLine(line), line)
  chooseArchiveFilm(item, null)
  const planned = planArchiveFilm(foundCandidate('item'), item, 'https://archive.example')
  if (planned.kind === 'refused') return
  const { film, subtitles, pages, rights } = planned.plan
  for (const { url } of [film, ...subtitles, ...pages])
    assert.ok(new URL(url).href.startsWith('https://archive.example/'))
  const claim = claimOf(rights, null)
  if (claim.basis === null) assert.ok(claim.doubts.length > 0)
}

function fuzzHtml(random: Random): void {
  const parts = [
    '<',
    '>',
    '&',
    '"',
    "'",
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '&lt;',
    '&#x3c;',
    'href=',
    'http://',
    'https://a.b/',
    'x',
    ' ',
    '\u202E',
    '\uD800',
    '&amp;lt;',
  ]
  let text = ''
  for (let times = random.below(60); times > 0; times--) text += pick(random, parts)
  const words = wordsOfHtml(text)
  assert.equal(cleanLine(words), words)
  for (const url of addressesInHtml(text)) assert.match(url, /^https?:\/\//iu)
  const page = reviewPage(reviewOf(text))
  assert.equal(page.split('<script').length, 1)
  assert.equal(page.split('<!--').length, 1)
}

function reviewOf(text: string): Review {
  return {
    key: text,
    workId: null,
    title: text,
    state: { kind: 'refused', code: 'x', why: text },
    sourceUrl: text,
    licence: text,
    licenceUrl: null,
    said: [text],
    doubts: [text],
    duties: [],
    missing: [],
    places: [],
    files: [],
    pages: [],
    infoHashes: [],
    notes: [text],
  }
}

function fuzzHeaders(random: Random): void {
  const parts = [
    'bytes ',
    '0',
    '5',
    '9999999999999999',
    '-',
    '/',
    '*',
    ' ',
    'Sat, ',
    '21 Nov 2026 ',
    'x',
    '\n',
  ]
  let text = ''
  for (let times = random.below(8); times > 0; times--) text += pick(random, parts)
  const range = contentRangeOf(text)
  if (range !== null) assert.ok(range.start < (range.total ?? Number.POSITIVE_INFINITY))
  const pauseMs = retryAfterMs(text, 0)
  if (pauseMs !== null) assert.ok(pauseMs >= 0 && Number.isFinite(pauseMs))
}

function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[random.below(from.length)]
  if (one === undefined) throw new Error('there is something to pick from')
  return one
}

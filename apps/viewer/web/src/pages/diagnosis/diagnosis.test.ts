import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnosisSchema, type Diagnosis, type FollowedFeed } from '#api'
import { browserName, type BrowserFacts } from './browser-facts.ts'
import { diagnosisReport } from './diagnosis-report.ts'
import { headline } from './diagnosis-row.ts'
import { diagnosisRows, type DiagnosisFacts } from './diagnosis-rows.ts'

const NOW = new Date('2026-11-21T20:00:00Z')
const BROWSER: BrowserFacts = {
  name: 'Firefox 140',
  plays: ['H.264', 'VP9', 'AV1'],
  lacks: [],
  takesPieces: true,
  remembers: true,
}

const feedWith = (more: Partial<FollowedFeed> = {}): FollowedFeed => ({
  id: 'feed-0',
  kind: 'signed',
  name: 'Kino',
  operator: 'Kino e. V.',
  fingerprint: 'a'.repeat(64),
  works: 3,
  confirmedOn: NOW.toISOString(),
  state: { kind: 'fresh' },
  sources: [],
  decidesSafety: false,
  progress: { kind: 'idle' },
  ...more,
})

const source = (address: string, state: 'ok' | 'failed'): FollowedFeed['sources'][number] => ({
  address,
  kind: 'https',
  state,
  why: state === 'ok' ? null : 'unreachable',
  lastOkOn: state === 'ok' ? NOW.toISOString() : null,
})

const WELL: Diagnosis = {
  program: {
    version: '0.1.0',
    node: '26.10.0',
    system: 'linux',
    systemVersion: '6.1.0',
    processor: 'x64',
  },
  swarm: {
    sharing: 'share',
    port: 42_000,
    reached: { fromOutside: 2, fromNear: 0, lastOn: NOW.toISOString() },
    torrents: 1,
    people: { connected: 3, known: 9, foundBy: [{ way: 'tracker', count: 9 }] },
    dht: { state: 'open', nodes: 40, seenAs: '198.51.100.7' },
    trackers: [{ host: 'tracker.example', state: 'answered' }],
    webSeeds: [{ host: 'films.example', state: 'ready' }],
  },
  feeds: [feedWith({ sources: [source('https://kino.example/', 'ok')] })],
  disk: { folder: '/films', canWrite: true, freeBytes: 9e10, usedBytes: 1e9, budgetBytes: 2e10 },
  clock: { now: NOW.toISOString(), newestIssued: '2026-11-01' },
  programs: { ffmpeg: true, players: ['VLC'] },
}

const factsOf = (diagnosis: Diagnosis): DiagnosisFacts => ({
  diagnosis,
  update: { kind: 'newest' },
  browser: BROWSER,
})

const judged = (diagnosis: Diagnosis): ReadonlyMap<string, string> =>
  new Map(diagnosisRows(factsOf(diagnosis), NOW, 'en').map(({ id, state }) => [id, state]))

test('where all is well every row is fine, and so says the headline', () => {
  assert.deepEqual([...new Set(judged(WELL).values())], ['fine'])
  const rows = diagnosisRows(factsOf(WELL), NOW, 'en')
  assert.deepEqual(headline(rows).sentence, { key: 'diagnosis.all-fine' })
})

test('a mirror that failed is named with why; when none is left the catalogue is broken', () => {
  const [bad, good] = [
    source('https://gone.example/', 'failed'),
    source('https://b.example/', 'ok'),
  ]
  const some = { ...WELL, feeds: [feedWith({ sources: [bad, good] })] }
  assert.equal(judged(some).get('feed:feed-0'), 'better')
  const all = { ...WELL, feeds: [feedWith({ sources: [bad] })] }
  const rows = diagnosisRows(factsOf(all), NOW, 'en')
  const row = rows.find(({ id }) => id === 'feed:feed-0')
  assert.equal(row?.state, 'broken')
  assert.deepEqual(row.named, [
    { what: 'https://gone.example/', says: { key: 'feeds.why-unreachable' } },
  ])
  assert.ok(row.says.some(({ key }) => key === 'diagnosis.mirrors-all'))
  assert.deepEqual(row.act, { kind: 'refresh', feedId: 'feed-0', isBusy: false })
  assert.deepEqual(headline(rows), {
    state: 'broken',
    sentence: { key: 'diagnosis.some-broken', values: { count: 1 } },
  })
})

test('a port that nobody has come to yet is not called broken, and not fine either', () => {
  const reached = { fromOutside: 0, fromNear: 4, lastOn: null }
  assert.equal(judged({ ...WELL, swarm: { ...WELL.swarm, reached } }).get('port'), 'unknown')
})

test('a clock before the day on which something was signed is broken; one that everything expired by could be ahead', () => {
  const clock = { now: '2026-10-01T00:00:00Z', newestIssued: '2026-11-01' }
  assert.equal(judged({ ...WELL, clock }).get('clock'), 'broken')
  const feeds = WELL.feeds.map((feed) => ({
    ...feed,
    state: { kind: 'expired', days: 9 } as const,
  }))
  assert.equal(judged({ ...WELL, feeds }).get('clock'), 'better')
})

test('what is broken is said: a disk that takes nothing, trackers that all fail, a browser that plays nothing', () => {
  const disk = { ...WELL.disk, canWrite: false }
  const trackers = [{ host: 'tracker.example', state: 'failed' as const }]
  const swarm = { ...WELL.swarm, trackers }
  const rows = judged({ ...WELL, disk, swarm })
  assert.equal(rows.get('disk'), 'broken')
  assert.equal(rows.get('trackers'), 'broken')
  const blind = { ...factsOf(WELL), browser: { ...BROWSER, plays: [], lacks: BROWSER.plays } }
  const [row] = diagnosisRows(blind, NOW, 'en').filter(({ id }) => id === 'browser')
  assert.equal(row?.state, 'broken')
})

const PRIVATE = [
  '203.0.113.77',
  '2001:db8::77',
  'ada.lovelace@example.org',
  '/mnt/disks/ada/Films',
  String.raw`C:\Users\ada\Films`,
  'eyJhbGciOiJIUzI1NiJ9',
  'Sintel',
  'https://ada:word@tracker.example/passkey',
  'magnet:?xt=urn:btih:0123456789abcdef',
  'ada-laptop',
]

/** What of it would tell. */
const PRIVATE_PARTS = [
  '203.0',
  '2001',
  'ada',
  'lovelace',
  'home',
  'Users',
  'eyJ',
  'Sintel',
  'passkey',
  'btih',
  'laptop',
]

/** Every text in a value that may be any text becomes the private one; members of closed lists can't. */
function poisoned(value: unknown, words: string, keep: (text: string) => boolean): unknown {
  if (typeof value === 'string') return keep(value) ? value : words
  if (Array.isArray(value)) return value.map((each) => poisoned(each, words, keep))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, poisoned(each, words, keep)]),
  )
}

test('W9: nothing private comes out in the text that is copied, wherever it was put in', () => {
  const closed = new Set(
    'linux x64 share tracker open answered ready signed fresh https ok failed idle refused'.split(
      ' ',
    ),
  )
  const feeds = [
    feedWith({
      name: 'x',
      sources: [source('https://kino.example/', 'failed')],
      state: { kind: 'refused', code: 'rollback', file: 'x' },
    }),
  ]
  for (const words of PRIVATE) {
    const diagnosis = diagnosisSchema.parse(
      poisoned(
        { ...WELL, feeds },
        words,
        (text) => closed.has(text) || /^[0-9a-f]{64}$/u.test(text),
      ),
    )
    const announced = {
      version: words,
      from: words,
      notes: words,
      magnet: words,
      lengthBytes: 1,
      sha256: words,
      isPutOff: false,
      fetch: { kind: 'saved' as const, path: words },
    }
    const facts: DiagnosisFacts = {
      diagnosis,
      update: { kind: 'newer', announced },
      browser: { ...BROWSER, name: words },
    }
    const rows = diagnosisRows(facts, NOW, 'en')
    const text = diagnosisReport(facts, rows)
    for (const part of PRIVATE_PARTS) assert.ok(!text.includes(part), `${part} in ${text}`)
  }
})

test('the text that is copied says what a helper asks first', () => {
  const facts = factsOf(WELL)
  const text = diagnosisReport(facts, diagnosisRows(facts, NOW, 'en'))
  assert.match(text, /^Matinee 0\.1\.0, Node 26\.10\.0, linux 6\.1\.0 x64\n/u)
  assert.match(text, /\nbrowser: Firefox 140; plays H\.264, VP9, AV1; lacks none;/u)
  assert.match(text, /\ncatalogue 1: signed, 3 works, fresh; sources https ok\n/u)
  assert.match(text, /\njudged: port fine, /u)
})

test('a browser is known by its name and main version alone', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.6778.85 Safari/537.36'
  assert.equal(browserName(chrome), 'Chrome 131')
  assert.equal(browserName(`${chrome} Edg/131.0`), 'Edge 131')
  assert.equal(browserName('Mozilla/5.0 (Macintosh) Version/18.1 Safari/605.1'), 'Safari 18')
  assert.equal(browserName('Ada’s own'), null)
})

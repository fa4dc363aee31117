import assert from 'node:assert/strict'
import { access, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { parseRecord, type WorkRecord } from '@matinee/catalogue'
import { fileRow, type Route } from '../../test/harvest/archive-server.ts'
import { fakeBuild } from '../../test/harvest/fake-build.ts'
import { openHarvestStage, type HarvestStage } from '../../test/harvest/stage.ts'
import type { HarvestTools } from './harvest-tools.ts'
import { foundCandidate, parseCandidates, type Candidate } from './candidate.ts'
import { harvest, searchArchive, type HarvestSummary } from './harvest.ts'

const FILM = new Uint8Array(200_000).fill(5)
const WORDS = utf8Bytes('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n')
const HOSTILE = '</title><script>alert(1)</script>\u202Egnp" onload="x'

function toolsOf(stage: HarvestStage, more: Partial<HarvestTools> = {}): HarvestTools {
  return {
    web: stage.newWeb(),
    clock: stage.clock,
    archive: stage.server.url,
    build: fakeBuild,
    ffmpeg: null,
    trackers: [],
    webSeeds: [],
    maxFilmBytes: 1_000_000,
    onStep: () => {},
    ...more,
  }
}

/** An item as the archive serves it: metadata, page, film and subtitles. */
function serveItem(
  { server }: HarvestStage,
  identifier: string,
  metadata: Readonly<Record<string, unknown>> = {},
  film: Partial<Extract<Route, { kind: 'file' }>> & {
    row?: Readonly<Record<string, unknown>>
  } = {},
): void {
  const { row = {}, ...route } = film
  const said = {
    identifier,
    mediatype: 'movies',
    title: 'The Lamp',
    creator: 'A. Maker',
    date: '2011-04-02',
    language: 'eng',
    licenseurl: 'http://creativecommons.org/licenses/by/3.0/',
    rights: '<a href="http://creativecommons.org/licenses/by/3.0/">CC BY</a>',
    ...metadata,
  }
  const files = [fileRow('lamp.mp4', FILM, row), fileRow('lamp.fr.vtt', WORDS)]
  const text = JSON.stringify({ created: 1, metadata: said, files, is_collection: false })
  server.routes.set(`/metadata/${identifier}`, { kind: 'text', text, type: 'application/json' })
  server.routes.set(`/details/${identifier}`, { kind: 'text', text: `<title>${HOSTILE}</title>` })
  server.routes.set(`/download/${identifier}/lamp.mp4`, { kind: 'file', bytes: FILM, ...route })
  server.routes.set(`/download/${identifier}/lamp.fr.vtt`, { kind: 'file', bytes: WORDS })
}

async function run(
  stage: HarvestStage,
  candidates: readonly Candidate[],
  more: Partial<HarvestTools> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<HarvestSummary> {
  return await harvest(toolsOf(stage, more), stage.folder, candidates, signal)
}

async function reviewOf(stage: HarvestStage, key: string): Promise<Record<string, unknown>> {
  const text = await readFile(join(stage.folder, key, 'review.json'), 'utf8')
  return JSON.parse(text) as Record<string, unknown>
}

async function recordOf(stage: HarvestStage, key: string): Promise<WorkRecord> {
  const bytes = new Uint8Array(await readFile(join(stage.folder, key, 'record.json')))
  const parsed = parseRecord(bytes)
  return parsed.kind === 'record' ? parsed.record : assert.fail()
}

test('an item becomes a draft that nobody verified, with its evidence kept by hash', async (t) => {
  const stage = await openHarvestStage(t)
  serveItem(stage, 'TheLamp')
  const summary = await run(stage, [foundCandidate('TheLamp')])
  assert.deepEqual(summary, { ready: 1, refused: 0, failed: 0 })
  const record = await recordOf(stage, 'archive-TheLamp')
  assert.equal(record.id, 'the-lamp')
  assert.equal(record.year, 2011)
  assert.equal(record.ids?.internetArchive, 'TheLamp')
  assert.deepEqual(record.languages, ['en'])
  const [entry] = record.rights
  assert.deepEqual(entry?.basis, { kind: 'licence', licence: 'CC-BY-3.0' })
  assert.equal(entry?.verified, false)
  assert.deepEqual(entry?.checks, [])
  assert.ok((entry?.covers.length ?? 0) > 0, 'only these bytes are meant')
  for (const { sha256, speaker, url } of entry?.evidence ?? []) {
    assert.equal(speaker, 'third-party')
    assert.ok(url?.startsWith(stage.server.url))
    const names = await readdir(join(stage.folder, 'archive-TheLamp', 'evidence'))
    assert.ok(names.some((name) => name.startsWith(sha256 ?? '-')))
  }
  const review = await reviewOf(stage, 'archive-TheLamp')
  assert.deepEqual(review['places'], ['worldwide'])
  assert.match(String(review['doubts']), /typed by an uploader/u)
  // Called again it asks nobody anything.
  const asked = stage.server.asked.length
  await run(stage, [foundCandidate('TheLamp')])
  assert.equal(stage.server.asked.length, asked)
})

test('C16: what strangers wrote is text in a sheet, and the sheet loads nothing', async (t) => {
  const stage = await openHarvestStage(t)
  serveItem(stage, 'a-lamp', {
    title: HOSTILE,
    creator: [HOSTILE],
    rights: [HOSTILE, '<img src=x onerror=alert(1)> http://creativecommons.org/licenses/by/3.0/'],
    licenseurl: ['javascript:alert(1)', 'http://creativecommons.org/licenses/by/3.0/'],
  })
  await run(stage, [foundCandidate('a-lamp')])
  for (const path of ['review.html', 'archive-a-lamp/review.html']) {
    const page = await readFile(join(stage.folder, path), 'utf8')
    assert.match(page, /&lt;script&gt;alert\(1\)/u)
    assert.doesNotMatch(page, /<script|<img|onerror=alert|\u202E/u)
    assert.match(page, /default-src &#39;none&#39;/u)
    for (const [, href] of page.matchAll(/href="([^"]*)"/gu))
      assert.match(
        href ?? '',
        /^(?:http:\/\/127\.0\.0\.1:|https:\/\/creativecommons\.org\/|archive-a-lamp\/)/u,
      )
  }
})

test('what can’t become a work is refused by name before its film is fetched', async (t) => {
  const stage = await openHarvestStage(t)
  serveItem(stage, 'no-licence', { licenseurl: undefined, rights: 'Free!' })
  serveItem(stage, 'two-licences', { rights: 'http://creativecommons.org/licenses/by-nc/3.0/' })
  serveItem(stage, 'dark', {})
  stage.server.routes.set('/metadata/empty', { kind: 'text', text: '{}' })
  const names = ['no-licence', 'two-licences', 'empty']
  const summary = await run(stage, names.map(foundCandidate))
  assert.deepEqual(summary, { ready: 0, refused: 3, failed: 0 })
  assert.equal(
    stage.server.asked.some(({ path }) => path.startsWith('/download')),
    false,
  )
  const review = await reviewOf(stage, 'archive-two-licences')
  assert.match(String(review['doubts']), /several licences/u)
  assert.equal(
    (await readdir(join(stage.folder, 'archive-two-licences'))).includes('record.json'),
    false,
  )
})

test('C11: a film with another hash than the item names fails, and is fetched anew with the item', async (t) => {
  const stage = await openHarvestStage(t)
  serveItem(stage, 'stale', {}, { row: { sha1: 'a'.repeat(40) } })
  assert.deepEqual(await run(stage, [foundCandidate('stale')]), { ready: 0, refused: 0, failed: 1 })
  const review = await reviewOf(stage, 'archive-stale')
  assert.match(JSON.stringify(review['state']), /wrong-hash/u)
  await assert.rejects(access(join(stage.folder, 'archive-stale', 'record.json')))
  // The item was mended meanwhile.
  serveItem(stage, 'stale')
  assert.deepEqual(await run(stage, []), { ready: 1, refused: 0, failed: 0 })
})

test('a harvest that was stopped while a film came goes on with that film', async (t) => {
  const stage = await openHarvestStage(t)
  serveItem(stage, 'one')
  serveItem(stage, 'two', {}, { breaks: { afterBytes: 70_000, times: 1 } })
  const stop = new AbortController()
  const onStep: HarvestTools['onStep'] = (key, step) => {
    if (key === 'archive-two' && step.kind === 'fetching') stop.abort(new Error('stopped'))
  }
  const candidates = ['one', 'two'].map(foundCandidate)
  await assert.rejects(run(stage, candidates, { onStep }, stop.signal), /stopped/u)
  const before = stage.server.asked.length
  assert.deepEqual(await run(stage, candidates), { ready: 2, refused: 0, failed: 0 })
  const asked = stage.server.asked.slice(before)
  assert.deepEqual(
    asked.map(({ path }) => path),
    ['/download/two/lamp.mp4', '/download/two/lamp.fr.vtt'],
  )
  assert.match(asked[0]?.range ?? '', /^bytes=[1-9]\d*-$/u)
})

test('a film that a person named: its licence page has to be there', async (t) => {
  const stage = await openHarvestStage(t)
  const { url } = stage.server
  const list = {
    type: 'matinee-candidates',
    version: 1,
    candidates: [
      {
        kind: 'web',
        id: 'the-lamp',
        title: 'La Lampe',
        titleLanguage: 'fr',
        creators: ['A. Maker'],
        licence: 'CC-BY-SA-4.0',
        licencePage: { url: `${url}/about`, speaker: 'rightholder' },
        film: { url: `${url}/films/lamp.mp4`, lengthBytes: FILM.length },
        subtitles: [{ url: `${url}/films/lamp.vtt`, language: 'fr' }],
      },
    ],
  }
  const parsed = parseCandidates(utf8Bytes(JSON.stringify(list)))
  const candidates = parsed.kind === 'candidates' ? parsed.candidates : assert.fail()
  stage.server.routes.set('/films/lamp.mp4', { kind: 'file', bytes: FILM })
  stage.server.routes.set('/films/lamp.vtt', { kind: 'file', bytes: WORDS })
  assert.equal((await run(stage, candidates)).failed, 1)
  const by = 'https://creativecommons.org/licenses/by-sa/4.0/'
  stage.server.routes.set('/about', {
    kind: 'text',
    text: `<a rel="license" href="${by}">free</a>`,
  })
  assert.equal((await run(stage, candidates)).ready, 1)
  const review = await reviewOf(stage, 'web-the-lamp')
  assert.deepEqual(review['doubts'], [
    'nobody named a hash for film.mp4',
    'nobody named a hash for subtitles-0.vtt',
  ])
  const record = await recordOf(stage, 'web-the-lamp')
  assert.equal(record.rights[0]?.evidence[0]?.speaker, 'rightholder')
})

test('a search goes page by page and ends, also when its pages lead in a circle', async (t) => {
  const stage = await openHarvestStage(t)
  const items = (name: string): object[] =>
    Array.from({ length: 100 }, (_, at) => ({ identifier: `${name}-${at}` }))
  stage.server.routes.set('/services/search/v1/scrape', {
    kind: 'answer',
    run: (request, response) => {
      const cursor = new URL(request.url ?? '', 'http://x').searchParams.get('cursor')
      const page = cursor === null ? 'a' : 'b'
      response.end(JSON.stringify({ items: items(page), cursor: 'again', total: 200 }))
    },
  })
  const { signal } = new AbortController()
  const found = await searchArchive(toolsOf(stage), 'collection:lamps', 150, signal)
  assert.equal(found.length, 150)
  assert.equal(stage.server.asked.length, 2)
  assert.match(
    stage.server.asked[0]?.path ?? '',
    /q=mediatype%3Amovies\+AND\+%28collection%3Alamps%29/u,
  )
})

test('A21: a damaged state is named, not overwritten', async (t) => {
  const stage = await openHarvestStage(t)
  const path = join(stage.folder, 'harvest.json')
  for (const text of [
    '',
    '{',
    '{"type":"matinee-harvest","version":1,"entries":[{"candidate":{}}]}',
  ]) {
    await writeFile(path, text)
    await assert.rejects(run(stage, []), /is damaged/u)
    assert.equal(await readFile(path, 'utf8'), text)
  }
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openHarvestStage, type HarvestStage } from '../../../test/harvest/stage.ts'
import { HarvestError } from '../harvest-error.ts'
import { download, type DownloadOrder } from './download.ts'

const FILM = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 31 + (at >> 8)) & 0xff)
const SHA1 = createHash('sha1').update(FILM).digest('hex')
const MD5 = createHash('md5').update(FILM).digest('hex')

function orderOf(stage: HarvestStage, more: Partial<DownloadOrder> = {}): DownloadOrder {
  return {
    url: `${stage.server.url}/film`,
    learnedFrom: 'user',
    path: join(stage.folder, 'film.mp4'),
    lengthBytes: FILM.length,
    sha1: SHA1,
    md5: MD5,
    sha256: null,
    maxBytes: 1_000_000,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  }
}

async function codeOf(fetched: Promise<unknown>): Promise<string> {
  return await fetched.then(
    () => 'fetched',
    (error: unknown) => (error instanceof HarvestError ? error.code : String(error)),
  )
}

test('a file whose line breaks is fetched on from there, and is whole', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', {
    kind: 'file',
    bytes: FILM,
    breaks: { afterBytes: 100_000, times: 2 },
  })
  const fetched = await download(stage.web, stage.clock, orderOf(stage))
  assert.equal(fetched.sha1, SHA1)
  assert.equal(fetched.wasNamed, true)
  assert.deepEqual(new Uint8Array(await readFile(join(stage.folder, 'film.mp4'))), FILM)
  assert.deepEqual(await readdir(stage.folder), ['film.mp4'])
  const ranges = stage.server.asked.map(({ range }) => range)
  assert.equal(ranges.length, 3)
  assert.equal(ranges[0], null)
  for (const range of ranges.slice(1)) assert.match(range ?? '', /^bytes=[1-9]\d*-$/u)
  assert.ok(stage.server.asked.every(({ agent }) => agent.startsWith('Matinee/')))
})

test('a run that was stopped in the middle leaves what came, and the next one goes on', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', {
    kind: 'file',
    bytes: FILM,
    breaks: { afterBytes: 120_000, times: 1 },
  })
  const stop = new AbortController()
  const onProgress = (): void => stop.abort(new Error('stopped'))
  const stopped = download(
    stage.web,
    stage.clock,
    orderOf(stage, { onProgress, signal: stop.signal }),
  )
  await assert.rejects(stopped, /stopped/u)
  await download(stage.newWeb(), stage.clock, orderOf(stage))
  assert.match(stage.server.asked.at(-1)?.range ?? '', /^bytes=[1-9]\d*-$/u)
  assert.deepEqual(new Uint8Array(await readFile(join(stage.folder, 'film.mp4'))), FILM)
})

test('a file that changed meanwhile is fetched anew, and so is one whose server knows no parts', async (t) => {
  const stage = await openHarvestStage(t)
  for (const ignoresRange of [false, true]) {
    const path = join(stage.folder, `film-${ignoresRange}.mp4`)
    await writeFile(`${path}.part`, new Uint8Array(50_000).fill(7))
    const note = { url: `${stage.server.url}/film`, validator: '"an-older-one"' }
    await writeFile(`${path}.part.json`, JSON.stringify(note))
    stage.server.routes.set('/film', { kind: 'file', bytes: FILM, ignoresRange })
    await download(stage.newWeb(), stage.clock, orderOf(stage, { path }))
    assert.deepEqual(new Uint8Array(await readFile(path)), FILM)
  }
})

test('a part without a note of its source is never gone on with', async (t) => {
  const stage = await openHarvestStage(t)
  await writeFile(join(stage.folder, 'film.mp4.part'), new Uint8Array(50_000).fill(7))
  stage.server.routes.set('/film', { kind: 'file', bytes: FILM, etag: '' })
  await download(stage.web, stage.clock, orderOf(stage))
  assert.deepEqual(
    stage.server.asked.map(({ range }) => range),
    [null],
  )
})

test('C11: a file with a wrong hash or length is thrown away', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', { kind: 'file', bytes: FILM })
  const wrong: Partial<DownloadOrder>[] = [
    { sha1: 'a'.repeat(40) },
    { md5: 'b'.repeat(32) },
    { sha256: 'c'.repeat(64), sha1: null, md5: null },
    { lengthBytes: FILM.length - 1 },
    { lengthBytes: FILM.length + 1 },
  ]
  for (const each of wrong) {
    const code = await codeOf(download(stage.newWeb(), stage.clock, orderOf(stage, each)))
    assert.equal(code, 'wrong-hash', JSON.stringify(each))
    assert.equal((await readdir(stage.folder)).includes('film.mp4'), false)
  }
  // What lies there already is read, not believed.
  await writeFile(join(stage.folder, 'film.mp4'), FILM.subarray(1))
  assert.equal(await codeOf(download(stage.newWeb(), stage.clock, orderOf(stage))), 'wrong-hash')
  assert.equal(await codeOf(download(stage.newWeb(), stage.clock, orderOf(stage))), 'fetched')
})

test('C11: a file without a hash has the length that was named, announced or not', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', {
    kind: 'answer',
    run: (_, response) => {
      // In two parts its length isn't announced.
      response.write(FILM.subarray(0, 1000))
      response.end(FILM.subarray(1000))
    },
  })
  const nameless = { sha1: null, md5: null }
  const longer = orderOf(stage, { ...nameless, lengthBytes: FILM.length + 1 })
  assert.equal(await codeOf(download(stage.newWeb(), stage.clock, longer)), 'wrong-hash')
  const right = orderOf(stage, { ...nameless, lengthBytes: FILM.length })
  assert.equal(await codeOf(download(stage.newWeb(), stage.clock, right)), 'fetched')
})

test('C5: of a file that is longer than was named nothing is kept behind its end', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', {
    kind: 'answer',
    run: (_, response) => {
      response.write(FILM)
      response.end(FILM)
    },
  })
  assert.equal(await codeOf(download(stage.web, stage.clock, orderOf(stage))), 'too-large')
})

test('T2: a redirect into somebody’s own network is not followed, nor one in a circle', async (t) => {
  const stage = await openHarvestStage(t)
  for (const location of [
    'http://192.168.0.1/film',
    'http://[::1]:1/',
    'file:///etc/passwd',
    '/film',
  ]) {
    stage.server.routes.set('/film', {
      kind: 'answer',
      run: (_, response) => response.writeHead(302, { location }).end(),
    })
    const code = await codeOf(download(stage.newWeb(), stage.clock, orderOf(stage)))
    assert.equal(code, 'answer', location)
  }
  assert.deepEqual(await readdir(stage.folder), [])
})

test('C5: more than may come is refused, announced or not', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', { kind: 'file', bytes: FILM })
  const small = orderOf(stage, { maxBytes: 1000, lengthBytes: null })
  assert.equal(await codeOf(download(stage.web, stage.clock, small)), 'too-large')
  stage.server.routes.set('/film', {
    kind: 'answer',
    run: (_, response) => {
      const pour = (): void => {
        while (response.write(FILM));
        response.once('drain', pour)
      }
      pour()
    },
  })
  const endless = orderOf(stage, { lengthBytes: null, sha1: null, md5: null })
  assert.equal(await codeOf(download(stage.newWeb(), stage.clock, endless)), 'too-large')
})

test('C5: a source that only trickles is left', async (t) => {
  const stage = await openHarvestStage(t)
  stage.server.routes.set('/film', {
    kind: 'answer',
    run: (_, response) => {
      const drip = setInterval(() => response.write('x'), 100)
      response.once('close', () => clearInterval(drip))
    },
  })
  assert.equal(await codeOf(download(stage.web, stage.clock, orderOf(stage))), 'network')
})

test('one question at a time, hosts left in peace, and refusals obeyed', async (t) => {
  const stage = await openHarvestStage(t)
  const page = { kind: 'text', text: 'hello' } as const
  const refusal = {
    kind: 'refusal',
    status: 429,
    retryAfter: '20',
    times: 1,
    afterwards: page,
  } as const
  stage.server.routes.set('/a', { ...refusal })
  stage.server.routes.set('/b', page)
  const signal = new AbortController().signal
  const ask = (path: string): Promise<{ readonly bytes: Uint8Array }> =>
    stage.web.page({ url: stage.server.url + path, learnedFrom: 'user', maxBytes: 100, signal })
  await Promise.all([ask('/a'), ask('/b'), ask('/b')])
  assert.equal(stage.server.mostAtOnce(), 1)
  const [first, second, third] = stage.server.asked.map(({ atMs }) => atMs)
  // 20 s and 1.5 s of a clock that runs fifty times as fast.
  assert.ok((second ?? 0) - (first ?? 0) >= 390, 'as long as the host asked for')
  assert.ok((third ?? 0) - (second ?? 0) >= 25, 'the usual pause')

  stage.server.routes.set('/c', {
    kind: 'refusal',
    status: 503,
    retryAfter: '86400',
    times: 9,
    afterwards: page,
  })
  assert.equal(await codeOf(ask('/c')), 'busy')
  const asked = stage.server.asked.length
  assert.equal(await codeOf(ask('/b')), 'busy')
  assert.equal(stage.server.asked.length, asked, 'a host that is to be left is not asked at all')
})

import assert from 'node:assert/strict'
import { request, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import type { CastRequest, CastStatus } from '#api'
import { SILENT_LOG, type Clock, type Timer } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import type { DiscoveryPlaces } from '@matinee/cast'
import { createNetwork } from '@matinee/net'
import { openFakeChromecast, openFakeRenderer } from '@matinee/testkit/devices'
import { CastDesk } from '../src/casting/cast-desk.ts'
import { openScreenListener } from '../src/casting/screen-listener.ts'
import type { OpenedFilm } from '../src/library/streams/open-streams.ts'
import { FilmProbe } from '../src/library/streams/film-way.ts'
import { MemoryFile, mp4Bytes } from './made-files.ts'

const NOWHERE = { host: '127.0.0.1', port: 9 }
const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGood <i>evening</i>.\n'
const FILM = mp4Bytes(200_000)

const REQUEST: Omit<CastRequest, 'screenId'> = {
  title: 'The Paper Lighthouse',
  subtitle: '',
  durationSeconds: 90,
  startSeconds: 12,
  captions: {
    vtt: VTT,
    label: 'English',
    language: 'en',
    style: { scale: 1.4, colour: '#fff2c4', background: 'box' },
  },
}

interface Evening extends AsyncDisposable {
  readonly desk: CastDesk
  readonly film: OpenedFilm
  /** What casting waits for. */
  readonly timers: ReadonlySet<Timer>
  /** Ends the stream. */
  end(): void
  found(): Promise<string>
  until(isSo: (status: CastStatus) => boolean): Promise<CastStatus>
}

/** A film that is open as `stream`, and a desk that looks for screens on loopback. */
function openEvening(places: Partial<DiscoveryPlaces>): Evening {
  const clock = systemClock()
  const timers = new Set<Timer>()
  const counted: Clock = {
    nowMs: () => clock.nowMs(),
    wallMs: () => clock.wallMs(),
    setTimer: (delayMs, run) => {
      const timer = clock.setTimer(delayMs, () => {
        timers.delete(timer)
        run()
      })
      timers.add(timer)
      return {
        cancel: () => {
          timers.delete(timer)
          timer.cancel()
        },
      }
    },
  }
  const network = createNetwork({ clock, allowLocal: true })
  const discovery = { mdns: NOWHERE, ssdp: NOWHERE, ...places }
  const desk = new CastDesk({
    network: async () => network,
    clock: counted,
    log: SILENT_LOG,
    discovery,
  })
  const file = new MemoryFile('film.mp4', FILM)
  const ending = new AbortController()
  const film: OpenedFilm = {
    probe: new FilmProbe(file, false),
    film: file,
    mediaUrl: '/media/x/0',
    name: file.name,
    signal: ending.signal,
  }
  return {
    desk,
    film,
    timers,
    end: () => ending.abort(),
    async found() {
      for (let tries = 0; tries < 300; tries++) {
        const [screen] = (await desk.screens()).screens
        if (screen !== undefined) return screen.id
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error('no screen was found')
    },
    async until(isSo) {
      for (let tries = 0; tries < 800; tries++) {
        const status = desk.status('stream')
        if (status !== null && isSo(status)) return status
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`waited in vain at ${JSON.stringify(desk.status('stream'))}`)
    },
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]()
      await network[Symbol.asyncDispose]()
    },
  }
}

test('L2: when casting ends nothing of it waits any more', async () => {
  await using tv = await openFakeRenderer({ name: 'Living room' })
  const evening = openEvening({ ssdp: tv.ssdp })
  const screenId = await evening.found()
  assert.ok(await evening.desk.begin('stream', evening.film, { ...REQUEST, screenId }))
  await evening.until(({ phase }) => phase === 'playing')
  assert.ok(evening.timers.size > 0)
  await evening[Symbol.asyncDispose]()
  assert.equal(evening.timers.size, 0)
})

test('a film goes to a Chromecast with its subtitles, keeps its place with others, and ends with its stream', async () => {
  await using tv = await openFakeChromecast({ name: 'Living room' })
  await using evening = openEvening({ mdns: tv.mdns })
  const { desk } = evening
  const screenId = await evening.found()
  const begun = await desk.begin('stream', evening.film, { ...REQUEST, screenId })
  assert.deepEqual(begun?.screen, { name: 'Living room', address: '127.0.0.1' })
  assert.equal(begun?.phase, 'connecting')
  const playing = await evening.until(({ phase }) => phase === 'playing')
  assert.ok(playing.positionSeconds >= 12 && playing.positionSeconds < 20)
  assert.equal(playing.durationSeconds, 90)
  const [played] = tv.played
  assert.equal(played?.type, 'video/mp4')
  assert.deepEqual(played?.bytes, FILM.subarray(0, 65_536))
  assert.equal(played?.contentRange, `bytes 0-65535/${FILM.length}`)
  assert.equal(played?.allowsOrigin, '*')
  assert.equal(played?.captions?.allowsOrigin, '*')
  assert.match(
    played?.captions?.text ?? '',
    /^WEBVTT\n\n00:00:01\.000 --> 00:00:02\.000[^\n]*\nGood <i>evening<\/i>\./u,
  )
  assert.equal(played?.style['fontScale'], 1.4)

  await desk.act('stream', { kind: 'pause' })
  assert.equal(desk.status('stream')?.phase, 'paused')
  await desk.act('stream', { kind: 'seek', seconds: 61 })
  await desk.act('stream', { kind: 'volume', volume: 0.2, isMuted: true })
  assert.deepEqual(tv.volume, { level: 0.2, muted: true })
  await desk.showCaptions('stream', null)
  assert.equal(tv.played[1]?.captions, null)
  assert.equal(tv.played[1]?.startSeconds, 61)
  assert.equal(desk.status('stream')?.phase, 'paused', 'as it was')
  evening.end()
  for (let tries = 0; tries < 300 && tv.told.at(-1) !== 'STOP'; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.equal(tv.told.at(-1), 'STOP')
  assert.equal(desk.status('stream'), null)
  await assert.rejects(fetch(played?.url ?? ''), 'nothing listens any more')
})

test('L2: a film that ended while its casting began is shown nowhere', async () => {
  await using tv = await openFakeChromecast({ name: 'Living room' })
  await using evening = openEvening({ mdns: tv.mdns })
  const screenId = await evening.found()
  const beginning = evening.desk.begin('stream', evening.film, { ...REQUEST, screenId })
  evening.end()
  assert.equal(await beginning, null)
  assert.equal(evening.desk.status('stream'), null)
})

test('L2: of two castings that begin at once the first one ends', async () => {
  await using tv = await openFakeChromecast({ name: 'Living room' })
  await using evening = openEvening({ mdns: tv.mdns })
  const { desk, film } = evening
  const screenId = await evening.found()
  const signals: AbortSignal[] = []
  const watched = (): OpenedFilm => ({
    ...film,
    film: {
      name: 'film.mp4',
      lengthBytes: FILM.length,
      identity: 'film',
      read(span, signal) {
        signals.push(signal)
        return film.film.read(span, signal)
      },
    },
  })
  const request = { ...REQUEST, screenId }
  await Promise.all([
    desk.begin('one', watched(), request),
    desk.begin('stream', watched(), request),
  ])
  await evening.until(({ phase }) => phase === 'playing')
  assert.equal(desk.status('one'), null)
  assert.equal(signals[0]?.aborted, true)
})

test('a film goes to a renderer with SubRip subtitles, and back at the same place', async () => {
  await using tv = await openFakeRenderer({ name: 'Kitchen' })
  await using evening = openEvening({ ssdp: tv.ssdp })
  const { desk } = evening
  await desk.begin('stream', evening.film, { ...REQUEST, screenId: await evening.found() })
  await evening.until(({ phase, positionSeconds }) => phase === 'playing' && positionSeconds >= 12)
  const [played] = tv.played
  assert.deepEqual(played?.head, { status: 200, type: 'video/mp4', length: String(FILM.length) })
  assert.deepEqual(played?.tail, { status: 206, bytes: FILM.subarray(-100) })
  assert.equal(played?.captions, '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n')
  await desk.act('stream', { kind: 'seek', seconds: 40 })
  const ended = await desk.end('stream')
  assert.ok(ended !== null && ended.positionSeconds >= 40 && ended.positionSeconds < 45)
  assert.equal(tv.told.at(-1), 'Stop')
  await assert.rejects(fetch(played?.url ?? ''), 'nothing listens any more')
})

test('a screen that vanishes is said to be away, with the place where the film was', async () => {
  await using tv = await openFakeChromecast({ name: 'Living room' })
  await using evening = openEvening({ mdns: tv.mdns })
  await evening.desk.begin('stream', evening.film, {
    ...REQUEST,
    screenId: await evening.found(),
  })
  await evening.until(({ phase }) => phase === 'playing')
  tv.vanish()
  const over = await evening.until(({ phase }) => phase === 'over')
  assert.equal(over.fault, 'away')
  assert.ok(over.positionSeconds >= 12 && over.positionSeconds < 20)
  await assert.rejects(fetch(tv.played[0]?.url ?? ''), 'nothing listens any more')
})

test('a film that the screen can not play is said to be the reason', async () => {
  await using tv = await openFakeChromecast({ name: 'Living room', refusesFilms: true })
  await using evening = openEvening({ mdns: tv.mdns })
  await evening.desk.begin('stream', evening.film, {
    ...REQUEST,
    screenId: await evening.found(),
  })
  const over = await evening.until(({ phase }) => phase === 'over')
  assert.equal(over.fault, 'film')
})

/** One request to the listener from an address of this computer; null = closed without an answer. */
function ask(
  url: string,
  how: { readonly from?: string; readonly method?: string; readonly range?: string } = {},
): Promise<{ readonly answer: IncomingMessage; readonly body: Buffer } | null> {
  const { from = '127.0.0.1', method = 'GET', range } = how
  return new Promise((resolve) => {
    const asking = request(
      url,
      { localAddress: from, method, headers: range === undefined ? {} : { range } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve({ answer, body: Buffer.concat(chunks) }))
      },
    )
    asking.on('error', () => resolve(null))
    asking.end()
  })
}

const FILES = { film: new MemoryFile('film.mp4', FILM), filmType: 'video/mp4' }
const LISTENING = {
  host: '127.0.0.1',
  screenHost: '127.0.0.1',
  isInBrowser: true,
  files: FILES,
  log: SILENT_LOG,
}

test('L2: only the chosen screen is answered; whoever else connects is closed unheard', async () => {
  await using listener = await openScreenListener(LISTENING)
  const own = await ask(listener.filmUrl)
  assert.equal(own?.answer.statusCode, 200)
  const other = await ask(listener.filmUrl, { from: '127.0.0.2' })
  assert.equal(other?.answer.statusCode, undefined)
})

test('L2: under any other path there is nothing: no page, no API, no other file', async () => {
  await using listener = await openScreenListener(LISTENING)
  const { origin, pathname } = new URL(listener.filmUrl)
  assert.match(pathname, /^\/[\w-]{22}\/film\.mp4$/u)
  const token = pathname.split('/')[1] ?? ''
  const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const path of [
    '/',
    '/api/health',
    '/api/settings',
    '/api/session',
    '/media/x/0',
    '/index.html',
    `/${token}`,
    `/${token}/`,
    `/${token}/film`,
    `/${token}/film.mp4/`,
    `/${token}/subtitles-1.vtt`,
    `/${wrong}/film.mp4`,
    `/${token.toLowerCase()}/film.mp4/x`,
    `//${token}/film.mp4`,
  ]) {
    const found = await ask(origin + path)
    assert.ok([400, 404].includes(found?.answer.statusCode ?? 0), path)
    assert.equal(found?.body.length, 0, path)
  }
})

test('L2: the film is read, in ranges that are right, and nothing is done', async () => {
  await using listener = await openScreenListener(LISTENING)
  const { filmUrl } = listener
  const part = await ask(filmUrl, { range: 'bytes=1000-1999' })
  assert.equal(part?.answer.statusCode, 206)
  assert.equal(part?.answer.headers['content-range'], `bytes 1000-1999/${FILM.length}`)
  assert.deepEqual(new Uint8Array(part?.body ?? []), FILM.subarray(1000, 2000))
  const none = await ask(filmUrl, { range: `bytes=${FILM.length}-` })
  assert.equal(none?.answer.statusCode, 416)
  const head = await ask(filmUrl, { method: 'HEAD' })
  assert.equal(head?.answer.headers['content-length'], String(FILM.length))
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.equal((await ask(filmUrl, { method }))?.answer.statusCode, 405, method)
})

test('L2: subtitles that were replaced are gone, and other origins read only what a Chromecast must', async () => {
  await using listener = await openScreenListener({ ...LISTENING, isInBrowser: false })
  const first = listener.offer({ vtt: 'WEBVTT\n', srt: '' })
  const second = listener.offer({ vtt: 'WEBVTT\n\n', srt: '1\n' })
  assert.equal((await ask(first.vttUrl))?.answer.statusCode, 404)
  const shown = await ask(second.srtUrl)
  assert.equal(String(shown?.body), '1\n')
  assert.equal(shown?.answer.headers['access-control-allow-origin'], undefined)
})

test('L2: when it is closed nothing listens', async () => {
  const listener = await openScreenListener(LISTENING)
  assert.equal((await ask(listener.filmUrl))?.answer.statusCode, 200)
  await listener[Symbol.asyncDispose]()
  assert.equal(await ask(listener.filmUrl), null)
})

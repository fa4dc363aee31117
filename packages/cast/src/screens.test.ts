import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFakeChromecast, openFakeRenderer } from '@matinee/testkit/devices'
import { FILM_BYTES, openFilmServer, SRT, VTT } from '../test/film-server.ts'
import { firstFound, openLocalNetwork, REAL_CLOCK as clock, until } from '../test/stage.ts'
import { openScreen } from './open-screen.ts'

const signal = AbortSignal.timeout(30_000)

test('a Chromecast is found by mDNS, shows a film with its subtitles, and does as it is told', async () => {
  await using network = openLocalNetwork()
  await using server = await openFilmServer()
  await using tv = await openFakeChromecast({ name: 'Living room' })
  const found = await firstFound(network, { mdns: tv.mdns })
  assert.equal(found.name, 'Living room')
  assert.equal(found.model, 'Fake Chromecast')
  assert.deepEqual(found.address, tv.address)
  await using screen = await openScreen(found, { network, clock }, signal)
  await screen.load(server.film, 12)
  const [played] = tv.played
  assert.ok(played)
  assert.equal(played.status, 206)
  assert.deepEqual(played.bytes, FILM_BYTES)
  assert.equal(played.captions?.text, VTT)
  assert.equal(played.title, 'Paper & <Lighthouse>')
  assert.equal(played.startSeconds, 12)
  assert.equal(played.style['fontScale'], 1.25)
  assert.equal(played.style['foregroundColor'], '#FFEE88FF')
  assert.equal(played.style['edgeType'], 'OUTLINE')
  const status = await screen.status()
  assert.equal(status.phase, 'playing')
  assert.equal(status.durationSeconds, 90)
  assert.ok(status.positionSeconds >= 12 && status.positionSeconds < 20)
  await screen.pause()
  assert.equal((await screen.status()).phase, 'paused')
  await screen.seek(40)
  await screen.setVolume(0.25, true)
  assert.deepEqual(tv.volume, { level: 0.25, muted: true })
  await screen.play()
  assert.ok((await screen.status()).positionSeconds >= 40)
  await screen.load({ ...server.film, captions: null }, 50)
  assert.equal(tv.played[1]?.captions, null)
  tv.film.seek(90)
  assert.equal((await screen.status()).phase, 'ended')
  await screen.stop()
  assert.deepEqual(tv.told.slice(0, 4), ['LAUNCH', 'LOAD', 'PAUSE', 'SEEK'])
  assert.equal(tv.told.at(-1), 'STOP')
})

test('a renderer is found by SSDP, shows a film with SubRip subtitles, and does as it is told', async () => {
  await using network = openLocalNetwork()
  await using server = await openFilmServer()
  await using tv = await openFakeRenderer({ name: 'Küche <TV>' })
  const found = await firstFound(network, { ssdp: tv.ssdp })
  assert.equal(found.name, 'Küche <TV>')
  assert.equal(found.model, 'Nobody Fake TV')
  await using screen = await openScreen(found, { network, clock }, signal)
  await screen.load(server.film, 30)
  const [played] = tv.played
  assert.ok(played)
  assert.equal(played.head.type, 'video/mp4')
  assert.equal(played.tail.status, 206)
  assert.deepEqual(played.tail.bytes, FILM_BYTES.subarray(-100))
  assert.equal(played.captions, SRT)
  assert.equal(played.captionUrls.length, 4)
  assert.equal(new Set(played.captionUrls).size, 1)
  assert.equal(played.title, 'Paper & <Lighthouse>')
  const status = await screen.status()
  assert.equal(status.phase, 'playing')
  assert.ok(status.positionSeconds >= 30)
  assert.equal(status.volume, 0.3)
  await screen.pause()
  assert.equal((await screen.status()).phase, 'paused')
  await screen.seek(61.8)
  await screen.setVolume(0.8, false)
  assert.deepEqual(tv.volume, { level: 80, muted: false })
  await screen.play()
  assert.ok((await screen.status()).positionSeconds >= 61)
  tv.film.seek(89)
  assert.equal((await screen.status()).phase, 'playing')
  tv.film.seek(90)
  assert.equal((await screen.status()).phase, 'ended')
  await screen.stop().catch(() => undefined)
  assert.deepEqual(tv.told.slice(0, 4), ['Stop', 'SetAVTransportURI', 'Play', 'Seek'])
})

test('a Chromecast that vanishes, or that somebody else takes, is noticed', async () => {
  await using network = openLocalNetwork()
  await using server = await openFilmServer()
  await using tv = await openFakeChromecast({ name: 'Living room' })
  const found = await firstFound(network, { mdns: tv.mdns })
  await using screen = await openScreen(found, { network, clock }, signal)
  await screen.load(server.film, 0)
  tv.take()
  await until(() => tv.played.length === 1, 'it played')
  const taken = await screen.status()
  assert.equal(taken.phase, 'stopped')
  await assert.rejects(screen.pause(), { name: 'CastError', code: 'taken' })
  tv.vanish()
  await assert.rejects(
    async () => {
      for (;;) await screen.setVolume(Math.random(), false)
    },
    { name: 'CastError', code: 'away' },
  )
})

test('a film that a screen can not play is refused by name', async () => {
  await using network = openLocalNetwork()
  await using server = await openFilmServer()
  await using tv = await openFakeChromecast({ name: 'Living room', refusesFilms: true })
  const found = await firstFound(network, { mdns: tv.mdns })
  await using screen = await openScreen(found, { network, clock }, signal)
  await assert.rejects(screen.load(server.film, 0), { name: 'CastError', code: 'film' })
})

test('a screen that is not there is away', async () => {
  await using network = openLocalNetwork()
  await using tv = await openFakeChromecast({ name: 'Living room' })
  const found = await firstFound(network, { mdns: tv.mdns })
  tv.vanish()
  await assert.rejects(openScreen(found, { network, clock }, signal), {
    name: 'CastError',
    code: 'away',
  })
})

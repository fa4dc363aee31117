/**
 * From a file to somebody else's evening, by commands: each is a process of its own, and whoever watches comes to the
 * publisher through a line of 1.6 Mbit/s that is 80 ms long.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { filmToAdd } from '@matinee/testkit'
import { openChromium } from './chromium.ts'
import { command, startSeed } from './command-processes.ts'
import { Installation, sha256Of } from './installation.ts'
import { openShapedRelay } from './interop/shaped-relay.ts'
import { enter, openContext, play, plays } from './player-stage.ts'

const SHAPE = { bytesPerSecond: 200_000, rttMs: 80 }
const PUBLISHER = '127.0.9.20'
const FILM = { durationSeconds: 24, videoBitsPerSecond: 1.5e6 }

test('a film goes by init, add, sign, publish and seed to somebody far away, who finds it misspelt and sees it long before all of it could have come', async () => {
  const root = await mkdtemp(join(tmpdir(), 'matinee-path-'))
  await using ending = new AsyncDisposableStack()
  ending.defer(() => rm(root, { recursive: true, force: true }))
  const lines = []
  for (const _ of ['BitTorrent', 'HTTP', 'tracker'])
    lines.push(ending.use(await openShapedRelay(PUBLISHER, null, SHAPE)))
  const [peer, web, tracker] = lines.map(({ port }) => String(port))
  assert.ok(peer !== undefined && web !== undefined && tracker !== undefined)

  const publisher = join(root, 'publisher')
  const name = ['--name', 'Night Reels', '--operator', 'The Gasworks Cinema']
  const { fingerprint } = await command(['feed', 'init', publisher, ...name], {
    needsPassphrase: true,
  })
  const film = await filmToAdd('The Ferry at Dusk', { folder: root, name: 'ferry.mp4', ...FILM })
  const announce = ['--tracker', `http://${PUBLISHER}:${tracker}/announce`]
  await command(['feed', 'add', ...film.args, '--feed', publisher, ...announce])
  await command(['feed', 'sign', publisher], { needsPassphrase: true })
  await command(['feed', 'publish', publisher])
  const ports = ['--port', peer, '--http-port', web, '--tracker-port', tracker]
  const where = ['--host', '127.0.0.1', '--public', PUBLISHER, '--allow-local']
  const seed = ending.use(await startSeed([publisher, ...where, ...ports]))

  const home = ending.use(await Installation.start(join(root, 'home'), []))
  await home.follow(`${seed.mirror}/`, String(fingerprint))
  await home.feedWhen(String(fingerprint), ({ works }) => works === 1)
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, home.viewer, '/search')
  await page.getByRole('main').getByRole('searchbox').fill('the fery at dusc')
  await page.getByRole('link', { name: /^The Ferry at Dusk/u }).click()
  await play(page)
  const { size } = await stat(film.path)
  const [line] = lines
  assert.ok(line !== undefined && line.broughtBytes > 0, 'it came over the line')
  assert.ok(
    line.broughtBytes < size / 2,
    `it played when ${line.broughtBytes} of ${size} were here`,
  )
  await plays(page, 3)

  assert.equal(await home.play(await home.found('ferry dusk')), await sha256Of(film.path))
  assert.ok(line.broughtBytes >= size, 'nothing came around the line')
})

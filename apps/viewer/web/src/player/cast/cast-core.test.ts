import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CastAct, CastStatus } from '#api'
import type { MediaEvent } from '../player-state.ts'
import { CastCore } from './cast-core.ts'
import type { CastServer } from './cast-server.ts'

const STATUS: CastStatus = {
  screen: { name: 'Den', address: '192.168.1.20' },
  phase: 'playing',
  fault: null,
  positionSeconds: 20,
  durationSeconds: 90,
  volume: 0.4,
  isMuted: false,
}

const FILM = { streamId: 'stream', title: 'The Salt Clock', subtitle: null, durationSeconds: 90 }

/** A page with a player and a server, both of which write down what happens. */
function openPage(last: Partial<CastServer> = {}) {
  const happened: string[] = []
  const told: MediaEvent[] = []
  const timers: (() => void)[] = []
  let isElsewhere = false
  const say = (what: string): void => void happened.push(what)
  const server: CastServer = {
    screens: async () => ({ screens: [], hasNetwork: true }),
    begin: async (_streamId, { startSeconds }) => {
      say(`begin at ${startSeconds}`)
      return STATUS
    },
    status: async () => STATUS,
    act: async (_streamId, act: CastAct) => {
      say(`screen: ${JSON.stringify(act)}`)
      return act.kind === 'seek' ? { ...STATUS, positionSeconds: act.seconds } : STATUS
    },
    showCaptions: async () => STATUS,
    end: async () => ({ ...STATUS, positionSeconds: 33 }),
    ...last,
  }
  const cast = new CastCore(
    server,
    {
      nowMs: () => 0,
      after: (_delayMs, run) => {
        timers.push(run)
        return () => undefined
      },
    },
    {
      local: {
        play: () => say('play here'),
        pause: () => say('pause here'),
        seek: (seconds) => say(`seek here to ${seconds}`),
        positionSeconds: () => 5,
        setVolume: () => say('volume here'),
        setRate: () => undefined,
        setFullScreen: () => undefined,
        setInWindow: () => undefined,
      },
      tell: (event) => {
        if (isElsewhere) told.push(event)
      },
      setElsewhere: (is) => void (isElsewhere = is),
      film: () => FILM,
      state: () => ({
        positionSeconds: 12,
        volume: 0.9,
        isMuted: false,
        playback: { kind: 'playing' },
      }),
      captions: () => null,
    },
  )
  return { cast, happened, told, timers }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('commands go to the screen while the film is there, and it comes back to where it was', async () => {
  const { cast, happened, told } = openPage()
  const { port } = cast
  port.pause()
  await cast.begin('chromecast 1', 'Den')
  assert.equal(cast.state.casting.kind, 'there')
  port.seek(40)
  port.setVolume(0.2, false)
  await settled()
  await cast.comeBack()
  assert.deepEqual(happened, [
    'pause here',
    'pause here',
    'begin at 12',
    'screen: {"kind":"seek","seconds":40}',
    'screen: {"kind":"volume","volume":0.2,"isMuted":false}',
    'seek here to 33',
    'play here',
  ])
  assert.equal(cast.state.casting.kind, 'here')
  const volumes = told.filter(({ kind }) => kind === 'volume')
  assert.deepEqual(volumes.at(-1), { kind: 'volume', volume: 0.9, isMuted: false })
})

test('a screen that fails keeps the place, and play goes on here', async () => {
  const { cast, happened } = openPage({
    begin: async () => ({ ...STATUS, phase: 'over', fault: 'film', positionSeconds: 12 }),
    end: () => Promise.reject(new Error('forgotten')),
  })
  await cast.begin('dlna 1', 'Den')
  assert.deepEqual(cast.state.casting, {
    kind: 'failed',
    screenId: 'dlna 1',
    name: 'Den',
    fault: 'film',
    positionSeconds: 12,
  })
  cast.port.play()
  await settled()
  assert.equal(cast.state.casting.kind, 'here')
  assert.deepEqual(happened, ['pause here', 'seek here to 12', 'play here'])
})

test('a server that forgot the film is a screen that is gone', async () => {
  const { cast, timers } = openPage({
    status: () => Promise.reject(Object.assign(new Error('gone'), { code: 'not-found' })),
  })
  await cast.begin('dlna 1', 'Den')
  await settled()
  for (const run of timers.splice(0)) run()
  await settled()
  await settled()
  assert.equal(cast.state.casting.kind, 'failed')
})

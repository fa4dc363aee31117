import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { StreamStatus } from '#api'
import { madeFilm } from '../../test/made-film.ts'
import { TurnedClock, settled } from '../../test/turned-clock.ts'
import { FilmSession, STATUS_EVERY_MS, type FilmFailure, type FilmWish } from './film-session.ts'

const WISH: FilmWish = { workId: 'w', episodeId: null, releaseId: null }

class Refusal extends Error {
  readonly code: FilmFailure
  constructor(code: FilmFailure) {
    super(code)
    this.code = code
  }
}

const STATUS: StreamStatus = {
  phase: { kind: 'live' },
  trouble: null,
  isDescribed: true,
  people: { known: 1, connected: 1, sending: 1 },
  webSeeds: 0,
  bytes: { length: 10, have: 1, received: 1, passedOn: 0 },
  ahead: { bytes: 0, seconds: null },
  rates: { downBytesPerSecond: 0, upBytesPerSecond: 0 },
  onDisk: [],
  diskTrouble: null,
}

/** A server that forgets its streams when it's started anew, and can be away or full. */
function stage() {
  const open = new Set<string>()
  const asked: string[] = []
  let refusal: FilmFailure | null = null
  let isSlow = false
  let count = 0
  let lost = 0
  const answer = (what: string): void => {
    asked.push(what)
    if (refusal !== null) throw new Refusal(refusal)
  }
  const clock = new TurnedClock()
  const session = new FilmSession({
    clock,
    wish: WISH,
    codeOf: (error) => (error instanceof Refusal ? error.code : 'internal'),
    onUnreachable: () => void lost++,
    server: {
      async open({ releaseId }) {
        answer(`open ${releaseId ?? 'any'}`)
        const streamId = `s${++count}`
        open.add(streamId)
        return madeFilm(streamId, releaseId ?? 'r')
      },
      async status(streamId, signal) {
        answer('status')
        if (isSlow)
          await new Promise((_, reject) =>
            signal.addEventListener('abort', () => reject(new Error('called off'))),
          )
        if (!open.has(streamId)) throw new Refusal('not-found')
        return STATUS
      },
      async close(streamId) {
        asked.push(`close ${streamId}`)
        open.delete(streamId)
      },
    },
  })
  return {
    session,
    clock,
    open,
    asked,
    lost: () => lost,
    refuse: (code: FilmFailure | null) => void (refusal = code),
    slow: (slow: boolean) => void (isSlow = slow),
  }
}

test('a film is opened and its swarm is watched until it is closed', async () => {
  const { session, clock, open, asked } = stage()
  session.open()
  await clock.pass(3 * STATUS_EVERY_MS)
  assert.equal(session.state.film?.streamId, 's1')
  assert.equal(session.state.status, STATUS)
  const count = asked.length
  assert.ok(count >= 4)
  session.close()
  await clock.pass(10 * STATUS_EVERY_MS)
  assert.deepEqual(asked.slice(count), ['close s1'])
  assert.equal(open.size, 0)
})

test('a question about a stream that is let go is called off, and a page that comes back asks on', async () => {
  const { session, clock, open, slow } = stage()
  session.open()
  slow(true)
  await settled()
  slow(false)
  session.letGo()
  await settled()
  assert.deepEqual([session.state.failure, open.size], [null, 0])
  await clock.pass(2 * STATUS_EVERY_MS)
  assert.deepEqual([session.state.film?.streamId, session.state.status], ['s2', STATUS])
  session.close()
})

test('a server that was started anew gives the film out again by itself', async () => {
  const { session, clock, open } = stage()
  session.open()
  await settled()
  open.clear()
  await clock.pass(2 * STATUS_EVERY_MS)
  assert.equal(session.state.film?.streamId, 's2')
  assert.equal(session.state.failure, null)
})

test('nobody there: the film stays, whoever watches the connection hears of it, and a return is noticed', async () => {
  const { session, clock, refuse, lost } = stage()
  session.open()
  await settled()
  refuse('unreachable')
  await clock.pass(STATUS_EVERY_MS)
  assert.equal(session.state.failure, 'unreachable')
  assert.equal(session.state.film?.streamId, 's1', 'what is here plays on')
  assert.ok(lost() > 0)
  refuse(null)
  session.serverIsBack()
  await settled()
  assert.equal(session.state.film?.streamId, 's2')
  assert.equal(session.state.failure, null)
})

test('what can’t be opened is asked for again, later each time, at most every quarter of a minute', async () => {
  const { session, clock, refuse, asked } = stage()
  refuse('busy')
  session.open()
  await clock.pass(60_000)
  assert.equal(session.state.failure, 'busy')
  assert.equal(asked.length, 1 + 4 + 3, 'after 1, 2, 4, 8 and then every 15 seconds')
  assert.equal((session.state.nextTryMs ?? 0) - clock.nowMs() <= 15_000, true)
  refuse(null)
  session.open()
  await settled()
  assert.equal(session.state.film?.streamId, 's1', 'asked by hand it’s tried at once')
  assert.equal(session.state.nextTryMs, null)
})

test('a film that the browser lost is opened anew in a while, and only once', async () => {
  const { session, clock, asked } = stage()
  session.open()
  await settled()
  session.lost()
  session.lost()
  await clock.pass(1000)
  assert.equal(asked.filter((what) => what.startsWith('open')).length, 2)
  assert.equal(session.state.film?.streamId, 's2')
  assert.equal(asked.includes('close s1'), true, 'the old stream was let go')
})

test('another release is another stream of the same film', async () => {
  const { session, open } = stage()
  session.open()
  await settled()
  session.switchRelease('small')
  await settled()
  assert.equal(session.state.film?.releaseId, 'small')
  assert.deepEqual([...open], ['s2'])
})

test('a film that was opened too late for its viewer is closed again', async () => {
  const { session, open, asked } = stage()
  session.open()
  session.close()
  await settled()
  assert.deepEqual(asked, ['open any', 'close s1'])
  assert.equal(open.size, 0)
})

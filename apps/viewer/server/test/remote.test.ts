import assert from 'node:assert/strict'
import { request, type IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import { MAX_PHONES, paths } from '#api'
import type { Pairing, PhoneCode, RemoteCommand, RemoteNews, RemoteState } from '#api'
import { SILENT_LOG } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import { FakeClock } from '@matinee/testkit'
import { CODE_LASTS_MS, PhoneBook } from '../src/remote/phone-book.ts'
import { byLikelihood } from '../src/remote/likely-addresses.ts'
import { phoneFile, type PhonePage } from '../src/remote/phone-page.ts'
import { RemoteDesk, type RemotePlaces } from '../src/remote/remote-desk.ts'
import { PAGE_GONE_MS } from '../src/remote/remote-session.ts'
import { RequestPace } from '../src/remote/request-pace.ts'

const HOST = '127.0.0.2'
/** Where the phone is; a stranger is anywhere else. */
const PHONE = '127.0.0.3'
const STRANGER = '127.0.0.4'

const PAGE: PhonePage = {
  shell: phoneFile(new TextEncoder().encode('<!doctype html>'), 'text/html; charset=utf-8'),
  assets: new Map([
    ['phone-1.js', phoneFile(new TextEncoder().encode('1'), 'text/javascript; charset=utf-8')],
  ]),
}

const STATE: RemoteState = {
  title: 'The Salt Clock',
  subtitle: '',
  phase: 'playing',
  wantsToPlay: true,
  positionSeconds: 12,
  durationSeconds: 36,
  volume: 1,
  isMuted: false,
  rate: 1,
  hasSubtitles: false,
  areSubtitlesShown: false,
  hasNext: false,
}

const HOME: RemotePlaces = { hosts: [HOST], mayBePhone: (host) => host === PHONE }

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Asks as a phone's browser would; `headers` come over that. Rejects when nobody answers. */
function ask(
  code: PhoneCode,
  path: string,
  options: {
    readonly body?: unknown
    readonly token?: string
    readonly from?: string
    readonly headers?: Readonly<Record<string, string>>
  } = {},
): Promise<Answer> {
  const { origin, host, hostname, port } = new URL(code.url)
  const { body, token, from = PHONE, headers = {} } = options
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname,
        port,
        path,
        localAddress: from,
        method: body === undefined ? 'GET' : 'POST',
        agent: false,
        headers: {
          host,
          ...(body === undefined ? {} : { origin, 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => (text += part))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
        )
      },
    )
    asked.on('error', reject)
    asked.setTimeout(5000, () => asked.destroy(new Error('no answer')))
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const secretOf = ({ url }: PhoneCode): string => new URL(url).hash.slice(1)

function commandsOf(news: RemoteNews): readonly RemoteCommand[] {
  return news.kind === 'on' ? news.commands : []
}

async function pair(code: PhoneCode): Promise<string> {
  const answer = await ask(code, '/pair', { body: { secret: secretOf(code) } })
  assert.equal(answer.status, 200)
  return (JSON.parse(answer.text) as Pairing).token
}

/** A desk with a remote that is open. */
async function openRemote(clock = systemClock()) {
  const desk = new RemoteDesk({ page: async () => PAGE, clock, log: SILENT_LOG, places: HOME })
  const opened = await desk.open(undefined)
  assert.ok(opened.kind === 'open')
  const { remoteId, code } = opened
  const turn = (state = STATE) => desk.turn(remoteId, state, AbortSignal.timeout(10_000))
  return { desk, remoteId, code, turn, [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose]() }
}

test('a phone gets its page and what plays, and what it asks comes to the player in order', async () => {
  await using remote = await openRemote()
  const { code } = remote
  const page = await ask(code, '/')
  assert.equal(page.status, 200)
  assert.equal(page.headers['content-encoding'], 'gzip')
  assert.match(
    String(page.headers['content-security-policy']),
    /^default-src 'none'; script-src 'self';/u,
  )
  assert.equal((await ask(code, '/assets/phone-1.js')).status, 200)
  const token = await pair(code)
  assert.deepEqual(await remote.turn(), { kind: 'on', phones: 1, isCodeGood: false, commands: [] })
  const seen = await ask(code, '/player/state', { token })
  assert.deepEqual(JSON.parse(seen.text), { state: STATE })

  const asked = Promise.all([
    ask(code, '/player/command', { token, body: { kind: 'pause' } }),
    ask(code, '/player/command', { token, body: { kind: 'volume-to', volume: 0.5 } }),
  ])
  const kinds: string[] = []
  const paused = { ...STATE, phase: 'paused' } as const
  while (kinds.length < 2)
    for (const { kind } of commandsOf(await remote.turn(paused))) kinds.push(kind)
  assert.deepEqual(kinds.toSorted(), ['pause', 'volume-to'])
  // The answer says how it is once the player has done it.
  const done = remote.turn(paused)
  for (const answer of await asked) {
    assert.equal(answer.status, 200)
    assert.match(answer.text, /"phase":"paused"/u)
  }
  await done
  for (const odd of [
    { kind: 'quit' },
    { kind: 'seek-by', seconds: 9 },
    { kind: 'seek-to-fraction', fraction: 2 },
    { kind: 'volume-to', volume: '1' },
    { kind: 'rate-to', rate: 16 },
    [],
    null,
  ])
    assert.equal((await ask(code, '/player/command', { token, body: odd })).status, 400)

  await ask(code, '/player/leave', { token, body: {} })
  assert.deepEqual(await remote.turn(), { kind: 'on', phones: 0, isCodeGood: false, commands: [] })
  assert.deepEqual(await remote.turn(), { kind: 'over' }, 'without a phone and a code it’s over')
  await assert.rejects(ask(code, '/'), 'nothing listens any more')
})

test('L10: without its own token, from its own address, a phone learns nothing and asks nothing', async () => {
  await using remote = await openRemote()
  const { code } = remote
  const other = { ...code, url: code.url }
  const token = await pair(code)
  for (const presented of [undefined, '', 'x'.repeat(22), secretOf(code)]) {
    const held = presented === undefined ? {} : { token: presented }
    assert.equal((await ask(other, '/player/state', held)).status, 401)
    assert.equal(
      (await ask(other, '/player/command', { ...held, body: { kind: 'play' } })).status,
      401,
    )
  }
  const anyone = new RemoteDesk({
    page: async () => PAGE,
    clock: systemClock(),
    log: SILENT_LOG,
    places: { hosts: [HOST], mayBePhone: () => true },
  })
  await using _ = anyone
  const opened = await anyone.open(undefined)
  assert.ok(opened.kind === 'open')
  const mine = await pair(opened.code)
  assert.equal((await ask(opened.code, '/player/state', { token: mine })).status, 200)
  assert.equal(
    (await ask(opened.code, '/player/state', { token: mine, from: STRANGER })).status,
    401,
    'a token that was overheard is worth nothing elsewhere',
  )
  assert.equal((await ask(code, '/player/state', { token })).status, 200)
})

test('L10: a remote closes when it’s turned off, when another is opened, and when its page is gone', async () => {
  await using remote = await openRemote()
  const { desk, code } = remote
  const token = await pair(code)
  const second = await desk.open(undefined)
  assert.ok(second.kind === 'open')
  await assert.rejects(ask(code, '/player/state', { token }), 'the one before ended')
  assert.deepEqual(await remote.turn(), { kind: 'over' })
  assert.equal((await ask(second.code, '/player/state', { token })).status, 401)
  await desk.end(second.remoteId)
  await assert.rejects(ask(second.code, '/'))

  const clock = new FakeClock()
  await using left = await openRemote(clock)
  await pair(left.code)
  await clock.advance(PAGE_GONE_MS - 1)
  assert.equal((await ask(left.code, '/')).status, 200)
  await clock.advance(2)
  await assert.rejects(ask(left.code, '/'), 'its page is gone')
})

test('L10: a flood is refused by address, and nothing of it piles up for the player', async () => {
  await using remote = await openRemote()
  const { code } = remote
  const token = await pair(code)
  const flood = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const statuses: number[] = []
      for (let at = 0; at < 5; at++)
        statuses.push((await ask(code, '/player/state', { token })).status)
      return statuses
    }),
  )
  const statuses = new Set(flood.flat())
  assert.ok(statuses.has(429), [...statuses].join(' '))
  const pace = new RequestPace()
  const allowed = Array.from({ length: 200 }, () => pace.allows(PHONE, 0)).filter(Boolean)
  assert.equal(allowed.length, 40)
  assert.equal(pace.allows(STRANGER, 0), true, 'others are still answered')
  assert.equal(pace.allows(PHONE, 1000), true, 'and it is again, a moment later')
})

test('L1: phones are let in from the home network alone, on the one address, to nothing of the viewer’s', async () => {
  await using remote = await openRemote()
  const { code } = remote
  await assert.rejects(ask(code, '/', { from: STRANGER }), 'closed unheard')
  const elsewhere = { ...code, url: code.url.replace(HOST, STRANGER) }
  await assert.rejects(ask(elsewhere, '/'), 'it listens on no other address')
  const token = await pair(code)
  for (const path of [
    paths.health,
    paths.works,
    paths.settings,
    paths.media('x', 0),
    paths.remotes,
  ])
    assert.equal((await ask(code, path, { token })).status, 404, path)
  for (const path of [paths.session, paths.remotes, paths.quit])
    assert.equal((await ask(code, path, { token, body: {} })).status, 404, path)
  assert.deepEqual(
    byLikelihood([
      { interfaceName: 'docker0', host: '172.17.0.1' },
      { interfaceName: 'wg0', host: '10.8.0.2' },
      { interfaceName: 'eth0', host: '203.0.113.9' },
      { interfaceName: 'eth1', host: '10.0.0.7' },
      { interfaceName: 'wlan0', host: '192.168.1.20' },
      { interfaceName: 'eth2', host: '8.8.8.8' },
    ]),
    ['192.168.1.20', '10.0.0.7', '10.8.0.2', '172.17.0.1'],
  )
  // A desk of the product's own takes nobody who isn't at home.
  const own = new RemoteDesk({ page: async () => PAGE, clock: systemClock(), log: SILENT_LOG })
  const opened = await own.open('8.8.8.8')
  assert.ok(opened.kind === 'no-network' || opened.host !== '8.8.8.8')
  await own[Symbol.asyncDispose]()
})

test('W6: a page of another origin, or under another name, is refused whatever it asks, channels included', async () => {
  await using remote = await openRemote()
  const { code } = remote
  const token = await pair(code)
  const { host } = new URL(code.url)
  const own = { origin: `http://${host}` }
  for (const origin of ['http://evil.example', 'null', `https://${host}`, 'http://127.0.0.2']) {
    assert.equal((await ask(code, '/player/state', { token, headers: { origin } })).status, 403)
    assert.equal(
      (await ask(code, '/player/command', { token, body: { kind: 'play' }, headers: { origin } }))
        .status,
      403,
    )
  }
  for (const name of ['evil.example', `evil.example:${new URL(code.url).port}`, HOST, 'localhost'])
    assert.equal((await ask(code, '/', { headers: { host: name, ...own } })).status, 403, name)
  const plain = { ...own, 'content-type': 'text/plain' }
  assert.equal(
    (await ask(code, '/player/command', { token, body: { kind: 'play' }, headers: plain })).status,
    403,
    'a form can’t',
  )
  assert.equal(
    (await ask(code, '/pair', { body: { secret: 'x' }, headers: { origin: '' } })).status,
    403,
    'nor whoever doesn’t say where he comes from',
  )
  const upgrade = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }
  assert.equal((await ask(code, '/player/state', { token, headers: upgrade })).status, 403)
  const { headers } = await ask(code, '/player/state', { token })
  assert.deepEqual(
    Object.keys(headers).filter((name) => name.startsWith('access-control')),
    [],
  )
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
})

test('W11: a phone’s secret is good once, for two minutes, until the next one, and for three phones', async () => {
  await using remote = await openRemote()
  const { desk, remoteId, code } = remote
  const wrong = await ask(code, '/pair', { body: { secret: 'x'.repeat(22) } })
  assert.equal(wrong.status, 403)
  await pair(code)
  const again = await ask(code, '/pair', { body: { secret: secretOf(code) } })
  assert.equal(again.status, 403, 'used')
  const replaced = desk.newCode(remoteId)
  assert.ok(replaced !== null && replaced !== 'over')
  const next = desk.newCode(remoteId)
  assert.ok(next !== null && next !== 'over')
  const old = await ask(code, '/pair', { body: { secret: secretOf(replaced) } })
  assert.equal(old.status, 403, 'replaced')
  await pair(next)

  const book = new PhoneBook()
  const late = book.issue(0) ?? ''
  assert.equal(book.isCodeGood(CODE_LASTS_MS - 1), true)
  assert.equal(book.pair(late, PHONE, CODE_LASTS_MS), null, 'too late')
  for (let phone = 0; phone < MAX_PHONES; phone++)
    assert.notEqual(book.pair(book.issue(0) ?? '', PHONE, 1), null)
  assert.equal(book.issue(0), null, 'as many as may be')

  const clock = new FakeClock()
  await using unused = await openRemote(clock)
  for (let at = 0; at < CODE_LASTS_MS - 5000; at += 5000) {
    void unused.turn()
    await clock.advance(5000)
  }
  assert.equal((await ask(unused.code, '/')).status, 200)
  void unused.turn()
  await clock.advance(5001)
  await assert.rejects(ask(unused.code, '/'), 'nobody came: nothing listens')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpRequest, NetworkErrorCode } from '@matinee/base'
import { fakeResolver, PUBLIC_IPV4 } from '../../test/fake-resolver.ts'
import { answer, httpServer, redirect } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { standInInternet } from '../../test/stand-in-internet.ts'
import { createNetwork } from '../network.ts'
import { mayFetch } from '../policy/may-fetch.ts'

const clock = REAL_CLOCK

function refusal(code: NetworkErrorCode): object {
  return { name: 'NetworkError', code }
}

function ask(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { url, learnedFrom: 'own', maxBytes: 1000, timeoutMs: 5000, ...more }
}

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of body) text += Buffer.from(chunk).toString('latin1')
  return text
}

test('T1: no spelling of a local address in a tracker’s URL reaches a local service', async () => {
  await using victim = await httpServer(() => answer('secret'))
  await using network = createNetwork({
    clock,
    resolver: fakeResolver({
      'loopback.test': [['127.0.0.1']],
      'mapped.test': [['::ffff:127.0.0.1']],
      'intranet.test': [['10.1.2.3', '192.168.0.1', 'fe80::1', '::1']],
      localhost: [['127.0.0.1']],
      'localhost.': [['127.0.0.1']],
      // What getaddrinfo makes of these; URL parsers of today never ask for them.
      '0x7f.1': [['127.0.0.1']],
    }),
  })
  const hosts = [
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
    '127.255.255.254',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'tracker.localhost',
    'loopback.test',
    'mapped.test',
    'intranet.test',
    '１２７.０.０.１',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '[fc00::1]',
    '[fe80::1]',
    '8.8.8.8@127.0.0.1',
  ]
  for (const host of hosts) {
    for (const learnedFrom of ['metainfo', 'magnet', 'tracker'] as const) {
      const url = `http://${host}:${victim.port}/announce?info_hash=x`
      await assert.rejects(
        network.http.get(ask(url, { learnedFrom, purpose: 'tracker' })),
        refusal('policy'),
        `${host} from ${learnedFrom}`,
      )
    }
  }
  assert.equal(victim.connections(), 0)
})

test('T1: a name is resolved once, and only the address that was checked is connected to', async () => {
  await using victim = await httpServer(() => answer('secret'))
  await using tracker = await httpServer(() => answer('public'))
  using internet = standInInternet({ [PUBLIC_IPV4]: tracker })
  const resolver = fakeResolver({ 'rebind.test': [[PUBLIC_IPV4], ['127.0.0.1']] })
  await using network = createNetwork({ clock, resolver })
  const url = `http://rebind.test:${victim.port}/announce`
  const request = ask(url, { learnedFrom: 'metainfo', purpose: 'tracker' })
  assert.equal(await read((await network.http.get(request)).body), 'public')
  assert.equal(resolver.asked('rebind.test'), 1)
  assert.match(tracker.received()[0] ?? '', new RegExp(`host: rebind.test:${victim.port}\r`, 'iu'))
  await assert.rejects(network.http.get(request), refusal('policy'))
  assert.equal(resolver.asked('rebind.test'), 2)
  assert.deepEqual(internet.connects, [PUBLIC_IPV4])
  assert.equal(victim.connections(), 0)
})

test('T1: of a name’s addresses, the local ones are left out', async () => {
  await using victim = await httpServer(() => answer('secret'))
  using internet = standInInternet({})
  const resolver = fakeResolver({ 'both.test': [['127.0.0.1', PUBLIC_IPV4, '::1']] })
  await using network = createNetwork({ clock, resolver })
  const url = `http://both.test:${victim.port}/x`
  const request = network.http.get(ask(url, { learnedFrom: 'metainfo' }))
  await assert.rejects(request, refusal('unreachable'))
  assert.deepEqual(internet.connects, [PUBLIC_IPV4])
  assert.equal(victim.connections(), 0)
})

test('T1: a kept connection serves only requests whose own check found its address', async () => {
  await using server = await httpServer(() => answer('yes'))
  const resolver = fakeResolver({ 'seed.test': [['127.0.0.1']] })
  await using network = createNetwork({ clock, resolver })
  const url = `http://seed.test:${server.port}/film`
  assert.equal(await read((await network.http.get(ask(url))).body), 'yes')
  assert.equal(network.openNow().length, 1)
  await assert.rejects(network.http.get(ask(url, { learnedFrom: 'metainfo' })), refusal('policy'))
  assert.equal(server.received()[0]?.match(/GET/gu)?.length, 1)
})

test('T1: a local tracker must have a tracker’s path, even where local addresses are allowed', async () => {
  await using victim = await httpServer(() => answer('d8:intervali60ee'))
  const resolver = fakeResolver({ 'home.test': [['127.0.0.1']], localhost: [['127.0.0.1']] })
  await using network = createNetwork({ clock, resolver, allowLocal: true })
  const paths = ['/', '/transmission/rpc?x=/announce', '/announce/../rpc', '/announce%2f..%2frpc']
  for (const learnedFrom of ['metainfo', 'user', 'own'] as const) {
    for (const host of [`127.0.0.1`, 'home.test', 'localhost']) {
      for (const path of paths) {
        const url = `http://${host}:${victim.port}${path}`
        const request = ask(url, { learnedFrom, purpose: 'tracker' })
        await assert.rejects(network.http.get(request), refusal('policy'), `${url} ${learnedFrom}`)
      }
    }
  }
  assert.equal(victim.connections(), 0)
  const right = `http://home.test:${victim.port}/announce?info_hash=x`
  const answered = await network.http.get(
    ask(right, { learnedFrom: 'metainfo', purpose: 'tracker' }),
  )
  assert.equal(await read(answered.body), 'd8:intervali60ee')
  assert.equal(mayFetch('http://8.8.8.8/any', 'metainfo', NOBODY, 'tracker').kind, 'yes')
})

const NOBODY = { allowLocal: false }

test('T2: a public host does not redirect us to a private one', async () => {
  await using victim = await httpServer(() => answer('secret'))
  const targets = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0x7f.1', 'inside.test']
  for (const target of targets) {
    const location = `http://${target}:${victim.port}/announce`
    await using open = await httpServer(() => redirect(location))
    using internet = standInInternet({ [PUBLIC_IPV4]: open })
    const resolver = fakeResolver({
      'seed.test': [[PUBLIC_IPV4]],
      'inside.test': [['127.0.0.1']],
      localhost: [['127.0.0.1']],
    })
    await using network = createNetwork({ clock, resolver })
    for (const learnedFrom of ['user', 'metainfo'] as const) {
      const request = network.http.get(ask('http://seed.test/film', { learnedFrom }))
      await assert.rejects(request, refusal('policy'), target)
    }
    assert.deepEqual(internet.connects, [PUBLIC_IPV4, PUBLIC_IPV4])
  }
  assert.equal(victim.connections(), 0)
})

test('T2: a redirect from a host we trust to a local service is not followed', async () => {
  await using victim = await httpServer(() => answer('secret'))
  for (const target of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', 'inside.test', '0x7f.1']) {
    await using open = await httpServer(() => redirect(`http://${target}:${victim.port}/announce`))
    const resolver = fakeResolver({ 'inside.test': [['127.0.0.1']], localhost: [['127.0.0.1']] })
    await using network = createNetwork({ clock, resolver })
    const url = `http://127.0.0.1:${open.port}/announce`
    await assert.rejects(network.http.get(ask(url)), refusal('policy'), target)
    assert.equal(open.connections(), 1)
  }
  assert.equal(victim.connections(), 0)
})

test('T2: a redirect to the local network is refused even with the testers’ switch', async () => {
  const targets = ['http://10.0.0.1/', 'http://169.254.169.254/latest', 'https://192.168.0.1/x']
  for (const target of targets) {
    await using open = await httpServer(() => redirect(target))
    await using network = createNetwork({ clock, allowLocal: true })
    const request = ask(`http://127.0.0.1:${open.port}/a`, { learnedFrom: 'metainfo' })
    await assert.rejects(network.http.get(request), refusal('policy'), target)
  }
})

test('T2: each hop is resolved and checked anew, although the name stays the same', async () => {
  await using victim = await httpServer(() => answer('secret'))
  await using open = await httpServer((path) =>
    path === '/a' ? redirect(`http://other.test:${open.port}/b`) : redirect('/c'),
  )
  // The second hop's name turns private between two of its own hops.
  const resolver = fakeResolver({ 'other.test': [['127.0.0.1'], ['10.0.0.1']] })
  await using network = createNetwork({ clock, resolver, allowLocal: true })
  const request = ask(`http://127.0.0.1:${open.port}/a`, { learnedFrom: 'metainfo' })
  await assert.rejects(network.http.get(request), refusal('policy'))
  assert.equal(resolver.asked('other.test'), 2)
  assert.equal(victim.connections(), 0)
})

test('T2: redirects lead to http and https only, without credentials', async () => {
  const targets = [
    'file:///etc/passwd',
    'ftp://example.test/x',
    'udp://tracker.test:80/announce',
    'data:text/plain,x',
    'javascript:1',
    'gopher://127.0.0.1:25/x',
    'http://user:secret@127.0.0.1/x',
    `http://127.0.0.1/${'x'.repeat(3000)}`,
  ]
  for (const target of targets) {
    await using open = await httpServer(() => redirect(target))
    await using network = createNetwork({ clock, allowLocal: true })
    const request = network.http.get(ask(`http://127.0.0.1:${open.port}/a`))
    await assert.rejects(request, refusal('policy'), target)
    await assert.rejects(network.http.get(ask(target)), refusal('policy'), target)
    assert.equal(open.connections(), 1)
  }
})

test('T2: a redirect to no URL at all is a bad answer', async () => {
  await using open = await httpServer(() => redirect('http://['))
  await using network = createNetwork({ clock })
  const request = network.http.get(ask(`http://127.0.0.1:${open.port}/a`))
  await assert.rejects(request, refusal('bad-answer'))
})

test('T2: a chain of thirty redirects ends after five', async () => {
  await using maze = await httpServer((path) => redirect(`/${Number(path.slice(1)) + 1}`))
  await using network = createNetwork({ clock })
  const request = network.http.get(ask(`http://127.0.0.1:${maze.port}/1`))
  await assert.rejects(request, refusal('too-many-redirects'))
  assert.equal(maze.connections(), 6)
})

test('T2: five redirects are followed', async () => {
  await using maze = await httpServer((path) =>
    path === '/6' ? answer('here') : redirect(`/${Number(path.slice(1)) + 1}`),
  )
  await using network = createNetwork({ clock })
  const { body } = await network.http.get(ask(`http://127.0.0.1:${maze.port}/1`))
  assert.equal(await read(body), 'here')
})

test('T2: what speaks of the caller stays behind at another origin, the range goes along', async () => {
  await using other = await httpServer(() => answer('x', '206 Partial Content'))
  await using first = await httpServer((path) =>
    path === '/a' ? redirect('/b') : redirect(`http://127.0.0.1:${other.port}/c`),
  )
  await using network = createNetwork({ clock, allowLocal: true })
  const headers = { Authorization: 'Bearer secret', Range: 'bytes=0-0', 'If-None-Match': '"tag"' }
  await network.http.get(ask(`http://127.0.0.1:${first.port}/a`, { headers }))
  const [, sameOrigin] = first.received()
  assert.match(sameOrigin ?? '', /authorization: Bearer secret/iu)
  const [elsewhere = ''] = other.received()
  assert.match(elsewhere, /^GET \/c HTTP\/1\.1\r\n/u)
  assert.match(elsewhere, /range: bytes=0-0/iu)
  assert.doesNotMatch(elsewhere, /authorization|secret|none-match|cookie|referer/iu)
})

test('credentials in a URL are refused, whoever gives it', () => {
  for (const from of ['own', 'user', 'metainfo'] as const) {
    const verdict = mayFetch('http://u:p@8.8.8.8/', from, NOBODY)
    assert.deepEqual(verdict, { kind: 'no', reason: 'credentials' })
  }
})

test('strangers’ URLs reach no service of the system but web servers', () => {
  for (const port of [22, 25, 110]) {
    assert.equal(mayFetch(`http://8.8.8.8:${port}/`, 'metainfo', NOBODY).kind, 'no')
    assert.equal(mayFetch(`http://8.8.8.8:${port}/`, 'user', NOBODY).kind, 'yes')
  }
  for (const url of ['http://8.8.8.8/', 'https://8.8.8.8/', 'http://8.8.8.8:6969/announce']) {
    assert.equal(mayFetch(url, 'metainfo', NOBODY).kind, 'yes')
  }
})

test('headers that are not the caller’s to set are a bug', async () => {
  await using network = createNetwork({ clock })
  for (const name of ['Host', 'Cookie', 'Transfer-Encoding', 'Connection']) {
    const request = network.http.get(ask('http://127.0.0.1:9/', { headers: { [name]: 'x' } }))
    await assert.rejects(request, { name: 'BugError' })
  }
})

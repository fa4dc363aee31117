import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { SILENT_LOG, type SocketAddress } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { mdnsAnswer, openFakeRenderer, ssdpAnswer } from '@matinee/testkit/devices'
import { openLocalNetwork, REAL_CLOCK, searchOnLoopback, until } from '../../test/stage.ts'
import { CAST_LIMITS } from '../cast-limits.ts'
import { parseRendererDescription } from '../dlna/renderer-description.ts'
import { screenText } from '../screen-text.ts'
import { mdnsQuestion, parseMdnsAnswer } from './mdns.ts'
import { ScreenSearch } from './screen-search.ts'
import { parseSsdpAnswer } from './ssdp.ts'

/** Somebody who answers each question with these, in order. Closed with the test. */
async function answering(
  t: { after(run: () => void): void },
  answers: readonly Uint8Array[],
): Promise<{ readonly at: SocketAddress; readonly asked: Buffer[] }> {
  const asked: Buffer[] = []
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    asked.push(question)
    for (const answer of answers) socket.send(answer, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => void socket.close())
  return { at: { host: '127.0.0.1', port: socket.address().port }, asked }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150))

test('L3: a thousand answers make no more screens than are shown, and one address gets few hearings', async (t) => {
  const flood = Array.from({ length: 1000 }, (_, at) => mdnsAnswer(`Screen ${at}`, 1000 + at))
  const liar = await answering(t, flood)
  await using network = openLocalNetwork()
  await using search = searchOnLoopback(network, { mdns: liar.at })
  await search.open()
  await until(() => search.screens.length > 0, 'one is found')
  await settle()
  assert.equal(search.screens.length, CAST_LIMITS.answersPerAddress)
})

test('L3: who may not be a screen is not heard', async (t) => {
  const stranger = await answering(t, [mdnsAnswer('Screen', 8009)])
  await using network = openLocalNetwork()
  await using search = new ScreenSearch({
    network,
    clock: REAL_CLOCK,
    log: SILENT_LOG,
    hosts: ['127.0.0.1'],
    places: { mdns: stranger.at, ssdp: stranger.at },
    mayBeScreen: () => false,
  })
  await search.open()
  await until(() => stranger.asked.length > 0, 'it is asked')
  await settle()
  assert.deepEqual(search.screens, [])
})

test('L3: screens that are gone leave the list, and their places to others', async () => {
  const clock = new FakeClock()
  let answer: (bytes: Uint8Array, from: SocketAddress) => void = () => undefined
  let isFirst = true
  const search = new ScreenSearch({
    network: {
      datagrams: {
        bind: async (at, onDatagram) => {
          if (isFirst) answer = onDatagram
          isFirst = false
          return { address: at, send: () => true, close: async () => undefined }
        },
      },
      http: { get: () => Promise.reject(new Error('nobody is asked')) },
    },
    clock,
    log: SILENT_LOG,
    hosts: ['192.168.1.2'],
    mayBeScreen: () => true,
  })
  await search.open()
  const round = (network: number): void => {
    for (let host = 0; host < CAST_LIMITS.devices; host++)
      answer(mdnsAnswer('Screen', 8009), { host: `192.168.${network}.${host}`, port: 5353 })
  }
  round(1)
  assert.equal(search.screens.length, CAST_LIMITS.devices)
  await clock.advance(30_000)
  round(2)
  assert.ok(search.screens.every(({ address }) => address.host.startsWith('192.168.1.')))
  await clock.advance(30_000)
  round(2)
  assert.equal(search.screens.length, CAST_LIMITS.devices)
  assert.ok(search.screens.every(({ address }) => address.host.startsWith('192.168.2.')))
  await search[Symbol.asyncDispose]()
  assert.equal(clock.pendingTimers, 0)
})

test('L3: nothing is asked before the search, nothing is heard after it', async (t) => {
  const screen = await answering(t, [mdnsAnswer('Screen', 8009)])
  await using network = openLocalNetwork()
  const search = searchOnLoopback(network, { mdns: screen.at })
  await settle()
  assert.equal(screen.asked.length, 0)
  assert.equal(network.openNow().length, 0)
  await search.open()
  await until(() => search.screens.length === 1, 'it is found')
  await search[Symbol.asyncDispose]()
  assert.equal(network.openNow().length, 0)
})

test('L3: a name is text of one line without marks that turn the direction, cut to what is shown', () => {
  assert.equal(screenText(' Den\u202e\u0000\r\n<b>TV</b> '), 'Den <b>TV</b>')
  assert.equal(screenText('x'.repeat(5000)).length, CAST_LIMITS.nameCharacters)
  assert.equal(screenText('\u2066\u2069\ufeff'), '')
})

test('L3: an answer that leads in circles, ends too soon or is of no screen is none', () => {
  const good = mdnsAnswer('Screen', 8009)
  assert.deepEqual(parseMdnsAnswer(good), { port: 8009, name: 'Screen', model: 'Fake Chromecast' })
  for (let length = 0; length < good.length; length++)
    assert.equal(parseMdnsAnswer(good.subarray(0, length)), null, `${length} bytes`)
  const circle = Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xc0, 12, 0, 12, 0, 1])
  assert.equal(parseMdnsAnswer(circle), null)
  assert.equal(parseMdnsAnswer(mdnsQuestion()), null, 'a question')
  assert.equal(parseMdnsAnswer(Buffer.concat([good, Buffer.alloc(9000)])), null, 'too long')
})

test('T8: a description is asked for at the address that answered, and nowhere else', () => {
  const at = (location: string): string | null =>
    parseSsdpAnswer(ssdpAnswer(location), '192.168.1.20')?.href ?? null
  assert.equal(at('http://192.168.1.20:49152/d.xml'), 'http://192.168.1.20:49152/d.xml')
  for (const location of [
    'http://127.0.0.1:8571/api/settings',
    'http://192.168.1.1/reboot',
    'http://192.168.1.20.evil.example/',
    'http://192.168.1.20@evil.example/',
    'http://user:pass@192.168.1.20/',
    'https://192.168.1.20/',
    'file:///etc/passwd',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
    '',
    `http://192.168.1.20/${'x'.repeat(600)}`,
  ])
    assert.equal(at(location), null, location)
  assert.equal(parseSsdpAnswer(Buffer.from('NOTIFY * HTTP/1.1\r\n\r\n'), '192.168.1.20'), null)
})

test('T8: services that a description puts elsewhere are not called', () => {
  const at = new URL('http://192.168.1.20:49152/d.xml')
  const described = (url: string): string | null =>
    parseRendererDescription(
      `<root><device><friendlyName>TV</friendlyName><serviceList><service><serviceType>urn:schemas-upnp-org:service:AVTransport:1</serviceType><controlURL>${url}</controlURL></service></serviceList></device></root>`,
      at,
    )?.services.transportPath ?? null
  assert.equal(described('/control?x=1'), '/control?x=1')
  assert.equal(described('control'), '/control')
  assert.equal(described('http://192.168.1.20:49152/c'), '/c')
  for (const url of [
    'http://127.0.0.1:8571/api/settings',
    '//192.168.1.1/c',
    'http://192.168.1.20:22/c',
    'https://192.168.1.20:49152/c',
    '',
  ])
    assert.equal(described(url), null, url)
})

test('T8: a renderer that redirects to somebody else is not followed', async (t) => {
  const visited: string[] = []
  const elsewhere = createServer((request, response) => {
    visited.push(request.url ?? '')
    response.end('<root/>')
  })
  elsewhere.listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  const bound = elsewhere.address()
  assert.ok(typeof bound === 'object' && bound !== null)
  const redirecting = createServer((request, response) => {
    visited.push('redirected')
    response.writeHead(302, { location: `http://127.0.0.1:${bound.port}/secret` }).end()
  })
  redirecting.listen(0, '127.0.0.1')
  await once(redirecting, 'listening')
  t.after(() => void elsewhere.close())
  t.after(() => void redirecting.close())
  const from = redirecting.address()
  assert.ok(typeof from === 'object' && from !== null)
  const liar = await answering(t, [ssdpAnswer(`http://127.0.0.1:${from.port}/d.xml`)])
  await using network = openLocalNetwork()
  await using search = searchOnLoopback(network, { ssdp: liar.at })
  await search.open()
  await until(() => visited.length > 0, 'it is asked')
  await settle()
  assert.deepEqual(visited, ['redirected'])
  assert.deepEqual(search.screens, [])
})

test('T8: a description without end is given up at 64 KiB, and a bomb is none', async (t) => {
  let sent = 0
  let isCutOff = false
  const endless = createServer((_request, response) => {
    response.once('close', () => (isCutOff = true))
    const more = (): void => {
      while (!response.destroyed && sent < 50_000_000) {
        sent += 10_000
        if (!response.write('x'.repeat(10_000))) return void response.once('drain', more)
      }
    }
    more()
  })
  endless.listen(0, '127.0.0.1')
  await once(endless, 'listening')
  const bound = endless.address()
  assert.ok(typeof bound === 'object' && bound !== null)
  t.after(() => {
    endless.closeAllConnections()
    endless.close()
  })
  await using bomb = await openFakeRenderer({
    name: 'Bomb',
    description:
      '<!DOCTYPE r [<!ENTITY a "aaaa">]><root><device><friendlyName>&a;</friendlyName></device></root>',
  })
  const liar = await answering(t, [
    ssdpAnswer(`http://127.0.0.1:${bound.port}/d.xml`),
    ssdpAnswer(`http://127.0.0.1:${bomb.address.port}/description.xml`),
  ])
  await using network = openLocalNetwork()
  await using search = searchOnLoopback(network, { ssdp: liar.at })
  await search.open()
  await until(() => isCutOff, 'it is cut off')
  assert.ok(sent < 10_000_000, `${sent} bytes`)
  assert.deepEqual(search.screens, [])
})

test('the home network’s own groups are asked, and a screen that has joined them is found', async (t) => {
  const host = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  t.after(() => void socket.close())
  socket.bind(5353)
  await once(socket, 'listening')
  try {
    assert.ok(host)
    socket.addMembership('224.0.0.251', host)
  } catch {
    return t.skip('this computer is in no network with multicast')
  }
  socket.on('message', (question, from) => {
    if (parseMdnsAnswer(question) === null && from.port !== 5353)
      socket.send(mdnsAnswer('By multicast', 8009), from.port, from.address)
  })
  await using network = openLocalNetwork()
  await using search = new ScreenSearch({
    network,
    clock: REAL_CLOCK,
    log: SILENT_LOG,
    hosts: [host],
    mayBeScreen: () => true,
  })
  await search.open()
  await until(() => search.screens.some(({ name }) => name === 'By multicast'), 'it is found')
  return undefined
})

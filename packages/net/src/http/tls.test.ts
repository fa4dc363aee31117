import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import { test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { selfSigned, type SelfSigned } from '@matinee/testkit/self-signed'
import { until } from '../../test/collector.ts'
import { fakeResolver } from '../../test/fake-resolver.ts'
import { hostileServer, redirect, httpServer } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { createNetwork } from '../network.ts'

const clock = REAL_CLOCK
const trusted = selfSigned(['seed.test'], ['127.0.0.1'])
// Made for this process only, so trusting it here trusts nobody.
setDefaultCACertificates([...getCACertificates('default'), trusted.certificate])

/** A web server with TLS that writes down what it was asked, and under which name. */
async function tlsServer({ certificate, key }: SelfSigned) {
  const asked: string[] = []
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const { servername } = request.socket as TLSSocket
    asked.push(`${String(servername)} ${request.headers.host} ${request.url}`)
    response.end('secure')
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  return {
    asked,
    port: bound.port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const resolver = fakeResolver({
  'seed.test': [['127.0.0.1']],
  'seed.test.': [['127.0.0.1']],
  'other.test': [['127.0.0.1']],
})

async function fetchText(url: string): Promise<string> {
  await using network = createNetwork({ clock, resolver })
  const { body } = await network.http.get({
    url,
    learnedFrom: 'own',
    maxBytes: 100,
    timeoutMs: 4000,
  })
  let text = ''
  for await (const chunk of body) text += Buffer.from(chunk).toString()
  assert.equal(network.openNow().length, 1)
  await network.closeAll('the text is there')
  assert.equal(network.openNow().length, 0)
  return text
}

test('a certificate for the name is accepted, and the name is asked for', async () => {
  await using server = await tlsServer(trusted)
  const { port } = server
  assert.equal(await fetchText(`https://seed.test:${port}/a`), 'secure')
  assert.equal(await fetchText(`https://seed.test.:${port}/b`), 'secure')
  assert.equal(await fetchText(`https://127.0.0.1:${port}/c`), 'secure')
  assert.deepEqual(server.asked, [
    `seed.test seed.test:${port} /a`,
    `seed.test seed.test.:${port} /b`,
    `false 127.0.0.1:${port} /c`,
  ])
})

test('a certificate that is not trusted, or for another name, is refused', async () => {
  const badAnswer = { name: 'NetworkError', code: 'bad-answer' }
  // The environment's switch, as some guides tell people to set it.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  try {
    await using stranger = await tlsServer(selfSigned(['seed.test']))
    await assert.rejects(fetchText(`https://seed.test:${stranger.port}/`), badAnswer)
    await using server = await tlsServer(trusted)
    await assert.rejects(fetchText(`https://other.test:${server.port}/`), badAnswer)
    assert.deepEqual([stranger.asked, server.asked], [[], []])
  } finally {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  }
})

test('a server that speaks no TLS, or nothing at all, is a failure in time', async () => {
  await using network = createNetwork({ clock, resolver })
  const request = { learnedFrom: 'own', maxBytes: 100, timeoutMs: 200 } as const
  await using plain = await hostileServer((socket) => socket.write('220 mail.test ESMTP\r\n'))
  const plainUrl = `https://seed.test:${plain.port}/`
  await assert.rejects(network.http.get({ ...request, url: plainUrl }), { code: 'bad-answer' })
  await using silent = await hostileServer(() => undefined)
  const silentUrl = `https://seed.test:${silent.port}/`
  await assert.rejects(network.http.get({ ...request, url: silentUrl }), { code: 'timeout' })
  await until(() => network.openNow().length === 0, 'closed')
})

test('a redirect to TLS is followed', async () => {
  await using server = await tlsServer(trusted)
  await using plain = await httpServer(() => redirect(`https://127.0.0.1:${server.port}/x`))
  await using network = createNetwork({ clock, allowLocal: true })
  const url = `http://127.0.0.1:${plain.port}/`
  const { status } = await network.http.get({ url, learnedFrom: 'metainfo', maxBytes: 100 })
  assert.equal(status, 200)
})

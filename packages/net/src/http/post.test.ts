import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { test } from 'node:test'
import { REAL_CLOCK as clock } from '../../test/real-clock.ts'
import { createNetwork } from '../network.ts'

async function openServer(answer: RequestListener) {
  const server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  return {
    url: `http://127.0.0.1:${bound.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const post = { type: 'text/xml', bytes: new TextEncoder().encode('<a/>') }

test('a POST brings its bytes, their type and their length', async () => {
  const heard: string[] = []
  await using server = await openServer((request, response) => {
    void request.toArray().then((chunks) => {
      const { 'content-type': type, 'content-length': length } = request.headers
      heard.push(`${request.method} ${type} ${length} ${Buffer.concat(chunks).toString()}`)
      response.end()
    })
  })
  await using network = createNetwork({ clock })
  const { url } = server
  const { status } = await network.http.get({ url, learnedFrom: 'own', post, maxBytes: 10 })
  assert.equal(status, 200)
  assert.deepEqual(heard, ['POST text/xml 4 <a/>'])
})

for (const how of [{ post }, { redirects: 'refuse' as const }])
  test(`T2: a redirect is not followed of ${'post' in how ? 'a POST' : 'a request that follows none'}`, async () => {
    const asked: string[] = []
    await using server = await openServer((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(307, { location: '/other' }).end()
    })
    await using network = createNetwork({ clock })
    const { url } = server
    await assert.rejects(network.http.get({ url, learnedFrom: 'own', maxBytes: 10, ...how }), {
      name: 'NetworkError',
      code: 'bad-answer',
    })
    assert.deepEqual(asked, ['/'])
  })

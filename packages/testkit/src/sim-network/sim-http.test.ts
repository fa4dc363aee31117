import { test } from 'node:test'
import assert from 'node:assert/strict'
import { NetworkError, concatBytes, utf8Bytes, type HttpRequest } from '@matinee/base'
import { FakeClock } from '../fake-clock.ts'
import { SimNetwork } from './sim-network.ts'
import type { WebHandler } from './sim-web-server.ts'

interface Fetched {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

function web(handle: WebHandler): {
  sim: SimNetwork
  clock: FakeClock
  get: (url: string, more?: Partial<HttpRequest>) => Promise<Fetched>
} {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock })
  sim.host('203.0.113.8').serveHttp(80, handle)
  sim.names.set('web.example', ['203.0.113.8'])
  const client = sim.host('203.0.113.1')
  const read = async (url: string, more: Partial<HttpRequest>): Promise<Fetched> => {
    const response = await client.network.http.get({
      url,
      learnedFrom: 'tracker',
      maxBytes: 1000,
      ...more,
    })
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    const text = new TextDecoder().decode(concatBytes(chunks))
    return { status: response.status, headers: response.headers, text }
  }
  return { sim, clock, get: (url, more = {}) => clock.run(read(url, more)) }
}

const code =
  (expected: string) =>
  (error: unknown): boolean =>
    error instanceof NetworkError && error.code === expected

test('a GET reaches the handler as it was sent, and its answer comes back', async () => {
  const { clock, get } = web((request) => ({
    status: 404,
    headers: { 'X-Seen': request.headers['x-asked'] ?? '' },
    body: request.target,
  }))
  const answer = await get('http://web.example/a?info_hash=%00%ffx', {
    headers: { 'x-asked': 'yes' },
  })
  assert.equal(answer.status, 404)
  assert.equal(answer.headers['x-seen'], 'yes')
  assert.equal(answer.text, '/a?info_hash=%00%ffx')
  await clock.advance(1000)
  assert.equal(clock.pendingTimers, 0)
})

test('redirects are followed five times, each as learned from a redirect', async () => {
  const { sim, get } = web(({ url }) => {
    const n = Number(url.searchParams.get('n'))
    return n === 0 ? { body: 'there' } : { status: 302, headers: { location: `/?n=${n - 1}` } }
  })
  assert.equal((await get('http://web.example/?n=5')).text, 'there')
  assert.deepEqual(
    sim.traffic.filter(({ kind }) => kind === 'http').map(({ learnedFrom }) => learnedFrom),
    ['tracker', ...Array.from({ length: 5 }, () => 'redirect')],
  )
  await assert.rejects(get('http://web.example/?n=6'), code('too-many-redirects'))
})

test('a body beyond the cap is too large, one shorter than declared is cut off', async () => {
  const { get } = web(({ target }) =>
    target === '/large'
      ? { body: new Uint8Array(1001) }
      : { body: 'x', headers: { 'content-length': '9' } },
  )
  await assert.rejects(get('http://web.example/large'), code('too-large'))
  await assert.rejects(get('http://web.example/short'), code('closed'))
})

test('a server that never finishes costs the time of the timeout and no more', async () => {
  async function* drip(): AsyncGenerator<Uint8Array> {
    yield utf8Bytes('a')
  }
  const { clock, get } = web(() => ({ body: drip(), finish: 'hang' }))
  await assert.rejects(get('http://web.example/', { timeoutMs: 5000 }), code('timeout'))
  assert.equal(clock.nowMs(), 5000)
})

test('what is not HTTP, and what is not a URL for it, is refused', async () => {
  const { get, sim } = web(() => ({}))
  await sim.host('203.0.113.9').network.listener.listen({ host: '0.0.0.0', port: 80 }, (stream) => {
    stream.write([utf8Bytes('SSH-2.0\r\n\r\n')])
    stream.close()
  })
  await assert.rejects(get('http://203.0.113.9/'), code('bad-answer'))
  await assert.rejects(get('file:///etc/passwd'), code('policy'))
})

test('an aborted request rejects with the reason', async () => {
  const { get } = web(() => ({ delayMs: 10_000 }))
  await assert.rejects(
    get('http://web.example/', { signal: AbortSignal.abort(new Error('no')) }),
    /no/u,
  )
})

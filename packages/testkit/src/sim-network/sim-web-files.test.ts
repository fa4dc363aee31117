import { test } from 'node:test'
import assert from 'node:assert/strict'
import { concatBytes } from '@matinee/base'
import { contentOf } from '../content.ts'
import { FakeClock } from '../fake-clock.ts'
import { SimNetwork } from './sim-network.ts'
import { serveFiles } from './sim-web-files.ts'

test('a web seed answers ranges of its files, and says when there is nothing', async () => {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock })
  const film = contentOf(1, { length: 100_000 })
  sim.host('203.0.113.8').serveHttp(80, serveFiles(new Map([['/a film.mp4', film]])))
  const { network } = sim.host('203.0.113.1')
  const get = async (path: string, range?: string): Promise<[number, Uint8Array]> => {
    const headers = range === undefined ? {} : { range }
    const url = `http://203.0.113.8${path}`
    const response = await network.http.get({
      url,
      learnedFrom: 'metainfo',
      maxBytes: 1e6,
      headers,
    })
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    return [response.status, concatBytes(chunks)]
  }
  const whole = film.bytesAt({ start: 0, end: 100_000 })
  assert.deepEqual(await clock.run(get('/a%20film.mp4')), [200, whole])
  const part = await clock.run(get('/a%20film.mp4', 'bytes=50000-89999'))
  assert.deepEqual(part, [206, whole.slice(50_000, 90_000)])
  assert.equal((await clock.run(get('/a%20film.mp4', 'bytes=100000-')))[0], 416)
  assert.equal((await clock.run(get('/b')))[0], 404)
})

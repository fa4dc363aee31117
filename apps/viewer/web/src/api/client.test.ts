import { test } from 'node:test'
import assert from 'node:assert/strict'
import { CatalogueWait, showsWorks } from './catalogue-wait.ts'
import { EMPTY_QUERY } from './browse-search.ts'
import { ClientError, createClient } from './client.ts'
import { Connection } from './connection-core.ts'

interface Sent {
  readonly path: string
  readonly method: string | undefined
  readonly headers: Headers
}

function serverThat(answer: () => Response | Promise<Response>) {
  const sent: Sent[] = []
  const client = createClient(
    () => 'the-token',
    async (input, init) => {
      sent.push({
        path: typeof input === 'string' ? input : '',
        method: init?.method,
        headers: new Headers(init?.headers),
      })
      return answer()
    },
  )
  return { client, sent }
}

test('every request carries the token, and changes say that they are JSON', async () => {
  const { client, sent } = serverThat(() => Response.json({ done: true }))
  await client.warmWork('a/b', { episodeId: null, releaseId: null })
  assert.equal(sent[0]?.path, '/api/works/a%2Fb/warm')
  assert.equal(sent[0]?.headers.get('authorization'), 'Bearer the-token')
  assert.equal(sent[0]?.headers.get('content-type'), 'application/json')
})

test('a refusal has its code, an answer of another shape is a fault, and nobody there is unreachable', async () => {
  const codeFrom = async (answer: () => Response | Promise<Response>) => {
    try {
      await serverThat(answer).client.programme('en')
      return 'none'
    } catch (error) {
      assert.ok(error instanceof ClientError)
      return error.code
    }
  }
  assert.equal(
    await codeFrom(() => Response.json({ error: { code: 'no-session' } }, { status: 401 })),
    'no-session',
  )
  assert.equal(
    await codeFrom(() => Response.json({ error: { code: 'new-one' } }, { status: 400 })),
    'internal',
  )
  assert.equal(await codeFrom(() => new Response('<html>', { status: 502 })), 'internal')
  assert.equal(await codeFrom(() => Response.json({ carryOn: 'much' })), 'internal')
  assert.equal(await codeFrom(() => Promise.reject(new TypeError('fetch failed'))), 'unreachable')
})

test('a lost server is asked for each second until it is back, and said so once', async () => {
  const timers: (() => void)[] = []
  let isBack = false
  const connection = new Connection({
    health: async () => {
      if (!isBack) throw new ClientError('unreachable')
    },
    after: (_, run) => void timers.push(run),
  })
  const heard: string[] = []
  connection.subscribe(() => heard.push(connection.state))
  connection.lost()
  connection.lost()
  const turn = async (): Promise<void> => {
    timers.splice(0).forEach((run) => run())
    await new Promise((resolve) => setImmediate(resolve))
  }
  await turn()
  await turn()
  assert.deepEqual(heard, ['lost'])
  isBack = true
  await turn()
  assert.deepEqual(heard, ['lost', 'reached'])
  assert.equal(timers.length, 0)
})

test('a question that was given up is no failure of the server: the reason is thrown', async () => {
  const ending = new AbortController()
  const { client } = serverThat(async () => {
    ending.abort()
    throw new DOMException('aborted', 'AbortError')
  })
  await assert.rejects(client.suggest('en', 'lamp', ending.signal), { name: 'AbortError' })
})

test('a browse is asked for with its page and its language', async () => {
  const { client, sent } = serverThat(() =>
    Response.json({ total: 0, works: [], facets: null, correction: null }),
  )
  await client.browse('fr', { ...EMPTY_QUERY, genres: ['silent', 'noir'], offset: 60 })
  assert.equal(sent[0]?.path, '/api/works?genres=silent%2Cnoir&offset=60&limit=60&language=fr')
})

test('while works are being loaded what is shown is asked for again, once each time, and no more when that is over', async () => {
  const timers: (() => void)[] = []
  let isLoading = true
  let asked = 0
  const wait: CatalogueWait = new CatalogueWait({
    askAgain: () => void (asked += 1),
    after: (_, run) => void timers.push(run),
  })
  const client = createClient(
    () => null,
    async () =>
      Response.json(
        { error: { code: 'not-found' } },
        { status: 404, headers: isLoading ? { 'matinee-catalogue': 'loading' } : {} },
      ),
    () => wait.heard(),
  )
  const look = async (): Promise<void> => {
    await assert.rejects(client.work('en', 'a'), { code: 'not-found' })
    await assert.rejects(client.list('en', 'b'), { code: 'not-found' })
  }
  await look()
  assert.equal(timers.length, 1)
  timers.splice(0).forEach((run) => run())
  await look()
  assert.equal(timers.length, 1)
  isLoading = false
  timers.splice(0).forEach((run) => run())
  await look()
  assert.deepEqual([asked, timers.length], [2, 0])
  assert.ok(showsWorks(['list', 'en', 'b']) && !showsWorks(['settings']))
})

import { paths } from '#api'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestViewer } from './open-test-viewer.ts'
import { rawRequest } from './raw-client.ts'

test('W2: no method changes anything unless the browser says that our own page asks', async () => {
  await using viewer = await openTestViewer()
  const { port } = viewer
  const token = await viewer.letIn()
  const own = `http://127.0.0.1:${port}`
  const strangers: readonly (readonly (readonly [string, string])[])[] = [
    [],
    [['Origin', 'null']],
    [['Origin', 'https://evil.example']],
    [['Origin', `http://127.0.0.1:${port + 1}`]],
    [['Origin', `https://127.0.0.1:${port}`]],
    [['Sec-Fetch-Site', 'cross-site']],
    [['Sec-Fetch-Site', 'same-site']],
    [
      ['Sec-Fetch-Site', 'cross-site'],
      ['Origin', own],
    ],
    [
      ['Sec-Fetch-Site', 'same-origin'],
      ['Origin', 'https://evil.example'],
    ],
  ]
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
    for (const origin of strangers) {
      const answer = await rawRequest(
        port,
        `${method} ${paths.playWork('test-film')}`,
        [
          ['Host', `127.0.0.1:${port}`],
          ['Authorization', `Bearer ${token}`],
          ['Content-Type', 'application/json'],
          ...origin,
        ],
        '{}',
      )
      assert.equal(answer.status, method === 'PROPFIND' ? 405 : 403, `${method} ${origin.join()}`)
    }
  assert.equal(viewer.opened(), 0)
  // What our own pages send, and browsers that know only one of the two headers.
  const ours: readonly (readonly (readonly [string, string])[])[] = [
    [['Origin', own]],
    [['Sec-Fetch-Site', 'same-origin']],
    [
      ['Origin', own],
      ['Sec-Fetch-Site', 'same-origin'],
    ],
  ]
  for (const [at, origin] of ours.entries()) {
    const answer = await rawRequest(
      port,
      `POST ${paths.playWork('test-film')}`,
      [
        ['Host', `127.0.0.1:${port}`],
        ['Authorization', `Bearer ${token}`],
        ['Content-Type', 'application/json'],
        ...origin,
      ],
      '{}',
    )
    assert.equal(answer.status, 200, origin.join())
    assert.equal(viewer.opened(), at + 1)
  }
})

test('W2: what a form, a beacon or a fetch without CORS can send changes nothing, even with the token', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const types = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    '',
  ]
  for (const type of types) {
    const answer = await rawRequest(
      viewer.port,
      `POST ${paths.playWork('test-film')}`,
      [
        ['Host', `127.0.0.1:${viewer.port}`],
        ['Origin', `http://127.0.0.1:${viewer.port}`],
        ['Authorization', `Bearer ${token}`],
        ...(type === '' ? [] : [['Content-Type', type] as const]),
      ],
      '{}',
    )
    assert.equal(answer.status, 403, type)
  }
  assert.equal(viewer.opened(), 0)
})

test('W2: without the token nothing changes and nothing is told', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const presented of ['', wrong, 'x'.repeat(5000)]) {
    assert.equal((await viewer.ask('POST', paths.playWork('test-film'), presented)).status, 403)
    assert.equal((await viewer.ask('DELETE', paths.session, presented)).status, 403)
    assert.equal((await viewer.ask('GET', paths.works, presented)).status, 401)
  }
  assert.equal(viewer.opened(), 0)
  assert.equal((await viewer.ask('GET', paths.works, token)).status, 200)
})

test('our own page opens a film, reads what the swarm does, and closes it', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const { streamId, mediaPath } = await viewer.openFilm(token)
  assert.equal(viewer.opened(), 1)
  const status = await viewer.ask('GET', paths.streamStatus(streamId), token)
  assert.equal(status.status, 200)
  assert.match(status.text, /"kind":"live"/u)
  assert.equal((await viewer.ask('GET', mediaPath, '')).status, 200)
  assert.equal((await viewer.ask('DELETE', paths.stream(streamId), token)).status, 200)
  assert.equal((await viewer.ask('GET', paths.streamStatus(streamId), token)).status, 404)
  assert.equal(
    (await viewer.ask('GET', mediaPath, '')).status,
    404,
    'the address died with the stream',
  )
})

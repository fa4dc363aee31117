import { paths } from '#api'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { PAGE_SHELL, openTestViewer } from './open-test-viewer.ts'
import { exchange, parseAnswer, rawRequest } from './raw-client.ts'

test('W1: every route answers a foreign Host with 421 and no body, WebSocket upgrades included', async () => {
  await using viewer = await openTestViewer()
  const { port } = viewer
  const token = await viewer.letIn()
  const { mediaPath } = await viewer.openFilm(token)
  const hosts = [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port}.evil.example`,
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.2:${port}`,
    `localhost.:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `0.0.0.0:${port}`,
    '',
  ]
  const api = Object.values(paths).map((path) =>
    typeof path === 'string' ? path : path('x', 0 as number & string),
  )
  const routes = ['/', '/work/x', '/assets/main-1a2b3c.js', mediaPath, '/no', ...api]
  const refused = async (line: string, host: string): Promise<void> => {
    const answer = await rawRequest(port, line, [
      ['Host', host],
      ['Authorization', `Bearer ${token}`],
      ['Content-Type', 'application/json'],
      ['Sec-Fetch-Site', 'same-origin'],
    ])
    assert.equal(answer.status, 421, `${host} ${line}`)
    assert.equal(answer.body.length, 0, `${host} ${line}`)
  }
  for (const host of hosts) for (const route of routes) await refused(`GET ${route}`, host)
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
    for (const route of routes) await refused(`${method} ${route}`, `evil.example:${port}`)
  assert.equal(viewer.opened(), 1)
  const upgrade = await rawRequest(port, 'GET /api/works', [
    ['Host', 'evil.example'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Version', '13'],
  ])
  assert.equal(upgrade.status, 421)
})

test('W1: two Host headers, one of them right, are refused', async () => {
  await using viewer = await openTestViewer()
  const answer = await rawRequest(viewer.port, 'GET /', [
    ['Host', `127.0.0.1:${viewer.port}`],
    ['Host', 'evil.example'],
  ])
  assert.ok(answer.status === 421 || answer.status === 400, String(answer.status))
  assert.equal(answer.body.includes(PAGE_SHELL), false)
})

test('W1: an absolute target on another host is refused though Host is right', async () => {
  await using viewer = await openTestViewer()
  const answer = await rawRequest(viewer.port, 'GET http://evil.example/', [
    ['Host', `127.0.0.1:${viewer.port}`],
  ])
  assert.equal(answer.status, 400)
})

test('our three names are let in, and a request of HTTP/1.0 without a name is not', async () => {
  await using viewer = await openTestViewer()
  for (const name of ['127.0.0.1', '[::1]', 'localhost']) {
    const answer = await rawRequest(viewer.port, 'GET /', [['Host', `${name}:${viewer.port}`]])
    assert.equal(answer.status, 200, name)
    assert.ok(answer.text.includes(PAGE_SHELL))
  }
  const old = parseAnswer(await exchange(viewer.port, 'GET / HTTP/1.0\r\n\r\n'))
  assert.equal(old.status, 421)
})

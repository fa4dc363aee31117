import { paths, TOKEN_HEADER } from '#api'
import { openLog } from '@matinee/viewer'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openTestViewer } from './open-test-viewer.ts'
import { rawRequest } from './raw-client.ts'

const EVERYWHERE = ['/', '/work/x', '/assets/main-1a2b3c.js', '/api/health', '/nothing'] as const

test('W5: no answer shares its window with a stranger that opened it', async () => {
  await using viewer = await openTestViewer()
  for (const path of EVERYWHERE) {
    const { headers } = await viewer.ask('GET', path, '')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', path)
  }
})

test('W6: nobody gets a socket, and a stream of events only by the session’s token', async () => {
  await using viewer = await openTestViewer()
  const { port } = viewer
  await viewer.letIn()
  for (const origin of ['https://evil.example', `http://127.0.0.1:${port + 1}`, 'null']) {
    const strange: [string, string][] = [
      ['Host', `127.0.0.1:${port}`],
      ['Origin', origin],
    ]
    for (const path of ['/', paths.works, paths.shelf, '/media/x/0']) {
      const socket = await rawRequest(port, `GET ${path}`, [
        ...strange,
        ['Connection', 'Upgrade'],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ])
      assert.equal(socket.status, 403, path)
      assert.equal(socket.headers.has('sec-websocket-accept'), false)
    }
    for (const path of [paths.works, paths.shelf, paths.streamStatus('x')]) {
      const events = await rawRequest(port, `GET ${path}`, [
        ...strange,
        ['Accept', 'text/event-stream'],
      ])
      assert.equal(events.status, 401, path)
    }
  }
})

test('W9: no address of ours leaves by a referrer, and a film’s address not by the log', async () => {
  const lines: string[] = []
  await using viewer = await openTestViewer({ log: openLog('debug', (line) => lines.push(line)) })
  const token = await viewer.letIn()
  const { mediaPath } = await viewer.openFilm(token)
  for (const path of [...EVERYWHERE, mediaPath, `${mediaPath}x`]) {
    const { headers } = await viewer.ask('GET', path, '')
    assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
  }
  const secret = mediaPath.split('/')[2] ?? ''
  assert.ok(secret.length >= 22)
  assert.equal(
    lines.some((line) => line.includes(secret)),
    false,
  )
})

test('W10: a page from a file, or of an extension, changes nothing even with the token', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  for (const origin of ['null', 'file://', 'chrome-extension://abcdefghijklmnop'])
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const answer = await rawRequest(
        viewer.port,
        `${method} ${paths.playWork('test-film')}`,
        [
          ['Host', `127.0.0.1:${viewer.port}`],
          ['Origin', origin],
          ['Content-Type', 'application/json'],
          [TOKEN_HEADER, `Bearer ${token}`],
        ],
        '{}',
      )
      assert.equal(answer.status, 403, `${method} ${origin}`)
    }
  assert.equal(viewer.opened(), 0)
})

test('W10: a service worker that another program left on this port is forgotten with all it kept', async () => {
  await using viewer = await openTestViewer()
  const host = ['Host', `127.0.0.1:${viewer.port}`] as const
  for (const path of ['/', '/sw.js', '/assets/main-1a2b3c.js', '/api/health', '/nothing']) {
    const answer = await rawRequest(viewer.port, `GET ${path}`, [
      host,
      ['Service-Worker', 'script'],
    ])
    assert.equal(answer.status, 404, path)
    assert.equal(answer.headers.get('clear-site-data'), '"cache", "storage"', path)
  }
})

test('W10: a page of an earlier version is never shown: the shell is asked for each time', async () => {
  await using viewer = await openTestViewer()
  for (const path of ['/', '/work/x', '/settings']) {
    const { headers } = await viewer.ask('GET', path, '')
    assert.equal(headers.get('cache-control'), 'no-cache', path)
  }
})

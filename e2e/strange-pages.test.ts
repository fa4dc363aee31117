import { test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { openChromium } from './chromium.ts'
import { enter, openContext, openStagedViewer } from './player-stage.ts'
import { openStranger } from './stranger.ts'

test('W5: a page that opened ours has no hold on it, and what it says to it changes nothing', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  await using stranger = await openStranger('127.0.0.1')
  const context = await openContext(chromium.browser)
  const own = await context.newPage()
  await enter(own, opened.viewer, '/')
  await own.locator('.hero').waitFor()
  const page = await context.newPage()
  await page.goto(stranger.page(''))
  const popup = context.waitForEvent('page')
  await page.evaluate((url) => {
    Object.assign(globalThis, { ours: open(url) })
  }, opened.viewer.url)
  const ours = await popup
  await ours.locator('.hero').waitFor()
  const title = await ours.title()
  const hold = await page.evaluate(() => {
    const { ours: held } = globalThis as unknown as { ours: Window | null }
    const shapes: unknown[] = ['play', { kind: 'seek' }, { type: 'token' }, [1], null, 0, true]
    for (let round = 0; round < 50; round++) held?.postMessage(shapes[round % shapes.length], '*')
    new BroadcastChannel('matinee').postMessage('token')
    return { isClosed: held?.closed ?? true, frames: held?.length ?? 0 }
  })
  assert.deepEqual(hold, { isClosed: true, frames: 0 })
  assert.equal(await ours.evaluate(() => globalThis.opener as unknown), null)
  assert.equal(await ours.title(), title)
  assert.equal(await ours.locator('video').count(), 0)
  assert.equal(
    await ours.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    0,
  )
})

test('W6: a page of another origin gets neither a socket nor a stream of events', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  for (const host of ['127.0.0.1', 'localhost']) {
    await using stranger = await openStranger(host)
    const page = await (await openContext(chromium.browser)).newPage()
    await page.goto(stranger.page(''))
    const outcomes = await page.evaluate(async (home) => {
      const outcome = (source: WebSocket | EventSource): Promise<string> =>
        new Promise((resolve) => {
          for (const event of ['open', 'message', 'error'])
            source.addEventListener(event, () => {
              source.close()
              resolve(event)
            })
        })
      return Promise.all([
        outcome(new WebSocket(home.replace('http', 'ws'))),
        outcome(new WebSocket(`${home.replace('http', 'ws')}api/shelf`)),
        outcome(new EventSource(`${home}api/shelf`)),
      ])
    }, opened.viewer.url)
    assert.deepEqual(outcomes, ['error', 'error', 'error'], host)
  }
})

test('W1: a page whose name was rebound to this computer gets 421 for everything, and not a byte', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium([
    '--host-resolver-rules=MAP rebound.example 127.0.0.1',
    '--disable-features=LocalNetworkAccessChecks',
  ])
  const { port } = opened.viewer
  const context = await openContext(chromium.browser)
  const own = await context.newPage()
  await enter(own, opened.viewer, '/work/starter.test-reel')
  await own
    .getByRole('button', { name: /^(?:Play|Resume)/u })
    .first()
    .click()
  await own.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2)
  const known = await own.evaluate(() => ({
    film: new URL(document.querySelector('video')?.src ?? '').pathname,
    script: new URL(document.querySelector('script')?.src ?? '').pathname,
    token: localStorage.getItem('matinee.token') ?? '',
  }))
  const page = await context.newPage()
  // Chromium shows a page of its own for an answer without a body.
  const first = page.waitForResponse(`http://rebound.example:${port}/`)
  await page.goto(`http://rebound.example:${port}/`).catch(() => undefined)
  assert.equal((await first).status(), 421)
  // What the attacker's page does once the name means this computer; the page itself came before.
  await page.route(`http://rebound.example:${port}/before`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>stranger</title>' }),
  )
  await page.goto(`http://rebound.example:${port}/before`)
  const answers = await page.evaluate(async ({ film, script, token }) => {
    const headers = { authorization: `Bearer ${token}` }
    const json = { ...headers, 'content-type': 'application/json' }
    const asks: readonly (readonly [string, RequestInit])[] = [
      ['/', {}],
      ['/api/health', {}],
      ['/api/works', { headers }],
      ['/api/shelf', { headers }],
      [film, {}],
      [script, {}],
      ['/api/works/starter.test-reel/play', { method: 'POST', headers: json, body: '{}' }],
      ['/api/session', { method: 'DELETE', headers: json, body: '{}' }],
    ]
    const found: string[] = []
    for (const [path, init] of asks) {
      const answer = await fetch(path, init)
      found.push(`${answer.status} ${(await answer.text()).length}`)
    }
    const socket = new WebSocket(`ws://${location.host}/api/shelf`)
    const outcome = await new Promise<string>((resolve) => {
      socket.addEventListener('open', () => resolve('open'))
      socket.addEventListener('error', () => resolve('refused'))
    })
    return [...new Set(found), outcome]
  }, known)
  assert.deepEqual(answers, ['421 0', 'refused'])
  await own.reload()
  await own.locator('.slip').waitFor()
})

/** What another program may have left: a page, and a service worker that answers for it for ever. */
const LEFT_PAGE = `<!doctype html><title>left</title><script>
localStorage.setItem('left', 'yes')
navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)
  .then(() => { document.title = 'left, and stays' })
</script>`
const LEFT_WORKER = `
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => event.respondWith(
  new Response('<title>left</title>', { headers: { 'content-type': 'text/html' } })))`

test('W10: a service worker that another program left on our port is gone after the first page', async () => {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/sw.js'
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html')
    response.end(isWorker ? LEFT_WORKER : LEFT_PAGE)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await page.goto(`http://127.0.0.1:${port}/`)
  await page.waitForFunction(() => document.title === 'left, and stays')
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  await using opened = await openStagedViewer({ port })
  // A worker may answer once more; behind it the browser asks us whether it's still the right one.
  for (let tries = 0; (await page.title()).startsWith('left') && tries < 10; tries++) {
    await page.goto('about:blank')
    await page.goto(opened.viewer.newLaunchUrl())
    // Chromium asks a second after a page was loaded.
    await page.waitForTimeout(2500)
  }
  await page.locator('.hero').waitFor()
  const rest = await page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    left: localStorage.getItem('left'),
  }))
  assert.deepEqual(rest, { workers: 0, left: null })
})

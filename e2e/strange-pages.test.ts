import { test } from 'node:test'
import assert from 'node:assert/strict'
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

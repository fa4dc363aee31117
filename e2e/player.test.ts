import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import {
  REEL,
  axeFinds,
  drop,
  enter,
  openContext,
  openStagedViewer,
  play,
  plays,
  positionOf,
} from './player-stage.ts'

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The button of the controls. */
function button(page: Page, name: string) {
  return page.locator('.stage').getByRole('button', { name, exact: true })
}

test('a film goes on where it was left, and from its start when that is asked', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, REEL)
  await play(page)
  await page.keyboard.press('4')
  await plays(page, 24)
  await page.waitForTimeout(1200)
  const kept = page.waitForRequest((request) => request.url().endsWith('/api/shelf/progress'))
  await page.keyboard.press('k')
  const { seconds } = (await kept).postDataJSON() as { seconds: number }
  assert.ok(seconds >= 24 && seconds < 40, `${seconds}`)
  await page.goto(new URL(REEL, opened.viewer.url).href)
  await play(page)
  assert.ok((await positionOf(page)) >= seconds - 0.5)
  await page.getByText('Goes on at 0:').waitFor()
  await button(page, 'From the start').click()
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 99) < 5)
})

test('keys work the film as on YouTube and in mpv, and ? says so', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  const complaints = complaintsOf(page)
  await enter(page, opened.viewer, REEL)
  await play(page)
  const video = page.locator('video')
  const read = <Name extends 'playbackRate' | 'muted' | 'paused'>(name: Name) =>
    video.evaluate((element, key) => (element as HTMLVideoElement)[key], name)
  await page.keyboard.press('k')
  await page.waitForFunction(() => document.querySelector('video')?.paused)
  const before = await positionOf(page)
  await page.keyboard.press('.')
  await page.waitForFunction(
    (at) => (document.querySelector('video')?.currentTime ?? 0) > at,
    before,
  )
  assert.ok((await positionOf(page)) - before < 0.1, 'one picture')
  await page.keyboard.press('>')
  assert.equal(await read('playbackRate'), 1.25)
  await page.keyboard.press('[')
  await page.keyboard.press('[')
  assert.equal(await read('playbackRate'), 1.05)
  await page.keyboard.press('m')
  assert.equal(await read('muted'), true)
  await page.keyboard.press('PageUp')
  await page.waitForFunction(() => document.querySelector('video')?.currentTime === 8)
  await page.keyboard.press('i')
  await page.getByText('1280 × 720').waitFor()
  await page.keyboard.press('v')
  await page.locator('.caption-line').first().waitFor()
  await page.keyboard.press('x')
  await button(page, 'Subtitles').click()
  await page.getByText('0.05 s later').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard keys' }).waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.deepEqual(complaints, [])
})

test('the viewer’s own subtitles come by drop, in their own charset; a bad file is explained', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  const complaints = complaintsOf(page)
  await enter(page, opened.viewer, REEL)
  await play(page)
  await page.keyboard.press('k')
  const srt = '1\r\n00:00:00,000 --> 00:01:00,000\r\nC’est l’été à Noël, déjà.\r\n'
  // Windows-1252: but for the apostrophe these are the first letters of Unicode.
  const windows = Uint8Array.from({ length: srt.length }, (_, at) =>
    srt[at] === '’' ? 0x92 : srt.charCodeAt(at),
  )
  await drop(page, 'mine.srt', windows)
  await page.getByText('C’est l’été à Noël, déjà.').waitFor()
  await button(page, 'Subtitles').click()
  await page.getByText('your file, windows-1252').waitFor()
  await drop(page, 'mine.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))
  await page.getByText('“mine.zip” is an archive.').waitFor()
  await page.getByText('C’est l’été à Noël, déjà.').waitFor()
  await drop(page, 'letter.txt', bytesOf('Dear all,\n'))
  await page.getByText('“letter.txt” isn’t an SRT, VTT or ASS file.').waitFor()
  assert.deepEqual(complaints, [])
})

test('S2: styles of a WebVTT file are dropped: no address in them is asked', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, REEL)
  await play(page)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const style = 'STYLE\n::cue { background: url(http://127.0.0.1:9/spy.png) }\n'
  const region = 'REGION\nid:a\nwidth:url(http://127.0.0.1:9/spy2.png)\n'
  const cue = '00:00:00.000 --> 00:01:00.000\nSeen\n'
  await drop(page, 'styled.vtt', bytesOf(`WEBVTT\n\n${style}\n${region}\n${cue}`))
  await page.locator('.caption-line', { hasText: 'Seen' }).waitFor()
  await page.waitForTimeout(300)
  assert.deepEqual(
    asked.filter((url) => url.includes('spy')),
    [],
  )
})

test('the film goes on in its corner while the viewer browses, and comes back by a click', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, '/')
  await page.locator(`a[href="${REEL}"]`).first().click()
  await play(page)
  await page.locator('video').evaluate((video) => video.setAttribute('data-first', 'yes'))
  await page.goBack()
  await page.locator('.player-host[data-mode="mini"]').waitFor()
  const at = await positionOf(page)
  await plays(page, at)
  await page.keyboard.press(' ')
  await plays(page, await positionOf(page))
  await page.locator('video').click()
  await page.locator('.player-host[data-mode="full"]').waitFor()
  assert.equal(await page.locator('video[data-first="yes"]').count(), 1, 'the same element')
  await page.keyboard.press('t')
  await page.locator('.player-host[data-mode="mini"]').waitFor()
  await page.getByRole('button', { name: 'Close the film' }).click()
  assert.equal(await page.locator('video').count(), 0)
})

test('A24: a storm of seeks ends where the last one went, with few requests', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, REEL)
  await play(page)
  let requests = 0
  page.on('request', (request) => void (requests += Number(request.url().includes('/media/'))))
  for (let round = 0; round < 40; round++)
    for (const key of ['7', '1', '5', '2', '8']) await page.keyboard.press(key)
  await page.keyboard.press('3')
  await plays(page, 18)
  assert.ok((await positionOf(page)) < 25)
  assert.ok(requests <= 60, `${requests} requests for 201 seeks`)
})

test('two taps at a side leap there; one tap shows or hides the controls', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const context = await openContext(chromium.browser, { width: 390, isTouch: true })
  const page = await context.newPage()
  await enter(page, opened.viewer, REEL)
  await play(page)
  const stage = page.locator('.stage')
  await page.touchscreen.tap(200, 420)
  await page.touchscreen.tap(340, 420)
  await page.touchscreen.tap(340, 420)
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) >= 10)
  assert.equal(await page.locator('video').evaluate((v) => (v as HTMLVideoElement).paused), false)
  await page.waitForTimeout(400)
  const shown = await stage.getAttribute('data-controls')
  await page.touchscreen.tap(195, 420)
  assert.notEqual(await stage.getAttribute('data-controls'), shown)
})

test('axe finds nothing in any state of the player, on a desk and on a phone', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  for (const width of [1440, 390]) {
    const context = await openContext(chromium.browser, { width, forAxe: true })
    const page = await context.newPage()
    await enter(page, opened.viewer, REEL)
    await play(page)
    await page.keyboard.press('k')
    await page.keyboard.press('c')
    const check = async (state: string): Promise<void> =>
      assert.deepEqual(await axeFinds(page), [], `${state} at ${width}`)
    await check('controls')
    await button(page, 'Subtitles').click()
    await page.getByText('Size and look').click()
    await check('subtitles')
    await page.keyboard.press('Escape')
    await button(page, 'More').click()
    await check('more')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await check('keys')
    await page.keyboard.press('Escape')
    await page.keyboard.press('i')
    await page.getByText('1280 × 720').waitFor()
    await check('statistics')
    await page.keyboard.press('t')
    await check('small')
    await context.close()
  }
})

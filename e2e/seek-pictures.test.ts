import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFrameNumber } from '@matinee/testkit'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { DESK, FILMED, enterPlayhouse, goTo, openPlayhouse } from './journeys/playhouse.ts'
import { play } from './player-stage.ts'

/** Made films have so many frames in a second. */
const FRAME_RATE = 24
/** A picture stands for so long in a short film. */
const STEP_SECONDS = 2

test('the time line shows what is where it is pointed at, from the release’s own pictures', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  const complaints = complaintsOf(page)
  await goTo(page, playhouse, FILMED.saltClock)
  await play(page)
  await page.keyboard.press('k')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const bar = page.locator('.seek-bar')
  const box = await bar.boundingBox()
  assert.ok(box !== null)
  for (const part of [0.26, 0.8, 0.5]) {
    await page.mouse.move(box.x + part * box.width, box.y + box.height / 2)
    const number = await pictureNumber(page)
    assert.ok(number !== null, 'a picture whose number can be read')
    const off = part * 36 - number / FRAME_RATE
    assert.ok(off >= -0.1 && off <= STEP_SECONDS + 0.1, `${off} s from what is pointed at`)
  }
  assert.equal(asked.filter((path) => path.endsWith('/pictures')).length, 1)
  await page.mouse.move(box.x, box.y - 200)
  await page.locator('.seek-preview').waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('an episode has its own pictures', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  await goTo(page, playhouse, FILMED.nightFerry)
  await play(page)
  await page.keyboard.press('k')
  const bar = page.locator('.seek-bar')
  const box = await bar.boundingBox()
  assert.ok(box !== null)
  await page.mouse.move(box.x + 0.5 * box.width, box.y + box.height / 2)
  const number = await pictureNumber(page)
  assert.ok(number !== null && Math.abs(number / FRAME_RATE - 4) <= STEP_SECONDS)
})

/** The number of the frame that is shown above the time line; `null` = it can't be read. */
async function pictureNumber(page: Page): Promise<number | null> {
  const image = page.locator('.seek-picture img')
  await image.waitFor()
  const { pixels, width, height } = await image.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('no picture')
    await element.decode()
    const frame = element.parentElement
    if (frame === null) throw new Error('no frame')
    const shown = frame.getBoundingClientRect()
    const sheet = element.getBoundingClientRect()
    const canvas = new OffscreenCanvas(Math.round(shown.width), Math.round(shown.height))
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    // As it stands on the screen: where the sheet lies below its frame.
    context.drawImage(element, sheet.x - shown.x, sheet.y - shown.y, sheet.width, sheet.height)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { pixels: [...data], width: canvas.width, height: canvas.height }
  })
  return readFrameNumber(new Uint8Array(pixels), width, height)
}

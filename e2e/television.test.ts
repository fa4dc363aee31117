import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { DESK, FILMED, enterPlayhouse, goTo, openPlayhouse } from './journeys/playhouse.ts'
import { plays, positionOf } from './player-stage.ts'

/** The name of what has the focus, and where it is. */
function focused(page: Page): Promise<{ readonly text: string; readonly top: number }> {
  return page.evaluate(() => {
    const element = document.activeElement
    const box = element?.getBoundingClientRect()
    const text = element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    return { text, top: Math.round(box?.top ?? 0) }
  })
}

test('with nothing but arrows and Enter, somebody on a sofa finds a film, plays it and comes back', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  await page.setViewportSize({ width: 1920, height: 1080 })
  const complaints = complaintsOf(page)
  await page.goto(new URL('/?tv', playhouse.viewer.url).href)
  await page.locator('.poster-card').first().waitFor()
  await page.waitForFunction(() => document.documentElement.dataset['mode'] === 'tv')
  // Down the page, something else each time, and never out of sight.
  const seen = new Set<string>()
  for (let step = 0; step < 6; step++) {
    await page.keyboard.press('ArrowDown')
    await page.waitForTimeout(400)
    const { text, top } = await focused(page)
    assert.ok(top >= 0 && top < 1080, `${text} is at ${top}`)
    seen.add(text)
  }
  assert.ok(seen.size >= 4, [...seen].join(' | '))
  await page.waitForFunction(() => document.activeElement?.matches('a, button'))

  await goTo(page, playhouse, FILMED.saltClock)
  const play = page.getByRole('button', { name: /^Play/u }).first()
  await play.waitFor()
  for (let step = 0; step < 12; step++) {
    if (await play.evaluate((button) => button === document.activeElement)) break
    await page.keyboard.press(step % 4 === 3 ? 'ArrowLeft' : 'ArrowDown')
    await page.waitForTimeout(150)
  }
  assert.ok(await play.evaluate((button) => button === document.activeElement), 'reached by arrows')
  await page.keyboard.press('Enter')
  await plays(page)
  const before = await positionOf(page)
  await page.keyboard.press('ArrowRight')
  await page.waitForFunction(
    (from) => (document.querySelector('video')?.currentTime ?? 0) > from + 4,
    before,
  )
  // From the picture down to the controls, and along them.
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.closest('.stage') !== null)
  const first = await focused(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.waitForTimeout(100)
  assert.notDeepEqual(await focused(page), first)
  assert.deepEqual(complaints, [])
})

test('a gamepad works the pages', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  // No gamepad is plugged in here: its presses are made up, as the browser would report them.
  await page.addInitScript(() => {
    const pressed = new Set<number>()
    const pad = () => ({
      index: 0,
      axes: [0, 0, 0, 0],
      buttons: Array.from({ length: 17 }, (_, at) => ({ pressed: pressed.has(at) })),
    })
    Object.defineProperty(navigator, 'getGamepads', { value: () => [pad()] })
    Object.assign(globalThis, {
      pressPad: async (button: number) => {
        pressed.add(button)
        await new Promise((resolve) => setTimeout(resolve, 100))
        pressed.delete(button)
        await new Promise((resolve) => setTimeout(resolve, 100))
      },
    })
  })
  await goTo(page, playhouse, FILMED.saltClock)
  await page.evaluate(() => dispatchEvent(new Event('gamepadconnected')))
  await page.waitForFunction(() => document.documentElement.dataset['mode'] === 'tv')
  const press = (button: number) =>
    page.evaluate(
      (at) => (globalThis as unknown as { pressPad(button: number): Promise<void> }).pressPad(at),
      button,
    )
  const play = page.getByRole('button', { name: /^Play/u }).first()
  for (let step = 0; step < 12; step++) {
    if (await play.evaluate((button) => button === document.activeElement)) break
    await press(step % 4 === 3 ? 14 : 13)
  }
  await press(0)
  await plays(page)
  await press(9)
  await page.waitForFunction(() => document.querySelector('video')?.paused)
  await press(1)
  await page.waitForFunction(
    () => document.querySelector('.player-host:not([data-mode="mini"]) video') === null,
  )
})

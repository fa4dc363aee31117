import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import { enterPlayhouse, FILMED, goTo, openPlayhouse, type Playhouse } from './playhouse.ts'

/** English turned round, and longer: what a language from right to left needs of the layout. */
const PSEUDO = 'language=qps-rtl'

/** Text boxes that hide a part of what they say, and whether the page itself scrolls sideways. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    const sideways =
      scrollWidth > clientWidth ? [`the page scrolls: ${scrollWidth} of ${clientWidth}`] : []
    const cut: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      const says = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
      const box = element.getBoundingClientRect()
      // What is only read aloud is a pixel wide; a title of two lines on the small player may end in dots.
      if (!says || box.width <= 2 || box.height <= 2) continue
      if (element.closest('.for-readers, .row-cards, svg, select, .seek-bar') !== null) continue
      const style = getComputedStyle(element)
      const name = `${element.tagName} .${element.className}: ${element.textContent ?? ''}`
      if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
        cut.push(`hidden in ${name}`)
      else if (box.right > clientWidth + 1 || box.left < -1) {
        const scroller = element.closest<HTMLElement>('[role=tablist], .chips')
        if (scroller === null && style.position !== 'absolute') cut.push(`past the edge, ${name}`)
      }
    }
    return [...sideways, ...cut]
  })
}

async function look(page: Page, playhouse: Playhouse, path: string, wait: string): Promise<void> {
  await goTo(page, playhouse, `${path}${path.includes('?') ? '&' : '?'}${PSEUDO}`)
  await page.locator(wait).first().waitFor()
  await page.waitForFunction(() => document.documentElement.dir === 'rtl')
  await page.evaluate(() => document.fonts.ready.then(() => null))
  const shots = process.env['MATINEE_SHOTS']
  if (shots !== undefined) {
    const name = path.replaceAll(/\W+/gu, '-')
    await page.screenshot({ path: `${shots}/rtl${name}-${page.viewportSize()?.width ?? 0}.png` })
  }
}

test('from right to left, pages begin at the right, nothing is cut off, and the time line runs on as it did', async (t) => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  for (const width of [1440, 390] as const)
    await t.test(`${width} wide`, async () => {
      const page = await enterPlayhouse(chromium.browser, playhouse, { language: 'en', width })
      const complaints = complaintsOf(page)
      const left = (selector: string): Promise<number> =>
        page
          .locator(selector)
          .first()
          .evaluate((element) => element.getBoundingClientRect().left)

      await look(page, playhouse, '/', '.poster-card')
      assert.ok((await left('.wordmark')) > width / 2, 'the wordmark is at the right')
      assert.deepEqual(await cutOff(page), [])
      const [first, second] = await page
        .locator('.row-cards')
        .first()
        .locator('li')
        .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().left))
      assert.ok((first ?? 0) > (second ?? 0), 'rows begin at the right')
      if (width === 1440)
        assert.ok(
          (await left('.hero-picture')) < (await left('.hero-title')),
          'the cut is mirrored',
        )

      await look(page, playhouse, FILMED.saltClock, '.slip')
      assert.deepEqual(await cutOff(page), [])
      await look(page, playhouse, '/search?text=lamps', 'main h2')
      assert.deepEqual(await cutOff(page), [])
      await look(page, playhouse, '/settings', 'main select')
      assert.deepEqual(await cutOff(page), [])

      await look(page, playhouse, FILMED.saltClock, '.hero-acts .button')
      await page.locator('.hero-acts button').first().click()
      await plays(page)
      await page.keyboard.press('k')
      await page.mouse.move(100, 200)
      await page.locator('.seek-bar').waitFor()
      assert.ok((await left('.stage-top .icon-button')) > width / 2, 'the way back is at the right')
      const bar = page.locator('.seek-bar')
      const box = await bar.boundingBox()
      assert.ok(box !== null)
      await bar.click({ position: { x: box.width * 0.75, y: box.height / 2 } })
      await page.waitForFunction(
        () => {
          const video = document.querySelector('video')
          return video !== null && video.currentTime > video.duration * 0.6
        },
        undefined,
        { timeout: 15_000 },
      )
      const handle = await left('.seek-handle')
      assert.ok(handle > box.x + box.width * 0.6, 'what has been seen is at the left of the handle')
      assert.deepEqual(await cutOff(page), [])
      const shots = process.env['MATINEE_SHOTS']
      if (shots !== undefined) await page.screenshot({ path: `${shots}/rtl-player-${width}.png` })
      assert.deepEqual(complaints, [])
      await page.context().close()
    })
})

import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

/** The server whose pages are taken. */
interface Viewer {
  readonly url: string
  newLaunchUrl(): string
}

const WIDTHS = [390, 768, 1440, 1920] as const

/** Takes the posters side by side, and the page of the design at four widths in both rooms, into a folder. */
export async function takePosterSheet(
  browser: Browser,
  viewer: Viewer,
  folder: string,
): Promise<void> {
  const sheet = await openAt(browser, viewer, '?posters', 1600, 'dark')
  await sheet.locator('.poster-sheet svg').nth(20).waitFor()
  await sheet.locator('.poster-sheet').screenshot({ path: join(folder, 'poster-sheet.png') })
  await sheet.context().close()
  for (const width of WIDTHS)
    for (const scheme of ['dark', 'light'] as const) {
      const page = await openAt(browser, viewer, '', width, scheme)
      const room = page.locator(scheme === 'dark' ? '.room.house' : '.room.sheet')
      await room.evaluate((element) => element.scrollIntoView())
      await room.locator('.hero svg').first().waitFor()
      await room.locator('.row').evaluate((element) => element.scrollIntoView({ block: 'center' }))
      await room.locator('.row .poster svg').nth(1).waitFor()
      await page.waitForTimeout(200)
      await page.screenshot({ path: join(folder, `design-${width}-${scheme}.png`) })
      await page.context().close()
    }
}

async function openAt(
  browser: Browser,
  viewer: Viewer,
  query: string,
  width: number,
  colorScheme: 'dark' | 'light',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 1400 },
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(viewer.newLaunchUrl())
  await page.waitForFunction(() => location.hash === '' && localStorage.length > 0)
  await page.goto(`${viewer.url}design${query}`)
  await page.locator('.design-page, .poster-sheet').waitFor()
  await page.evaluate(() => document.fonts.ready)
  return page
}

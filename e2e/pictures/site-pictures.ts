import type { Browser } from 'playwright-core'
import { openSite } from '../open-site.ts'
import { takePage, type PictureView } from './page-pictures.ts'

const HEIGHTS = { 390: 844, 768: 1024, 1440: 900, 1920: 1080 } as const

/** Takes the first page of a feed's static site, and the page of a film, which is stopped at its first seconds. */
export async function takeSitePages(
  browser: Browser,
  view: PictureView,
  folder: string,
): Promise<void> {
  const { width, colorScheme, language } = view
  await using opened = await openSite((value) => value, language)
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: HEIGHTS[width] },
  })
  const page = await context.newPage()
  await page.goto(opened.site.url)
  await page.evaluate(() => document.fonts.ready)
  await takePage(page, 'site-home', view, folder)
  await page.goto(new URL('work/the-way.html', opened.site.url).href)
  await page.evaluate(async () => {
    const video = document.querySelector('video')
    if (video === null) return
    video.muted = true
    await video.play()
    video.pause()
    document.querySelector('.film')?.scrollIntoView({ block: 'center' })
  })
  await takePage(page, 'site-work', view, folder)
  await context.close()
}

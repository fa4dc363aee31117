import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { plays } from '../player-stage.ts'
import { writeSmallPng } from './small-png.ts'

/** Servers whose pages are taken: one after the first run, and one before it. */
export interface PicturedViewers {
  readonly settled: PicturedViewer
  readonly fresh: PicturedViewer
}

/** A server whose pages are taken. */
export interface PicturedViewer {
  readonly url: string
  newLaunchUrl(): string
}

/** One way of looking at the pages. */
export interface PictureView {
  readonly width: 390 | 768 | 1440 | 1920
  readonly colorScheme: 'dark' | 'light'
  readonly language: 'en' | 'fr'
}

const HEIGHTS = { 390: 844, 768: 1024, 1440: 900, 1920: 1080 } as const
/** A work of the made-up feed whose release nobody has. */
const LOST = 'work/made-up.the-weather-archive'

/** Takes every page in one view. */
export async function takePages(
  browser: Browser,
  { settled, fresh }: PicturedViewers,
  view: PictureView,
  folder: string,
): Promise<void> {
  const page = await openPictured(browser, settled, view)
  const take = (name: string, of = page): Promise<void> => takePage(of, name, view, folder)
  const go = async (path: string, ready: string): Promise<void> => {
    await page.goto(settled.url + path)
    await page.locator(ready).first().waitFor()
  }
  await go('', '.hero svg')
  await page.locator('.home-stills svg').nth(1).waitFor()
  await take('home')
  await page.evaluate(() => scrollTo(0, innerHeight * 1.6))
  await take('programme')
  await go('browse?genres=comedy', '.poster-grid a')
  await take('films')
  if (view.width < 960) {
    await page.locator('.browse-tools button').first().click()
    await page.getByRole('dialog').waitFor()
    await take('filters')
  }
  await go('search?text=clock', '.poster-grid svg')
  await take('search')
  await go('work/made-up.the-salt-clock', '.hero svg')
  // Until it's known how it would play.
  await page.locator('.health-dots .filled').first().waitFor()
  await take('work')
  await page.locator('.slip').first().scrollIntoViewIfNeeded()
  await take('rights')
  await go('work/made-up.the-lock-keepers', '.episode')
  await page.locator('.seasons').scrollIntoViewIfNeeded()
  await take('series')
  await page.locator('a[href^="/people/"]').first().click()
  await page.locator('.poster-wall').waitFor()
  await take('person')
  await go('list/made-up.two-canals', '.page-head')
  await take('list')
  for (const [name, path] of [
    ['shelf', 'shelf'],
    ['shelf-lists', 'shelf/lists'],
    ['shelf-history', 'shelf/history'],
  ] as const) {
    await go(path, '.tabs')
    await take(name)
  }
  await go('settings', '.settings-section')
  await take('settings')
  await takePlayer(page, settled, take)
  await page.context().close()
  const first = await openPictured(browser, fresh, view)
  for (const step of ['1', '2', '3', '4']) {
    await first.locator('.welcome h1').waitFor()
    await take(`welcome-${step}`, first)
    if (step !== '4') await first.locator('.welcome-acts button').first().click()
  }
  await first.context().close()
}

async function takePlayer(
  page: Page,
  viewer: PicturedViewer,
  take: (name: string) => Promise<void>,
): Promise<void> {
  await page.goto(`${viewer.url}work/starter.test-reel`)
  await page.locator('.hero button').first().click()
  await plays(page)
  await page.keyboard.press('k')
  await page.keyboard.press('4')
  await page.keyboard.press('v')
  await page.locator('.caption-line').first().waitFor()
  await page.mouse.move(200, 300)
  await take('player')
  await page.locator('.controls button[aria-label]').nth(0).waitFor()
  await page.getByRole('button', { name: /^(?:Subtitles|Sous-titres)$/u }).click()
  await page.locator('.subtitle-look summary').click()
  await take('subtitles')
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  await page.locator('.statistics').waitFor()
  await take('statistics')
  await page.goto(`${viewer.url}work/made-up.night-ferry`)
  // The first: the one that is next may be the last.
  await page.getByRole('button', { name: /^(?:Season|Saison) 1, (?:episode|épisode) 1$/u }).click()
  await plays(page)
  await page.keyboard.press('9')
  await page.locator('.next-episode').waitFor()
  await take('next-episode')
  await page.goto(viewer.url + LOST)
  await page.locator('.hero button').first().click()
  await page.locator('.waiting').waitFor()
  await take('waiting')
  await page.locator('.waiting[data-kind="stuck"]').waitFor({ timeout: 40_000 })
  await take('stuck')
}

/** A window on a viewer's pages, in. */
export async function openPictured(
  browser: Browser,
  viewer: PicturedViewer,
  view: PictureView,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: HEIGHTS[view.width] },
    colorScheme: view.colorScheme,
    locale: view.language === 'fr' ? 'fr-FR' : 'en-GB',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(viewer.newLaunchUrl())
  await page.waitForFunction(() => localStorage.getItem('matinee.token') !== null)
  return page
}

/** Takes what a page shows now, when its fonts and posters are there. */
export async function takePage(
  page: Page,
  name: string,
  { width, colorScheme, language }: PictureView,
  folder: string,
): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  // Posters are drawn when they are seen.
  await page.waitForTimeout(350)
  const path = join(folder, `${name}-${width}-${colorScheme}-${language}.png`)
  await writeSmallPng(path, await page.screenshot())
}

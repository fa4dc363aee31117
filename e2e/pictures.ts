/**
 * `node tools/start.mjs --run e2e/pictures.ts`: makes the pictures in docs/pictures/ from the running viewer, in
 * Chromium, at phone and desktop width. To be run when what they show has changed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startViewer } from '@matinee/viewer'
import { chromium, type Page } from 'playwright-core'
import { findProgram } from '../tools/programs.ts'
import { ROOT } from '../tools/root.ts'
import { takePosterSheet } from './pictures/poster-sheet.ts'
import { settle } from './settled-folder.ts'

const FOLDER = join(ROOT, 'docs/pictures')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]
/** Where the film stands in the pictures of the player. */
const FILM_SECONDS = 12.5

const VIEWS = [
  { name: 'desktop', width: 1440, height: 900, scheme: 'dark' },
  { name: 'desktop-light', width: 1440, height: 900, scheme: 'light' },
  { name: 'phone', width: 390, height: 844, scheme: 'dark' },
] as const

await mkdir(FOLDER, { recursive: true })
const dataFolder = await mkdtemp(join(tmpdir(), 'matinee-pictures-'))
try {
  await settle(dataFolder)
  await using viewer = await startViewer({ dataFolder, port: 0 })
  const browser = await chromium.launch({
    executablePath: findProgram('chromium'),
    args: FLAGS,
  })
  for (const { name, width, height, scheme } of VIEWS) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      locale: 'en-GB',
    })
    const page = await context.newPage()
    await page.goto(viewer.newLaunchUrl())
    await page.getByRole('button', { name: 'Play' }).first().waitFor()
    await page.evaluate(() => document.fonts.ready)
    await page.screenshot({ path: join(FOLDER, `home-${name}.png`) })
    await showPlayer(page)
    await page.screenshot({ path: join(FOLDER, `player-${name}.png`) })
    await context.close()
    console.log(`${name}: home and player`)
  }
  await takePosterSheet(browser, viewer, FOLDER)
  await browser.close()
} finally {
  await rm(dataFolder, { recursive: true, force: true })
}

/** Presses play, goes to {@link FILM_SECONDS}, and holds the picture with the controls shown. */
async function showPlayer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play' }).first().click()
  const video = page.locator('video')
  await video.waitFor({ state: 'attached' })
  await video.evaluate(async (element, seconds) => {
    if (!(element instanceof HTMLVideoElement)) return
    if (element.readyState < 2)
      await new Promise((resolve) => element.addEventListener('loadeddata', resolve))
    element.pause()
    element.currentTime = seconds
    await new Promise((resolve) => element.addEventListener('seeked', resolve))
  }, FILM_SECONDS)
  await page.mouse.move(200, 300)
  await page.waitForTimeout(600)
}

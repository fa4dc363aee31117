import { test } from 'node:test'
import assert from 'node:assert/strict'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import { RED_BOX, redPlace, styledScript, untilRed, type RedPlace } from '../drawn-picture.ts'
import type { MadeFilms } from '../made-films.ts'
import { drop, plays } from '../player-stage.ts'
import { RED_SECONDS, STRANGE_FILMS, strangeFilms } from '../strange-films.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  playOn,
  press,
  stringsOf,
} from './playhouse.ts'

/** The box of {@link RED_BOX}. */
const BOX = { left: 25, top: 25, right: 50, bottom: 50 }
const LINE = 'Written on the wall'
const SHOWN = { start: 8, end: 12 }
const SCRIPT = styledScript([RED_BOX, LINE].map((line) => ({ ...SHOWN, line })))

journey(
  'styled subtitles are drawn where and when their maker wanted, and plainly again at will',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const outside: string[] = []
    page.on('request', (request) => {
      const { url } = playhouse.viewer
      if (!request.url().startsWith(url) && !request.url().startsWith(`blob:${url}`))
        outside.push(request.url())
    })
    await openFilm(page, () => goTo(page, playhouse, FILMED.tickets))
    await give(page, SCRIPT)
    await line(page).waitFor()
    assert.deepEqual(drawers(page), [], 'nothing is loaded before it is wanted')

    await press(page, view, say('player.captions'))
    const drawn = page.getByRole('switch', { name: say('subtitles.drawn') })
    await drawn.click()
    await untilRed(page, true)
    assert.deepEqual(offPlace(await redPlace(page)), [])
    await line(page).waitFor({ state: 'detached' })

    // Beside another size of the window it stays in its place of the picture.
    await page.setViewportSize({ width: view.width === 390 ? 600 : 1100, height: 700 })
    await page.waitForTimeout(300)
    assert.deepEqual(offPlace(await redPlace(page)), [])

    await seek(page, 12.02)
    await untilRed(page, false)
    await page.getByRole('button', { name: say('subtitles.delay-later') }).click()
    await untilRed(page, true)
    await page.getByRole('button', { name: say('subtitles.delay-reset') }).click()
    await untilRed(page, false)
    await seek(page, 9)
    await untilRed(page, true)

    await drawn.click()
    await line(page).waitFor()
    await page.locator('canvas.captions-drawn').waitFor({ state: 'detached' })
    assert.deepEqual(drawers(page), [], 'the worker is gone')
    await drawn.click()
    await untilRed(page, true)

    // It's remembered with the title, and nothing of it is left behind.
    await openFilm(page, () => goTo(page, playhouse, FILMED.tickets))
    assert.deepEqual(drawers(page), [], 'the worker went with the film')
    await give(page, SCRIPT)
    await untilRed(page, true)
    assert.deepEqual(outside, [])
    assert.deepEqual(complaints, [])
  },
)

test('styled subtitles of a release, and those inside a film in Matroska, are drawn as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-styled-'))
  try {
    await using playhouse = await openPlayhouse({ films: styledFilms(folder) })
    await using chromium = await openChromium()
    const { say } = await stringsOf('en')
    const page = await enterPlayhouse(chromium.browser, playhouse)
    const complaints = complaintsOf(page)
    await openFilm(page, () => goTo(page, playhouse, FILMED.tickets))
    await page.keyboard.press('c')
    await line(page).waitFor()
    await press(page, DESK, say('player.captions'))
    await page.getByRole('switch', { name: say('subtitles.drawn') }).click()
    await untilRed(page, true)
    assert.deepEqual(offPlace(await redPlace(page)), [])

    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    await page.keyboard.press('k')
    await press(page, DESK, say('player.captions'))
    await page.getByRole('radio', { name: /Français/u }).click()
    await page.getByRole('switch', { name: say('subtitles.drawn') }).click()
    for (const [seconds, isThere] of [
      [RED_SECONDS.start + 1, true],
      [RED_SECONDS.end + 1, false],
      [RED_SECONDS.end - 1, true],
      [RED_SECONDS.start - 1, false],
    ] as const) {
      await seek(page, seconds)
      await untilRed(page, isThere)
    }
    assert.deepEqual(complaints, [])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('S3: what can’t be drawn, or takes too long, is shown plainly, with a sentence, and the page goes on', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  await page.route('**/*.wasm', (route) => route.abort())
  await openFilm(page, () => goTo(page, playhouse, FILMED.tickets))
  await give(page, SCRIPT)
  await press(page, DESK, say('player.captions'))
  const drawn = page.getByRole('switch', { name: say('subtitles.drawn') })
  await drawn.click()
  await page.getByText(say('subtitles.drawn-broken')).waitFor()
  await line(page).waitFor()
  assert.deepEqual(drawers(page), [])

  await page.unroute('**/*.wasm')
  await drawn.click()
  await drawn.click()
  await untilRed(page, true)
  await give(page, bomb())
  await page.getByText(say('subtitles.drawn-slow')).waitFor()
  await page.locator('.caption-line').first().waitFor()
  // A browser takes its time to end a worker in the midst of its work.
  for (let tries = 0; drawers(page).length > 0 && tries < 100; tries++)
    await page.waitForTimeout(100)
  assert.deepEqual(drawers(page), [])
  await page.evaluate(() => document.querySelector('video')?.play())
  await plays(page, 10)
})

/** As much as may be drawn at one moment, as slow as it gets: blurred letters all over the picture, each on its own. */
function bomb(): string {
  const words = (seed: number): string =>
    Array.from(
      { length: 100 },
      (_, at) => `{\\fs300\\blur50\\bord20\\frz${at}.${seed}\\pos(${at * 4},${seed})}W`,
    ).join('')
  const all = [LINE, ...Array.from({ length: 150 }, (_, at) => words(at))]
  return styledScript(all.map((line) => ({ start: 0, end: 20, line })))
}

/** The works' films, one with a styled script beside it, one with such a track inside. */
function styledFilms(
  folder: string,
): (works: readonly MadeFilms[]) => Promise<readonly MadeFilms[]> {
  return (works) =>
    Promise.all(
      works.map(async (work) => {
        if (work.workId === STRANGE_FILMS.subtitled)
          return (await strangeFilms(folder)([work]))[0] ?? work
        if (!FILMED.tickets.endsWith(work.workId)) return work
        const own = join(folder, work.workId)
        await cp(work.folder, own, { recursive: true })
        await writeFile(join(own, 'styled.ass'), SCRIPT)
        const subtitles = [{ name: 'styled.ass', language: 'en' }]
        return { ...work, folder: own, films: work.films.map((film) => ({ ...film, subtitles })) }
      }),
    )
}

async function openFilm(page: Page, go: () => Promise<void>): Promise<void> {
  await go()
  await playOn(page)
  await plays(page)
  await page.keyboard.press('k')
  await page.keyboard.press('5')
  await page.waitForFunction(() => document.querySelector('video')?.currentTime === 10)
}

async function give(page: Page, script: string): Promise<void> {
  await drop(page, 'styled.ass', new TextEncoder().encode(script))
}

const line = (page: Page) => page.locator('.caption-line', { hasText: LINE }).first()

/** The workers that draw. */
function drawers(page: Page): readonly string[] {
  return page
    .workers()
    .map((worker) => worker.url())
    .filter((url) => url.includes('draw-worker'))
}

/** What of the red box isn't where it should be, but for a hundredth or two. */
function offPlace(place: RedPlace | null): readonly string[] {
  return (['left', 'top', 'right', 'bottom'] as const)
    .filter((side) => place === null || Math.abs(place[side] - BOX[side]) > 2)
    .map((side) => `${side} ${place?.[side]}`)
}

async function seek(page: Page, seconds: number): Promise<void> {
  await page.evaluate((to) => {
    const video = document.querySelector('video')
    if (video !== null) video.currentTime = to
  }, seconds)
  await page.waitForFunction(() => document.querySelector('video')?.seeking === false)
}

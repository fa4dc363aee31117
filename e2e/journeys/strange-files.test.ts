import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openChromium } from '../chromium.ts'
import { STRANGE_SECONDS, strangeFilms, strangeLine } from '../strange-films.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  openPlayhouse,
  playOn,
  stringsOf,
  type Playhouse,
} from './playhouse.ts'

const PHONE = { language: 'fr', width: 390 } as const

async function openStrangePlayhouse(): Promise<Playhouse> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-strange-'))
  const playhouse = await openPlayhouse({
    films: strangeFilms(folder),
    settings: { subtitles: ['en'] },
  })
  const close = playhouse[Symbol.asyncDispose].bind(playhouse)
  return Object.assign(playhouse, {
    async [Symbol.asyncDispose]() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

test('a film in Matroska is taken apart and plays: picture, sound, any place, and the subtitles inside it', async () => {
  await using playhouse = await openStrangePlayhouse()
  await using chromium = await openChromium()
  for (const view of [DESK, PHONE]) {
    const page = await enterPlayhouse(chromium.browser, playhouse, view)
    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    const { duration, source } = await page.evaluate(() => {
      const video = document.querySelector('video')
      return { duration: video?.duration ?? 0, source: video?.src ?? '' }
    })
    assert.ok(Math.abs(duration - STRANGE_SECONDS) < 0.2, `it says to be ${duration} s long`)
    assert.match(source, /^blob:/u)
    assert.ok((await loudness(page)) > 0.01, 'there is sound')
    await page.locator('.captions', { hasText: /Said inside \d/u }).waitFor()
    await seekTo(page, 31)
    await page.locator('.captions', { hasText: strangeLine('en', 10) }).waitFor()
    await seekTo(page, 7)
    await page.locator('.captions', { hasText: strangeLine('en', 2) }).waitFor()
    await page.context().close()
  }
})

test('sound that the browser lacks is made by ffmpeg; without it, and without a picture that it shows, the page says why', async () => {
  await using playhouse = await openStrangePlayhouse()
  await using chromium = await openChromium()
  const path = process.env['PATH']
  const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
  await goTo(page, playhouse, FILMED.tickets)
  await playOn(page)
  await plays(page)
  assert.ok((await loudness(page)) > 0.01, 'AC-3 is heard')
  await seekTo(page, 30)
  assert.ok((await loudness(page)) > 0.01, 'AC-3 is heard after a far seek')
  await page.context().close()
  try {
    process.env['PATH'] = '/nowhere'
    for (const view of [DESK, PHONE]) {
      const { say } = await stringsOf(view.language)
      const other = await enterPlayhouse(chromium.browser, playhouse, view)
      await goTo(other, playhouse, FILMED.tickets)
      await playOn(other)
      await other.getByRole('heading', { name: say('elsewhere.sound') }).waitFor()
      await other.getByText(say('elsewhere.ffmpeg')).waitFor()
      await goTo(other, playhouse, FILMED.lighthouse)
      await playOn(other)
      await other.getByRole('heading', { name: say('elsewhere.picture') }).waitFor()
      await other.getByText(say('elsewhere.picture-note', { words: 'V_MPEG2' })).waitFor()
      await other.context().close()
    }
  } finally {
    process.env['PATH'] = path
  }
})

/** Until pictures come, one after another. */
async function plays(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const video = document.querySelector('video')
    return video !== null && !video.paused && video.currentTime > 0.3 && video.videoWidth > 0
  })
}

async function seekTo(page: Page, seconds: number): Promise<void> {
  await page.evaluate((to) => {
    const video = document.querySelector('video')
    if (video !== null) video.currentTime = to
  }, seconds)
  await page.waitForFunction((to) => {
    const video = document.querySelector('video')
    return video !== null && !video.seeking && video.readyState >= 3 && video.currentTime >= to
  }, seconds)
}

/** How loud it is, as the browser decoded it: 0 = silence. */
function loudness(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const video = document.querySelector('video') as
      | (HTMLVideoElement & { captureStream(): MediaStream })
      | null
    if (video === null) return 0
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(video.captureStream()).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let loudest = 0
    for (let tries = 0; tries < 30 && loudest < 0.02; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      analyser.getFloatTimeDomainData(samples)
      loudest = Math.max(loudest, ...samples.map(Math.abs))
    }
    await context.close()
    return loudest
  })
}

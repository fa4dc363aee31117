import assert from 'node:assert/strict'
import { complaintsOf } from '../chromium.ts'
import { axeFinds, plays } from '../player-stage.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  playOn,
  stringsOf,
} from './playhouse.ts'

/** How far two pixels are apart on the average, 0 to 255: scaling makes edges softer. */
const MOST_APART = 6

journey(
  'O5: a frame becomes a postcard with its time and credit, and is saved as a picture',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view, { acceptDownloads: true })
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    await page.keyboard.press('5')
    await page.keyboard.press('k')
    await page.waitForFunction(() => {
      const video = document.querySelector('video')
      return video !== null && video.paused && !video.seeking && video.readyState >= 2
    })
    await page.getByRole('button', { name: say('player.more'), exact: true }).click()
    await page.getByRole('button', { name: say('postcard.open') }).click()
    const card = page.locator('canvas[data-drawn="true"]')
    await card.waitFor()
    const { apart, sizes } = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.postcard-card')
      const video = document.querySelector('video')
      if (canvas === null || video === null) throw new Error('nothing to compare')
      // The upper half of the frame: below lies the ledge with the time.
      const [width, height] = [canvas.width, 300]
      const other = document.createElement('canvas')
      other.width = width
      other.height = height
      const context = other.getContext('2d')
      const part = (video.videoWidth * height) / width
      context?.drawImage(video, 0, 0, video.videoWidth, part, 0, 0, width, height)
      const [one, two] = [canvas.getContext('2d'), context].map(
        (each) => each?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(),
      )
      if (one === undefined || two === undefined) throw new Error('no pixels')
      const sum = one.reduce((total, value, at) => total + Math.abs(value - (two[at] ?? 0)), 0)
      return { apart: sum / one.length, sizes: [canvas.width, canvas.height > 800] }
    })
    assert.ok(apart < MOST_APART, `the frame on the card is ${apart} from the film's`)
    assert.deepEqual(sizes, [1200, true])
    const name = (await card.getAttribute('aria-label')) ?? ''
    assert.match(name, /CC BY 4\.0/u)
    assert.match(name, /Ilse Brandtvogel/u)
    assert.match(name, /0:1[78]/u)
    const words = await page.locator('.postcard-words').innerText()
    assert.match(words, /https:\/\/creativecommons\.org\/licenses\/by\/4\.0\//u)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: say('postcard.save') }).click()
    const saved = await download
    assert.match(saved.suggestedFilename(), /^[\p{L}\p{N}-]+-0-1[78]\.png$/u)
    await page.getByText(say('postcard.saved')).waitFor()
    assert.deepEqual(complaints, [])
    if (view !== DESK) return
    const forAxe = await enterPlayhouse(browser, playhouse, view, { bypassCSP: true })
    await goTo(forAxe, playhouse, FILMED.saltClock)
    await playOn(forAxe)
    await plays(forAxe)
    await forAxe.getByRole('button', { name: say('player.more'), exact: true }).click()
    await forAxe.getByRole('button', { name: say('postcard.open') }).click()
    await forAxe.locator('canvas[data-drawn="true"]').waitFor()
    assert.deepEqual(await axeFinds(forAxe, '.player-panel'), [])
  },
)

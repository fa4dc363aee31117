import { test } from 'node:test'
import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { nextFrame } from './film-picture.ts'
import { startMatinee, type RunningViewer } from './running-viewer.ts'

const FILM = fileURLToPath(new URL('../feeds/reel/reel.mp4', import.meta.url))
const FRAMES_PER_SECOND = 24

test('from a fresh folder to a moving picture: play, sound, captions, seek, over BitTorrent', async () => {
  await using matinee = await startMatinee()
  await using chromium = await openChromium()
  const context = await chromium.browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const complaints = complaintsOf(page)

  await page.goto(matinee.launchUrl)
  await page.getByRole('button', { name: 'Take what is proposed' }).click()
  await page.locator('.hero').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('test reel')
  await page.getByRole('option', { name: /Test Reel/u }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Play', exact: true }).click()

  // The picture moves, and its own counter says the film time that the browser says.
  const early = await nextFrame(page)
  assert.equal(early.number, Math.round(early.mediaSeconds * FRAMES_PER_SECOND))
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
  const later = await nextFrame(page)
  assert.equal(later.number, Math.round(later.mediaSeconds * FRAMES_PER_SECOND))
  assert.ok((later.number ?? 0) > (early.number ?? Infinity), 'the picture moves')

  // The sound is decoded.
  await page.waitForFunction(() => {
    const video = document.querySelector('video')
    return (
      video !== null &&
      'webkitAudioDecodedByteCount' in video &&
      Number(video.webkitAudioDecodedByteCount) > 0
    )
  })

  // Captions show, in both languages.
  await page.keyboard.press('c')
  await page.getByText('The Matinee Test Reel. A countdown').waitFor()
  await page.getByRole('button', { name: 'Subtitles' }).click()
  await page.getByRole('radio', { name: /^Français/u }).check({ force: true })
  await page
    .locator('.caption-line', { hasText: /bobine|seconde|ensemble/u })
    .first()
    .waitFor()
  await page.keyboard.press('Escape')

  // A seek goes where it should, and the counter in the picture agrees.
  await seekTo(page, 40)
  const sought = await nextFrame(page)
  assert.equal(sought.number, Math.round(sought.mediaSeconds * FRAMES_PER_SECOND))
  assert.ok(
    sought.mediaSeconds >= 39.9 && sought.mediaSeconds < 43,
    `${sought.mediaSeconds} s isn't 40 s`,
  )

  // Words over the film say what the swarm does; at the end, that all of it is here.
  await page.keyboard.press('i')
  await page.getByText('You have the whole film.').waitFor()

  const received = await receivedBytes(page)
  const { size } = await stat(FILM)
  await matinee.stop()
  assert.ok(received >= size, `${received} bytes of ${size} came`)
  assert.equal(servedBytes(matinee), received, 'every byte came from the seeding process')
  assert.deepEqual(complaints.filter(isUnexpected), [])
})

/** By the time line's own keys: to the start, then forward in steps of ten seconds. */
async function seekTo(page: Page, seconds: number): Promise<void> {
  await page.getByRole('slider', { name: 'Time line' }).focus()
  await page.keyboard.press('k')
  await page.keyboard.press('Home')
  for (let at = 0; at < seconds; at += 10) await page.keyboard.press('l')
  await page.keyboard.press('k')
}

/** What the server says it got for the film that the page has open, from whoever. */
async function receivedBytes(page: Page): Promise<number> {
  const answer = await page.waitForResponse(
    (response) => response.url().endsWith('/status') && response.ok(),
  )
  const status = (await answer.json()) as { bytes: { received: number } }
  return status.bytes.received
}

/** The seeding process' own counter, as it last told it. */
function servedBytes({ log }: RunningViewer): number {
  const counts = log
    .map((line) => JSON.parse(line) as { event: string; bytes?: number })
    .filter(({ event }) => event === 'seeder served')
  return counts.at(-1)?.bytes ?? 0
}

/** When the server was stopped on purpose, the page finds nobody there. */
function isUnexpected(complaint: string): boolean {
  return !complaint.includes('ERR_CONNECTION_REFUSED') && !complaint.includes('net::ERR_')
}

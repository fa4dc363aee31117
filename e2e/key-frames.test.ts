import assert from 'node:assert/strict'
import { test } from 'node:test'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { frameCodeFilter, readFrameNumber } from '@matinee/testkit'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  openPlayhouse,
  playOn,
  type Playhouse,
  type View,
} from './journeys/playhouse.ts'
import { MADE_FILM_SIZE, type MadeFilms } from './made-films.ts'
import { plays } from './player-stage.ts'

const run = promisify(execFile)
const PHONE: View = { language: 'en', width: 390 }
const FRAME_RATE = 24
/** One turn of the film, which goes round and round so that it's large without being made for long. */
const TURN_SECONDS = 10
const TURNS = 24
const FILM_SECONDS = TURN_SECONDS * TURNS

/** A playhouse whose salt clock lasts four minutes, has some 80 MB, and no pictures of its own. */
async function openLongPlayhouse(ending: 'mp4' | 'mkv'): Promise<Playhouse> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-key-frames-'))
  const films = async (works: readonly MadeFilms[]): Promise<readonly MadeFilms[]> =>
    Promise.all(
      works.map(async (work) => {
        if (`/work/made-up.${work.workId}` !== FILMED.saltClock) return work
        const own = join(folder, work.workId)
        await mkdir(own)
        const name = `${work.workId}.${ending}`
        await makeLong(folder, join(own, name))
        const film = { name, seconds: FILM_SECONDS, language: 'en', episode: null, subtitles: [] }
        return { workId: work.workId, folder: own, films: [film] }
      }),
    )
  const playhouse = await openPlayhouse({ films })
  const close = playhouse[Symbol.asyncDispose].bind(playhouse)
  return Object.assign(playhouse, {
    async [Symbol.asyncDispose]() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

async function makeLong(folder: string, path: string): Promise<void> {
  const turn = join(folder, 'turn.mp4')
  const { width, height } = MADE_FILM_SIZE
  const picture = `testsrc2=size=${width}x${height}:rate=${FRAME_RATE}:duration=${TURN_SECONDS}`
  // Noise makes it as large as a film of more pixels.
  const filter = `noise=alls=60:allf=t,${frameCodeFilter()}`
  const rate = ['-b:v', '3M', '-maxrate', '3M', '-bufsize', '3M', '-g', String(2 * FRAME_RATE)]
  const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...rate]
  const quiet = ['-nostdin', '-loglevel', 'error']
  await run('ffmpeg', [...quiet, '-f', 'lavfi', '-i', picture, '-vf', filter, ...coded, turn])
  const again = ['-stream_loop', String(TURNS - 1), '-i', turn, '-c', 'copy']
  await run('ffmpeg', [...quiet, ...again, '-movflags', '+faststart', path])
}

for (const ending of ['mp4', 'mkv'] as const)
  test(`a film in ${ending} without pictures of its own shows key frames that are here, and fetches none`, async () => {
    await using playhouse = await openLongPlayhouse(ending)
    await using chromium = await openChromium()
    const page = await enterPlayhouse(chromium.browser, playhouse, DESK)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page, 3)
    await page.keyboard.press('k')
    const fetched = await settled(playhouse)
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (pathname.startsWith('/media/')) asked.push(search)
    })
    for (const seconds of [1.5, 7, 4]) {
      await pointAt(page, seconds)
      await pictureAt(page, seconds)
    }
    for (const part of [0.93, 0.97]) {
      await pointAt(page, part * FILM_SECONDS)
      await page.locator('.seek-preview canvas').waitFor({ state: 'detached' })
      assert.match(await page.locator('.seek-preview').innerText(), /^3:[45]\d/u)
    }
    await pointAt(page, 7)
    await pictureAt(page, 7)
    assert.ok(asked.length > 0 && asked.every((search) => search === '?here'), asked.join(' '))
    assert.equal(playhouse.cinema.served(), fetched, 'nobody was asked for anything')
    await page.mouse.move(200, 200)
    await page.locator('.seek-preview').waitFor({ state: 'detached' })
    assert.deepEqual(complaints, [])
  })

test('on a phone a finger on the time line shows key frames that are here', async () => {
  await using playhouse = await openLongPlayhouse('mp4')
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse, PHONE, { hasTouch: true })
  await goTo(page, playhouse, FILMED.saltClock)
  await playOn(page)
  await plays(page, 1)
  await page.keyboard.press('k')
  const touch = await page.context().newCDPSession(page)
  const box = await barOf(page)
  const at = (seconds: number) => [
    { x: box.x + (seconds / FILM_SECONDS) * box.width, y: box.y + box.height / 2 },
  ]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(9) })
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(5) })
  await pictureAt(page, 5)
  const preview = await page.locator('.seek-preview').boundingBox()
  assert.ok(preview !== null && preview.x >= 0 && preview.x + preview.width <= PHONE.width)
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await page.locator('.seek-preview').waitFor({ state: 'detached' })
})

async function barOf(page: Page) {
  const box = await page.locator('.seek-bar').boundingBox()
  assert.ok(box !== null)
  return box
}

async function pointAt(page: Page, seconds: number): Promise<void> {
  const box = await barOf(page)
  await page.mouse.move(box.x + (seconds / FILM_SECONDS) * box.width, box.y + box.height / 2)
}

/** Waits until the seed has nothing more to send. Returns what it sent. */
async function settled({ cinema }: Playhouse): Promise<number> {
  for (let before = -1; ;) {
    if (cinema.served() === before) return before
    before = cinema.served()
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
}

/** Waits until the picture above the time line is the key frame that stands for a moment, by the number in it. */
async function pictureAt(page: Page, seconds: number): Promise<void> {
  let last: number | null = null
  for (let tries = 0; tries < 40; tries++) {
    last = await shownNumber(page)
    const off = last === null ? NaN : seconds - last / FRAME_RATE
    // A pixel of a phone's time line is almost a second.
    if (off >= -1 && off <= 3) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.fail(`frame ${last} for ${seconds} s`)
}

/** `null` = there is no picture, or none with a number. */
async function shownNumber(page: Page): Promise<number | null> {
  const read = await page.evaluate(() => {
    const shown = document.querySelector<HTMLCanvasElement>('.seek-preview canvas')
    if (shown === null || shown.width === 0) return null
    const canvas = new OffscreenCanvas(shown.width, shown.height)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) return null
    context.drawImage(shown, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    return { pixels: [...data], width: canvas.width, height: canvas.height }
  })
  return read && readFrameNumber(new Uint8Array(read.pixels), read.width, read.height)
}

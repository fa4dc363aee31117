import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChromium } from './chromium.ts'
import { openMadeCinema } from './made-cinema.ts'
import { enter, openContext, openStagedViewer, play, plays } from './player-stage.ts'

const signal = AbortSignal.timeout(180_000)

async function openFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('a series night: the next episode is offered at the end, comes by itself, and may be refused', async () => {
  await using folder = await openFolder()
  await using cinema = await openMadeCinema({ folder: folder.path, signal })
  const feeds = [{ folder: cinema.feedFolder, allowLocal: true }]
  await using opened = await openStagedViewer({ feeds })
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, '/work/made-up.night-ferry')
  await play(page)
  const first = await page.locator('video').getAttribute('src')
  await page.keyboard.press('8')
  const card = page.getByRole('group', { name: 'Next episode' })
  await card.waitFor()
  await card.getByRole('button', { name: 'Stay with the credits' }).click()
  await page.waitForFunction(() => document.querySelector('video')?.ended)
  await card.getByRole('button', { name: 'Play it now' }).click()
  await page.waitForFunction(
    (src) => document.querySelector('video')?.getAttribute('src') !== src,
    first,
  )
  await plays(page)
  const second = await page.locator('video').getAttribute('src')
  await page.keyboard.press('n')
  await page.waitForFunction(
    (src) => document.querySelector('video')?.getAttribute('src') !== src,
    second,
  )
  await plays(page)
})

test('a film whose people are away says so, and comes when they are back and it is asked again', async () => {
  await using folder = await openFolder()
  await using cinema = await openMadeCinema({ folder: folder.path, signal })
  await cinema.stop()
  const feeds = [{ folder: cinema.feedFolder, allowLocal: true }]
  await using opened = await openStagedViewer({ feeds })
  await using chromium = await openChromium()
  const context = await openContext(chromium.browser)
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  await enter(page, opened.viewer, '/work/made-up.the-salt-clock')
  await page.getByRole('button', { name: /^Play/u }).first().click()
  const stage = page.locator('.stage')
  await stage.locator('.waiting[data-kind="stuck"]').waitFor()
  await stage.getByText('Matinee goes on asking', { exact: true }).waitFor()
  await cinema.start()
  await stage.getByRole('button', { name: 'Ask again' }).click()
  await plays(page)
  assert.equal(await stage.locator('.waiting').count(), 0)
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { letIn } from '@matinee/testkit'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import {
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  press,
  stringsOf,
} from './playhouse.ts'

journey(
  'a series night: the next episode comes after a countdown, and the page opens at the next unwatched',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const episode = (number: number): string => say('home.episode', { season: 1, episode: number })
    await goTo(page, playhouse, FILMED.nightFerry)
    await press(page, view, episode(1))
    await plays(page, 1.5)
    await page.keyboard.press('9')
    const card = page.getByRole('group', { name: say('player.next') })
    await card.waitFor()
    await page.waitForFunction(() => document.querySelector('video')?.ended === true)
    if (view.language === 'en') {
      // The countdown goes down, the film isn't cut: the picture stands at its end meanwhile.
      const left = await page.locator('.next-episode .leader-number').innerText()
      assert.match(left, /^[1-8]$/u)
      assert.equal(await card.isVisible(), true)
    } else await press(page, view, say('player.next-play'))
    await card.waitFor({ state: 'detached' })
    await plays(page, 1.5)
    assert.ok(
      (await page.locator('video').evaluate((v) => (v as HTMLVideoElement).currentTime)) < 9,
    )

    // Not waiting for it, either.
    await page.keyboard.press('9')
    await page.waitForFunction(() => document.querySelector('video')?.ended === true)
    await press(page, view, say('player.next-play'))
    await plays(page)
    await press(page, view, say('player.close'))

    await goTo(page, playhouse, FILMED.nightFerry)
    await page.getByRole('button', { name: episode(3) }).waitFor()
    assert.match(await page.locator('.episode[aria-current="true"] h3').innerText(), /^3/u)
    assert.equal(await page.locator('.episode [aria-pressed="true"]').count(), 2)
    assert.deepEqual(complaints, [])
  },
)

test('staying with the credits stops the countdown, and a whole season is marked at once', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await goTo(page, playhouse, FILMED.nightFerry)
  await page.getByRole('button', { name: say('home.episode', { season: 1, episode: 1 }) }).click()
  await plays(page)
  await page.keyboard.press('9')
  await page.getByRole('button', { name: say('player.next-stay') }).click()
  await page.waitForFunction(() => document.querySelector('video')?.ended === true)
  await page.waitForTimeout(9000)
  assert.equal(await page.locator('video').evaluate((v) => (v as HTMLVideoElement).ended), true)
  await page.getByRole('button', { name: say('player.next-play') }).waitFor()
  await page.getByRole('button', { name: say('player.close') }).click()
  await page.getByRole('button', { name: say('work.mark-season') }).click()
  await page.getByRole('button', { name: say('work.unmark-season') }).waitFor()
  assert.equal(await page.locator('.episode [aria-pressed="true"]').count(), 3)
})

test('the next episode’s start is here before it is pressed: it begins although nobody is there any more', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await goTo(page, playhouse, FILMED.nightFerry)
  const { askJson } = await letIn(playhouse.viewer.newLaunchUrl())
  const opened = page.waitForResponse((response) => response.url().includes('/play?'))
  await page.getByRole('button', { name: say('home.episode', { season: 1, episode: 1 }) }).click()
  const { streamId } = (await (await opened).json()) as { streamId: string }
  // All episodes are one torrent.
  const piecesHad = async (): Promise<number> => {
    const statistics = await askJson(`/api/streams/${streamId}/statistics`)
    return (statistics as { piecesHad: number }).piecesHad
  }
  await plays(page, 1)
  const before = await piecesHad()
  await plays(page, 3)
  assert.equal(await piecesHad(), before, 'nothing is fetched before the end comes near')
  await page.keyboard.press('9')
  await page.getByRole('group', { name: say('player.next') }).waitFor()
  while ((await piecesHad()) === before) await page.waitForTimeout(100)
  // What comes is here in no time.
  await page.waitForTimeout(1000)
  await playhouse.cinema.stop()
  await page.getByRole('button', { name: say('player.next-play') }).click()
  await page.waitForFunction(() => document.querySelector('video')?.ended === false)
  await plays(page, 0.5)
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import {
  DESK,
  enterPlayhouse,
  focusedName,
  journey,
  openPlayhouse,
  pressWithKeys,
  stringsOf,
  tabTo,
} from './playhouse.ts'

/** The picture moves: two frames that the browser presented, and how far they're apart. */
async function presentedSeconds(page: Page): Promise<number> {
  return page.locator('video').evaluate(async (element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('no video')
    const frame = (): Promise<number> =>
      new Promise((resolve) =>
        element.requestVideoFrameCallback((_, { mediaTime }) => resolve(mediaTime)),
      )
    const first = await frame()
    let last = first
    for (let count = 0; count < 5; count++) last = await frame()
    return last - first
  })
}

journey('from the first run to the end of the credits', async (view, browser) => {
  await using playhouse = await openPlayhouse({ settings: null })
  const { say, pattern } = await stringsOf(view.language)
  const page = await enterPlayhouse(browser, playhouse, view)
  const complaints = complaintsOf(page)
  const press = (key: string): Promise<void> =>
    page.getByRole('button', { name: say(key), exact: true }).click()
  const heading = (key: string): Promise<void> =>
    page.getByRole('heading', { name: say(key), exact: true }).waitFor()

  // What a swarm sees is said before anything can be played.
  await heading('welcome.hello')
  assert.equal(await page.getByRole('button', { name: say('card.play') }).count(), 0)
  await press('welcome.hello-next')
  await heading('welcome.sharing')
  await page.getByText(say('welcome.sees-address')).waitFor()
  await press('welcome.sharing-next')
  await heading('welcome.keeping')
  await press('welcome.keeping-next')
  await heading('welcome.ready')
  await press('welcome.open')

  await page.locator('.hero').waitFor()
  await page.reload()
  await page.locator('.hero').waitFor()

  // The newest feature films, and one of them.
  await page
    .getByRole('link', { name: say('design.films'), exact: true })
    .filter({ visible: true })
    .click()
  await page.getByRole('combobox', { name: say('browse.sort') }).selectOption('year-down')
  await page.waitForURL(/sort=year-down/u)
  await page.getByRole('link', { name: /Deux billets|Two Tickets/u }).click()
  await page.getByText(say('rights.question')).waitFor()
  await press('card.play')
  await plays(page)
  assert.ok((await presentedSeconds(page)) > 0, 'the picture moves')

  // To the last tenth; the credits run to their end and stay.
  await page.keyboard.press('9')
  await page.waitForFunction(() => document.querySelector('video')?.ended === true)
  await page.getByRole('button', { name: say('player.again') }).waitFor()
  assert.equal(await page.locator('.stage').count(), 1, 'nothing closes by itself')
  await page.getByRole('button', { name: say('player.close') }).click()

  // The shelf knows.
  await page.getByRole('button', { name: say('work.unmark'), exact: true }).waitFor()
  await page
    .getByRole('link', { name: say('design.shelf'), exact: true })
    .filter({ visible: true })
    .click()
  await page.getByText(say('shelf.watched', { count: 1 })).waitFor()
  await page.getByRole('link', { name: say('shelf.history'), exact: true }).click()
  await page
    .locator('.history')
    .getByText(/Deux billets|Two Tickets/u)
    .waitFor()
  await page
    .getByRole('button', { name: pattern('shelf.forget') })
    .first()
    .waitFor()
  assert.deepEqual(complaints, [])
})

test('from the first run to a film with the keyboard alone', async () => {
  await using playhouse = await openPlayhouse({ settings: null })
  await using chromium = await openChromium()
  const { say } = await stringsOf(DESK.language)
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await page.getByRole('heading', { name: say('welcome.hello') }).waitFor()
  await pressWithKeys(page, say('welcome.hello-next'))
  await page.getByRole('heading', { name: say('welcome.sharing') }).waitFor()
  assert.equal(await focusedName(page), say('welcome.sharing'), 'each step is read from its top')
  await tabTo(page, new RegExp(`^${RegExp.escape(say('settings.share'))}`, 'u'))
  await page.keyboard.press('ArrowDown')
  await pressWithKeys(page, say('welcome.sharing-next'))
  await page.getByRole('heading', { name: say('welcome.keeping') }).waitFor()
  await pressWithKeys(page, say('welcome.keeping-next'))
  await page.getByText(say('settings.web-only'), { exact: true }).waitFor()
  await pressWithKeys(page, say('welcome.back'))
  await pressWithKeys(page, say('welcome.back'))
  await tabTo(page, new RegExp(`^${RegExp.escape(say('settings.web-only'))}`, 'u'))
  await page.keyboard.press('ArrowUp')
  await pressWithKeys(page, say('welcome.sharing-next'))
  await pressWithKeys(page, say('welcome.keeping-next'))
  await pressWithKeys(page, say('welcome.open'))
  await page.locator('.hero').waitFor()

  await tabTo(page, say('design.shorts'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: say('design.shorts') }).waitFor()
  await page.locator('.poster-grid a').first().waitFor()
  await tabTo(page, /^A fanfarra|^[A-Z].*\d{4}/u)
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  await page.keyboard.press('/')
  await page.keyboard.type('paper lighthouse')
  await page.getByRole('option', { name: /Paper Lighthouse/u }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText(say('rights.question')).waitFor()
  await pressWithKeys(page, say('card.play'))
  await plays(page)
  await page.keyboard.press('9')
  await page.waitForFunction(() => document.querySelector('video')?.ended === true)
  await pressWithKeys(page, say('player.close'))
  await page.getByRole('button', { name: say('work.unmark'), exact: true }).waitFor()
})

test("the browser's Back goes one step back in the first run, and is as before after it", async () => {
  await using playhouse = await openPlayhouse({ settings: null })
  await using chromium = await openChromium()
  const { say } = await stringsOf(DESK.language)
  const page = await enterPlayhouse(chromium.browser, playhouse)
  const press = (key: string): Promise<void> =>
    page.getByRole('button', { name: say(key), exact: true }).click()
  const heading = (key: string): Promise<void> =>
    page.getByRole('heading', { name: say(key), exact: true }).waitFor()
  await press('welcome.hello-next')
  await page.locator('input[value="web-only"]').check()
  await press('welcome.sharing-next')
  await heading('welcome.keeping')
  await page.goBack()
  await heading('welcome.sharing')
  await page.goForward()
  await heading('welcome.keeping')
  await press('welcome.keeping-next')
  await page.getByText(say('settings.web-only'), { exact: true }).waitFor()
  await press('welcome.back')
  await heading('welcome.keeping')
  await press('welcome.keeping-next')
  await press('welcome.open')
  await page.locator('.hero').waitFor()
  await page
    .getByRole('link', { name: say('design.films'), exact: true })
    .first()
    .click()
  await page.waitForURL(/\/films$/u)
  await page.goBack()
  await page.locator('.hero').waitFor()
  await page.goBack()
  assert.equal(page.url(), 'about:blank', 'the steps are gone from the history')
})

test('a first run that is loaded again begins anew', async () => {
  await using playhouse = await openPlayhouse({ settings: null })
  await using chromium = await openChromium()
  const { say } = await stringsOf(DESK.language)
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await page.getByRole('button', { name: say('welcome.hello-next'), exact: true }).click()
  await page.getByRole('heading', { name: say('welcome.sharing') }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: say('welcome.hello') }).waitFor()
})

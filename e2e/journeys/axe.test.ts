import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { openChromium } from '../chromium.ts'
import { axeFinds, plays } from '../player-stage.ts'
import {
  FILMED,
  enterPlayhouse,
  goTo,
  openPlayhouse,
  stringsOf,
  type Playhouse,
  type View,
} from './playhouse.ts'

/** Each width in one of the languages: the words change, what is around them doesn't. */
const VIEWS: readonly View[] = [
  { width: 1440, language: 'en' },
  { width: 390, language: 'fr' },
]

/** Pages by name, each with what must be there before it's looked at. */
const PAGES: readonly (readonly [name: string, path: string, ready: string])[] = [
  ['home', '/', '.hero'],
  ['films', '/films', '.poster-grid a'],
  ['nothing fits', '/films?genres=western&text=zzzz', '.empty'],
  ['search', '/search?text=paper', '.poster-grid a'],
  ['search for nothing', '/search?text=qqqqzzzz', '.empty'],
  ['a list', '/list/made-up.lamps-and-lights', 'main a'],
  ['a film', FILMED.saltClock, '.slip'],
  ['a film that is not offered', '/work/made-up.il-silenzio-a-tavola', '.slip'],
  ['a series', '/work/made-up.the-lock-keepers', '.episode'],
  ['shelf', '/shelf', '.tabs'],
  ['favourites', '/shelf/favourites', '.tabs'],
  ['lists', '/shelf/lists', '.list-name'],
  ['history', '/shelf/history', '.tabs'],
  ['settings', '/settings', '.settings-section'],
  ['catalogues', '/settings/catalogues', '.feed'],
  ['profiles', '/settings/profiles', '.profiles-entry'],
  ['who is watching', '/who', '.who-one'],
  ['nowhere', '/nowhere', 'h1'],
]

/** What was found on pages, each with the page's name; nothing, if all is well. */
class Findings {
  readonly #found: string[] = []

  /** Looks at a page as it is now: at all of it in the dark room, and at its colours in the light one. */
  async lookAt(page: Page, name: string): Promise<void> {
    const dark = await axeFinds(page, 'html')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)))
    const light = await axeFinds(page, 'html', ['color-contrast'])
    await page.emulateMedia({ colorScheme: 'dark' })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    this.#found.push(
      ...dark.map((each) => `${name}: ${each}`),
      ...light.map((each) => `${name}, light: ${each}`),
      ...(overflow > 0 ? [`${name} scrolls sideways by ${overflow}`] : []),
    )
  }

  refuse(): void {
    assert.deepEqual(this.#found, [])
  }
}

/** A shelf with something on every one of its pages. */
async function fillShelf(browser: Browser, playhouse: Playhouse): Promise<void> {
  const page = await enterPlayhouse(browser, playhouse)
  const { say } = await stringsOf('en')
  await goTo(page, playhouse, FILMED.lighthouse)
  await page.getByRole('button', { name: say('work.favourite'), exact: true }).click()
  await page.getByRole('button', { name: say('work.lists'), exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Rain')
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Rain', checked: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: say('work.mark'), exact: true }).click()
  await page.getByRole('button', { name: say('work.unmark'), exact: true }).waitFor()
  await goTo(page, playhouse, FILMED.saltClock)
  await page.getByRole('button', { name: say('card.play'), exact: true }).click()
  await plays(page)
  await page.keyboard.press('5')
  await plays(page, 19)
  await page.getByRole('button', { name: say('player.close') }).click()
  await page.context().close()
}

test('axe finds nothing on any page, in any room, nor does any scroll sideways', async (t) => {
  await using playhouse = await openPlayhouse({ settings: { country: 'FR' } })
  await using chromium = await openChromium()
  await fillShelf(chromium.browser, playhouse)
  for (const view of VIEWS)
    await t.test(`${view.width} wide`, async () => {
      const { say } = await stringsOf(view.language)
      const findings = new Findings()
      const page = await enterPlayhouse(chromium.browser, playhouse, view, { bypassCSP: true })
      for (const [name, path, ready] of PAGES) {
        await goTo(page, playhouse, path)
        await page.locator(ready).first().waitFor()
        await findings.lookAt(page, name)
      }
      await goTo(page, playhouse, FILMED.saltClock)
      await page.locator('a[href^="/people/"]').first().click()
      await page.locator('.poster-wall a').first().waitFor()
      await findings.lookAt(page, 'a person')
      if (view.width === 390) {
        await goTo(page, playhouse, '/films')
        await page.getByRole('button', { name: say('browse.filters') }).click()
        await page.getByRole('dialog').waitFor()
        await findings.lookAt(page, 'the sheet of filters')
      } else {
        await page.keyboard.press('/')
        await page.keyboard.type('paper')
        await page.getByRole('option').first().waitFor()
        await findings.lookAt(page, 'what a search suggests')
        await goTo(page, playhouse, FILMED.lighthouse)
        await page.getByRole('button', { name: say('work.lists'), exact: true }).click()
        await page.getByRole('dialog').waitFor()
        await findings.lookAt(page, 'the sheet of lists')
      }
      await goTo(page, playhouse, FILMED.nightFerry)
      await page
        .locator('.episode button')
        .filter({ hasText: say('card.play') })
        .first()
        .click()
      await plays(page)
      await page.keyboard.press('9')
      await page.getByRole('group', { name: say('player.next') }).waitFor()
      await findings.lookAt(page, 'the next episode')
      await page.context().close()
      findings.refuse()
    })
})

test('axe finds nothing in the first run, nor while a film is waited for', async (t) => {
  await using chromium = await openChromium()
  for (const view of VIEWS)
    await t.test(`${view.width} wide`, async () => {
      await using playhouse = await openPlayhouse({ settings: null })
      const { say } = await stringsOf(view.language)
      const findings = new Findings()
      const page = await enterPlayhouse(chromium.browser, playhouse, view, { bypassCSP: true })
      for (const [heading, next] of [
        ['welcome.hello', 'welcome.hello-next'],
        ['welcome.sharing', 'welcome.sharing-next'],
        ['welcome.keeping', 'welcome.keeping-next'],
        ['welcome.ready', 'welcome.open'],
      ] as const) {
        await page.getByRole('heading', { name: say(heading) }).waitFor()
        await findings.lookAt(page, heading)
        await page.getByRole('button', { name: say(next) }).click()
      }
      await page.locator('.hero').waitFor()
      await playhouse.cinema.stop()
      await goTo(page, playhouse, FILMED.tickets)
      await page.getByRole('button', { name: say('card.play'), exact: true }).click()
      await page.locator('.waiting').waitFor()
      await findings.lookAt(page, 'waiting')
      await page.locator('.waiting[data-kind="stuck"]').waitFor()
      await findings.lookAt(page, 'stuck')
      await page.context().close()
      findings.refuse()
    })
})

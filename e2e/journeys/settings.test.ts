import { test } from 'node:test'
import assert from 'node:assert/strict'
import { complaintsOf, openChromium } from '../chromium.ts'
import { enterPlayhouse, goTo, journey, openPlayhouse, stringsOf, tabTo } from './playhouse.ts'

journey(
  'settings hold: the language, the room, and the country that decides what is offered',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say, pattern } = await stringsOf(view.language)
    const other = view.language === 'en' ? 'fr' : 'en'
    const otherWords = await stringsOf(other)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const counted = async (words: typeof otherWords): Promise<number> => {
      await goTo(page, playhouse, '/films')
      const count = page.locator('.browse-count')
      await page.waitForFunction(
        () => (document.querySelector('.browse-count')?.textContent ?? '') !== '',
      )
      assert.match(await count.innerText(), words.pattern('browse.count'))
      return Number(/\d+/u.exec(await count.innerText())?.[0])
    }
    const before = await counted({ say, pattern })

    // A country where more is free.
    await goTo(page, playhouse, '/settings')
    await page.getByRole('combobox', { name: say('settings.country') }).selectOption('US')
    await page.getByText(say('settings.saved')).waitFor()
    const inAmerica = await counted({ say, pattern })
    assert.ok(inAmerica > before, `${inAmerica} films in the United States, ${before} worldwide`)
    await goTo(page, playhouse, '/work/made-up.city-of-pendulums')
    await page.getByText(say('rights.question')).waitFor()
    assert.equal(await page.getByText(say('work.not-offered')).count(), 0)
    await goTo(page, playhouse, '/settings')
    await page.getByRole('combobox', { name: say('settings.country') }).selectOption('FR')
    await page.getByText(say('settings.saved')).waitFor()
    await goTo(page, playhouse, '/work/made-up.city-of-pendulums')
    await page.getByText(say('work.not-offered')).waitFor()

    // The room.
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).color)
    const dark = await paper()
    await goTo(page, playhouse, '/settings')
    await page.getByRole('radio', { name: say('settings.room-sheet') }).check()
    await page.waitForFunction((was) => getComputedStyle(document.body).color !== was, dark)
    const light = await paper()

    // The language, at once and after a new start of page and server.
    await page.getByRole('combobox', { name: say('settings.language') }).selectOption(other)
    await page.getByRole('heading', { name: otherWords.say('settings.heading') }).waitFor()
    await page.getByText(otherWords.say('settings.saved')).waitFor()
    await playhouse.close()
    await playhouse.reopen()
    await page.reload()
    await page.getByRole('heading', { name: otherWords.say('settings.heading') }).waitFor()
    assert.equal(await paper(), light)
    assert.equal(await page.evaluate(() => document.documentElement.lang), other)
    await counted(otherWords)
    assert.deepEqual(
      complaints.filter((each) => !each.includes('net::ERR_')),
      [],
    )
  },
)

test('by keyboard alone a country is chosen by its letters, a room by arrows, and a switch by the space bar', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await goTo(page, playhouse, '/')
  await tabTo(page, say('design.settings'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: say('settings.heading') }).waitFor()
  await tabTo(page, say('settings.prepare'))
  await page.keyboard.press('Space')
  await tabTo(page, say('settings.country'))
  await page.keyboard.type('Portug')
  await tabTo(page, say('settings.room-computer'))
  await page.keyboard.press('ArrowDown')
  await page.getByText(say('settings.saved')).waitFor()
  await page.reload()
  const prepare = page.getByRole('switch', { name: say('settings.prepare') })
  await prepare.waitFor()
  assert.equal(await prepare.isChecked(), false)
  const country = page.getByRole('combobox', { name: say('settings.country') })
  assert.equal(await country.inputValue(), 'PT')
  const house = page.getByRole('radio', { name: say('settings.room-house') })
  assert.equal(await house.isChecked(), true)
})

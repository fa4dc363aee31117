import { test } from 'node:test'
import assert from 'node:assert/strict'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import {
  enterPlayhouse,
  journey,
  openPlayhouse,
  pressWithKeys,
  stringsOf,
  tabTo,
} from './playhouse.ts'

/** Misspelt as somebody types who has heard of it. */
const MISSPELT = { en: 'papr lighthose', fr: 'le fhare de papyer' } as const
const TITLE = { en: 'Paper Lighthouse', fr: 'Le Phare de papier' } as const

journey('a misspelt search finds the film with the keyboard alone', async (view, browser) => {
  await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
  const { language, width } = view
  const { say } = await stringsOf(language)
  const page = await enterPlayhouse(browser, playhouse, view)
  const complaints = complaintsOf(page)
  const title = TITLE[language]
  await page.locator('.hero').waitFor()
  if (width === 1440) {
    await page.keyboard.press('/')
    await page.keyboard.type(MISSPELT[language], { delay: 20 })
    const found = page.getByRole('option', { name: new RegExp(`^${title}`, 'u') })
    const meant = page.getByRole('option', { name: /\?$/u })
    await found.or(meant).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    if (!page.url().includes('/work/')) {
      await found.first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
  } else {
    await pressWithKeys(page, say('design.search-page'))
    await page.getByRole('searchbox').waitFor()
    await page.keyboard.type(MISSPELT[language], { delay: 20 })
    await page.getByRole('link', { name: new RegExp(`^${title}`, 'u') }).waitFor()
    await tabTo(page, new RegExp(`^${title}`, 'u'))
    await page.keyboard.press('Enter')
  }
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await pressWithKeys(page, say('card.play'))
  await plays(page)
  assert.deepEqual(complaints, [])
})

test('a person, a list and nothing at all are found and said, in one search', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await page.locator('.hero').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('qqqqzzzz')
  await page.getByText(say('search.nothing', { text: 'qqqqzzzz' })).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: say('search.nothing', { text: 'qqqqzzzz' }) }).waitFor()
  await page.getByRole('main').getByRole('searchbox').fill('lamps')
  await page.getByRole('link', { name: /^Lamps and lights/u }).click()
  await page.getByRole('heading', { name: 'Lamps and lights' }).waitFor()
})

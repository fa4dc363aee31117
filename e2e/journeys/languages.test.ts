import { test } from 'node:test'
import assert from 'node:assert/strict'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import { enterPlayhouse, goTo, openPlayhouse, stringsOf } from './playhouse.ts'

/** Where a page or the server fell back to another language, these words would stand. */
const ENGLISH = /\b(?:the|and|with|your|which)\b/iu

for (const [language, locale] of [
  ['de', 'de-AT'],
  ['es', 'es-MX'],
] as const)
  test(`somebody whose browser speaks ${locale} finds, plays and settles in ${language}`, async (t) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [language] } })
    await using chromium = await openChromium()
    const { say } = await stringsOf(language)
    for (const width of [1440, 390] as const)
      await t.test(`${width} wide`, async () => {
        const view = { language: 'en', width } as const
        const page = await enterPlayhouse(chromium.browser, playhouse, view, { locale })
        const complaints = complaintsOf(page)
        await page.locator('.hero').waitFor()
        assert.equal(await page.evaluate(() => document.documentElement.lang), language)
        assert.equal(
          await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
          false,
          'no scrolling sideways',
        )

        await goTo(page, playhouse, '/search?text=lighthouse')
        await page.getByRole('heading', { name: say('search.works') }).waitFor()
        await page
          .getByRole('main')
          .getByRole('link', { name: /Lighthouse/u })
          .first()
          .click()
        await page.getByText(say('rights.question')).waitFor()
        // The rights are the server's own words.
        const slip = await page.locator('.slip').innerText()
        assert.doesNotMatch(slip.replaceAll(/“[^”]*”|„[^“]*“|«[^»]*»/gu, ''), ENGLISH, slip)
        await page
          .getByRole('button', { name: say('card.play') })
          .first()
          .click()
        await plays(page)

        await goTo(page, playhouse, '/settings')
        await page.getByRole('heading', { name: say('settings.heading'), level: 1 }).waitFor()
        const languages = page.getByRole('combobox', { name: say('settings.language') })
        assert.equal(await languages.inputValue(), language)
        assert.deepEqual(await languages.locator('option').allInnerTexts(), [
          'Deutsch',
          'English',
          'Español',
          'Français',
        ])
        const shots = process.env['MATINEE_SHOTS']
        if (shots !== undefined)
          await page.screenshot({ path: `${shots}/${language}-settings-${width}.png` })
        assert.deepEqual(complaints, [])
        await page.context().close()
      })
  })

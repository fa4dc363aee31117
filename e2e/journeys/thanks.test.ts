import assert from 'node:assert/strict'
import { complaintsOf } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import {
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  playOn,
  press,
  stringsOf,
} from './playhouse.ts'

journey(
  'the makers are thanked beside the credits and on the work’s page, and the card goes when it’s told to',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say, pattern } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const opened: string[] = []
    page.context().on('page', (other) => void opened.push(other.url()))
    await goTo(page, playhouse, FILMED.saltClock)
    const card = page.locator('.thanks')
    await card.getByText('Ilse Brandtvogel').waitFor()
    assert.equal(
      await card.getByRole('link').first().getAttribute('href'),
      'https://films.example/the-salt-clock/give',
    )
    await card.getByRole('button', { name: pattern('thanks.qr') }).click()
    await card.locator('.qr-code path').waitFor()
    await card.getByText('https://films.example/the-salt-clock/give').waitFor()

    await press(page, view, say('card.play'))
    await plays(page)
    const credits = page.locator('.credits-thanks')
    await page.keyboard.press('5')
    assert.equal(await credits.count(), 0, 'not before the credits')
    await page.keyboard.press('k')
    await page.keyboard.press('End')
    await credits.getByText(say('thanks.hand-made')).waitFor()
    // Nothing stands over the picture, and the film can still be worked.
    const [picture, beside] = await Promise.all(
      ['.stage-video', '.credits-thanks'].map((each) => page.locator(each).boundingBox()),
    )
    assert.ok(picture !== null && picture !== undefined && beside !== null && beside !== undefined)
    const isApart =
      picture.x + picture.width <= beside.x + 1 || picture.y + picture.height <= beside.y + 1
    assert.ok(isApart, 'the card covers no picture')
    await press(page, view, say('thanks.close'))
    await credits.waitFor({ state: 'detached' })

    // Switched off once, it doesn't come again, and Settings say so.
    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    await page.keyboard.press('k')
    await page.keyboard.press('End')
    const kept = page.waitForResponse(
      (response) =>
        response.url().endsWith('/api/settings') && response.request().method() === 'PUT',
    )
    await press(page, view, say('thanks.never'))
    await kept
    await credits.waitFor({ state: 'detached' })
    await goTo(page, playhouse, '/settings')
    await page.getByRole('switch', { name: say('settings.thanks'), checked: false }).waitFor()
    assert.deepEqual(opened, [], 'nothing was opened that nobody asked for')
    assert.deepEqual(complaints, [])
  },
)

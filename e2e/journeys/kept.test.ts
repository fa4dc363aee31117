import { test } from 'node:test'
import assert from 'node:assert/strict'
import { complaintsOf, openChromium } from '../chromium.ts'
import { axeFinds, plays } from '../player-stage.ts'
import {
  DESK,
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
  'a film is kept for the train: its price is said, it is fetched whole, and with everybody gone it plays after a restart',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say, pattern } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.lighthouse)
    await press(page, view, say('keep.keep'))
    await page.getByText(say('keep.takes')).waitFor()
    await press(page, view, say('keep.keep-it'))
    await page.getByRole('link', { name: say('keep.kept'), exact: true }).waitFor()

    await playhouse.close()
    await playhouse.cinema.stop()
    await playhouse.reopen()
    await goTo(page, playhouse, FILMED.lighthouse)
    await playOn(page)
    // To its end at a desk; elsewhere its beginning is enough.
    await plays(page, view === DESK ? 9 : 1)

    await goTo(page, playhouse, '/kept')
    const line = page.locator('.kept-line')
    await line.getByText(say('kept.giving')).waitFor()
    await page.getByText(pattern('kept.counted-how')).waitFor()
    await press(page, view, pattern('kept.pause-named'))
    await line.getByText(say('kept.paused')).waitFor()
    await press(page, view, pattern('kept.go-on-named'))
    await line.getByText(say('kept.giving')).waitFor()

    await press(page, view, pattern('kept.remove-named'))
    await page.getByText(say('kept.remove-note')).waitFor()
    await page.locator('.sheet-foot button').click()
    await page.getByText(say('kept.nothing')).waitFor()
    await press(page, view, say('kept.undo'))
    await line.getByText(say('kept.giving')).waitFor()
    assert.deepEqual(
      complaints.filter((each) => !each.includes('net::ERR_') && !/ 404 .*\/media\//u.test(each)),
      [],
    )
  },
)

test('one episode of a season is kept, the hours of quiet hold after a new start, and readers hear it all', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse, undefined, { bypassCSP: true })
  await goTo(page, playhouse, FILMED.nightFerry)
  const episode = page.locator('.episode').nth(1)
  await episode.getByRole('button', { name: /^Keep: / }).click()
  assert.deepEqual(await axeFinds(page, 'dialog'), [])
  await page.getByRole('button', { name: say('keep.keep-it') }).click()
  await episode.getByRole('link', { name: say('keep.kept') }).waitFor()

  await goTo(page, playhouse, '/kept')
  const line = page.locator('.kept-line')
  await line.getByText(say('kept.episodes', { count: 1 })).waitFor()
  await line.getByText(say('kept.giving')).waitFor()
  await page.getByRole('switch', { name: say('kept.quiet'), exact: true }).check()
  await page.getByRole('combobox', { name: say('kept.quiet-from') }).selectOption('08:30')
  await page.getByText(say('settings.saved'), { exact: true }).last().waitFor()
  assert.deepEqual(await axeFinds(page, 'main'), [])
  await playhouse.close()
  await playhouse.reopen()
  await page.reload()
  await line.getByText(say('kept.giving')).waitFor()
  const from = page.getByRole('combobox', { name: say('kept.quiet-from') })
  assert.equal(await from.inputValue(), String(8 * 60 + 30))
})

test('what is kept comes as slowly as was chosen, and at once when it may again', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say, pattern } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await goTo(page, playhouse, '/kept')
  const rate = page.getByRole('combobox', { name: say('settings.keep-rate') })
  const saved = page.getByText(say('settings.saved'), { exact: true }).last()
  // The film has 1.2 MB: half a minute.
  await rate.selectOption('50000')
  await saved.waitFor()
  await goTo(page, playhouse, FILMED.saltClock)
  await page.getByRole('button', { name: say('keep.keep') }).click()
  await page.getByRole('button', { name: say('keep.keep-it') }).click()
  await page.getByRole('link', { name: pattern('keep.coming') }).waitFor()

  await goTo(page, playhouse, '/kept')
  const line = page.locator('.kept-line')
  await line.getByText(say('kept.fetching')).waitFor()
  await page.waitForTimeout(4000)
  assert.equal(await line.getByText(say('kept.fetching')).count(), 1)
  await rate.selectOption('')
  await line.getByText(say('kept.giving')).waitFor({ timeout: 10_000 })
})

import assert from 'node:assert/strict'
import { complaintsOf } from '../chromium.ts'
import { drop, plays } from '../player-stage.ts'
import {
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  press,
  pressWithKeys,
  tabTo,
  stringsOf,
} from './playhouse.ts'

/** The film stands at its tenth second: the first line holds until just after it. */
const SRT = `1
00:00:08,000 --> 00:00:10,020
Déjà la première ligne.

2
00:00:10,020 --> 00:00:19,000
Et puis la seconde.
`
const VTT = `WEBVTT

00:00.000 --> 00:20.000
By drop, from first to last.
`

journey(
  'own subtitles come by button and by drop, are put in step, and look as the viewer likes',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say, pattern } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.tickets)
    await press(page, view, say('card.play'))
    await plays(page)
    await page.keyboard.press('k')
    await page.keyboard.press('5')
    await page.waitForFunction(() => document.querySelector('video')?.currentTime === 10)
    const line = (text: string) => page.locator('.caption-line', { hasText: text }).first()

    await press(page, view, say('player.captions'))
    const chooser = page.waitForEvent('filechooser')
    await press(page, view, say('subtitles.add'))
    await (
      await chooser
    ).setFiles({
      name: 'mine.srt',
      mimeType: 'application/x-subrip',
      buffer: Buffer.from(SRT),
    })
    await line('Déjà la première ligne.').waitFor()
    await page.getByText(pattern('subtitles.own')).waitFor()
    await press(page, view, say('subtitles.delay-sooner'))
    await line('Et puis la seconde.').waitFor()
    await press(page, view, say('subtitles.delay-later'))
    await line('Déjà la première ligne.').waitFor()
    await page.getByText(say('subtitles.in-step'), { exact: true }).waitFor()

    const sizeOf = (): Promise<number> =>
      line('Déjà').evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
    const before = await sizeOf()
    if (view.width === 390) {
      await page.getByText(say('subtitles.look')).click()
      await page.getByText(say('subtitles.huge'), { exact: true }).click()
    } else {
      await pressWithKeys(page, say('subtitles.look'))
      await tabTo(page, say('subtitles.usual'))
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowRight')
    }
    await page.getByRole('radio', { name: say('subtitles.huge'), checked: true }).waitFor()
    assert.ok((await sizeOf()) > before * 1.2, 'huge is larger')
    await page.keyboard.press('Escape')

    await drop(page, 'mine.vtt', new TextEncoder().encode(VTT))
    await line('By drop, from first to last.').waitFor()
    await page.keyboard.press('c')
    await line('By drop').waitFor({ state: 'detached' })

    // How they look stays, what was added goes with the film.
    await goTo(page, playhouse, FILMED.saltClock)
    await press(page, view, say('card.play'))
    await plays(page)
    await page.keyboard.press('c')
    await page.locator('.caption-line').first().waitFor()
    const after = await page
      .locator('.caption-line')
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize))
    assert.ok(after > before * 1.2, 'the look was kept')
    assert.deepEqual(complaints, [])
  },
)

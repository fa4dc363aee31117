import assert from 'node:assert/strict'
import { complaintsOf } from '../chromium.ts'
import { drop, plays } from '../player-stage.ts'
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

/** Four seconds late, and one line that no one could find by eye. */
const SRT = `1
00:00:05,000 --> 00:00:07,000
The ferry leaves at dawn.

2
00:00:14,000 --> 00:00:16,000
Déjà vu, said the lock-keeper.

3
00:00:19,000 --> 00:00:20,000
Goodbye.
`

journey(
  'all that is said is searched and jumped to, put in step by ear, and remembered with the title',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.saltClock)
    await press(page, view, say('card.play'))
    await plays(page)
    await page.keyboard.press('k')
    await drop(page, 'late.srt', new TextEncoder().encode(SRT))
    const at = (): Promise<number> =>
      page.evaluate(() => document.querySelector('video')?.currentTime ?? -1)
    const line = (text: string) => page.locator('.transcript button', { hasText: text })

    await press(page, view, say('player.captions'))
    await press(page, view, say('subtitles.transcript'))
    await line('Goodbye').waitFor()
    assert.equal(await page.locator('.transcript button').count(), 3)
    await page.getByPlaceholder(say('transcript.search')).fill('deja KEEPER')
    await line('Goodbye').waitFor({ state: 'detached' })
    await line('lock-keeper').click()
    await page.waitForFunction(() => document.querySelector('video')?.currentTime === 14)
    await page.locator('.caption-line', { hasText: 'lock-keeper' }).waitFor()

    // The film stands at 14 s, and what is heard there is the line of 19 s: five seconds sooner.
    await page.getByPlaceholder(say('transcript.search')).fill('')
    await press(page, view, say('transcript.in-step'))
    await line('Goodbye').click()
    await page.locator('.caption-line', { hasText: 'Goodbye' }).waitFor()
    assert.equal(await at(), 14, 'a heard line moves the subtitles, not the film')
    await line('ferry').click()
    await page.waitForFunction(() => document.querySelector('video')?.currentTime === 0)

    // Back in the film's own words, with a second language where there is one, in letters for dyslexic readers.
    await page.keyboard.press('Escape')
    await press(page, view, say('player.captions'))
    await page.getByText(say('subtitles.look')).click()
    await page.getByText(say('subtitles.legible'), { exact: true }).click()
    await page.locator('.captions[data-face="legible"]').waitFor()
    const loaded = await page.evaluate(async () => {
      await document.fonts.load('20px OpenDyslexic')
      return document.fonts.check('20px OpenDyslexic')
    })
    assert.ok(loaded, 'the letters are there')

    // The same file, given again another day, is as it was left.
    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    await page.keyboard.press('k')
    await drop(page, 'late.srt', new TextEncoder().encode(SRT))
    await press(page, view, say('player.captions'))
    await page.locator('.subtitle-delay strong', { hasText: /5/u }).waitFor()
    assert.deepEqual(complaints, [])
  },
)

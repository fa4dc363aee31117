import assert from 'node:assert/strict'
import { openFakeChromecast, openFakeRenderer } from '@matinee/testkit/devices'
import { complaintsOf } from '../chromium.ts'
import { axeFinds, drop, plays } from '../player-stage.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  press,
  stringsOf,
} from './playhouse.ts'

const SRT = `1
00:00:05,000 --> 00:00:07,000
The ferry leaves at dawn.
`

/** What a neighbour might call his television. */
const NAME = 'Den <img src=x onerror="document.title=1"> \u202eVT'

journey(
  'a film goes to a Chromecast and to a television with the subtitles as they are here, and comes back to its place',
  async (view, browser) => {
    await using tv = await openFakeChromecast({ name: 'Living room' })
    await using set = await openFakeRenderer({ name: NAME })
    await using playhouse = await openPlayhouse({
      settings: { languages: [view.language] },
      castDiscovery: { mdns: tv.mdns, ssdp: set.ssdp },
    })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view, { bypassCSP: true })
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.saltClock)
    await press(page, view, say('card.play'))
    await plays(page)
    await page.keyboard.press('k')
    await drop(page, 'own.srt', new TextEncoder().encode(SRT))
    await page.waitForFunction(() => document.querySelector('video')?.paused)

    const openPanel = async (): Promise<void> => {
      if (view.width === 390) {
        await page.getByRole('button', { name: say('player.more'), exact: true }).click()
        await page.locator('.panel-line', { hasText: say('screens.title') }).click()
      } else await press(page, view, say('screens.title'))
    }
    const line = (name: string) => page.locator('.cast-line', { hasText: name })
    await openPanel()
    await line('Living room').waitFor()
    await line(say('screens.dlna', { address: '127.0.0.1' })).waitFor()
    // L3: whatever a screen calls itself is shown as text.
    await line('Den <img src=x onerror="document.title=1"> VT').waitFor()
    assert.equal(await page.locator('.cast-line img').count(), 0)
    assert.deepEqual(await axeFinds(page), [])

    // The subtitles of one's own file go along, later by 50 ms once they are moved.
    await line('Living room').click()
    await page
      .getByRole('heading', { name: say('screens.now-on', { name: 'Living room' }) })
      .waitFor()
    assert.deepEqual(await axeFinds(page), [])
    const [first] = tv.played
    assert.match(
      first?.captions?.text ?? '',
      /00:00:05\.000 --> 00:00:07\.000[^\n]*\nThe ferry leaves at dawn\./u,
    )
    assert.equal(first?.style['fontScale'], 1)
    assert.equal(first?.type, 'video/mp4')
    await page.keyboard.press('x')
    for (let tries = 0; tries < 100 && tv.played.length < 2; tries++) await page.waitForTimeout(50)
    assert.match(tv.played[1]?.captions?.text ?? '', /00:00:05\.050 -->/u)

    // Keys and buttons work the screen; nothing plays here.
    await page.keyboard.press('k')
    for (let tries = 0; tries < 100 && tv.film.isPlaying; tries++) await page.waitForTimeout(50)
    assert.equal(tv.film.isPlaying, false)
    await page.keyboard.press('5')
    for (let tries = 0; tries < 100 && tv.film.positionSeconds < 17; tries++)
      await page.waitForTimeout(50)
    assert.ok(tv.film.positionSeconds >= 17 && tv.film.positionSeconds < 20, 'half of 36 seconds')
    assert.equal(await page.evaluate(() => document.querySelector('video')?.paused), true)

    if (view !== DESK) {
      await press(page, view, say('screens.come-back'))
      await page.waitForFunction(
        () =>
          document.querySelector('.cast-stage') === null &&
          Math.abs((document.querySelector('video')?.currentTime ?? 0) - 18) < 2,
      )
      assert.equal(tv.told.at(-1), 'STOP')
      return
    }

    // The television is next, from the same place.
    await openPanel()
    await line('VT').click()
    for (let tries = 0; tries < 200 && set.played.length === 0; tries++)
      await page.waitForTimeout(50)
    assert.equal(tv.told.at(-1), 'STOP')
    assert.equal(set.played[0]?.head.type, 'video/mp4')
    assert.match(set.played[0]?.captions ?? '', /00:00:05,050 --> 00:00:07,050\nThe ferry/u)
    await page.waitForFunction(() => document.querySelector('.cast-stage[data-phase="playing"]'))
    assert.ok(set.film.positionSeconds >= 17, 'the place was kept')

    // It vanishes: that is said, and the film goes on here where it was there.
    await set.vanish()
    await page.getByRole('heading', { name: /Den/u }).waitFor()
    await page.locator('.cast-stage[data-phase="failed"]').waitFor()
    await press(page, view, say('screens.go-on-here'))
    await plays(page, 16)
    assert.equal(await page.locator('.cast-stage').count(), 0)
    assert.deepEqual(complaints, [])
  },
)

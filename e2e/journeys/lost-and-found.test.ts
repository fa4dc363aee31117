import assert from 'node:assert/strict'
import { SECOND_MS } from '@matinee/base'
import { complaintsOf } from '../chromium.ts'
import { hasAllOf, plays, positionOf } from '../player-stage.ts'
import {
  DESK,
  FILMED,
  PATIENCE_MS,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  press,
  stringsOf,
} from './playhouse.ts'

journey(
  'a film whose peers vanish says so in words, and goes on when they come back',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.nightFerry)
    await press(page, view, say('home.episode', { season: 1, episode: 1 }))
    await plays(page)
    await hasAllOf(page)

    await playhouse.cinema.stop()
    // What is here plays on; the next episode isn't here.
    await plays(page, await positionOf(page))
    await page.keyboard.press('Shift+N')
    const gone = page
      .getByRole('heading', { name: say('stuck.nobody') })
      .or(page.getByRole('heading', { name: say('stuck.unreachable') }))
    await gone.waitFor()
    await page.locator('.waiting-step', { hasText: say('waiting.asking') }).waitFor()
    await page.getByRole('button', { name: say('stuck.again') }).waitFor()

    await playhouse.cinema.start()
    // By itself: who had it is dialed again every ten seconds, whatever the tracker thinks. Or sooner, if asked.
    if (view !== DESK) await press(page, view, say('stuck.again'))
    await plays(page)
    await gone.waitFor({ state: 'detached' })
    // A stream that was given up for another one is gone, and the browser says so of what it still waited for.
    assert.deepEqual(
      complaints.filter((each) => !/ 404 .*\/(?:media\/|way$)/u.test(each)),
      [],
    )
  },
)

journey(
  'the server restarted under the page: the page says so, and the film goes on at its second',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    await goTo(page, playhouse, FILMED.saltClock)
    await press(page, view, say('card.play'))
    await plays(page)
    await page.keyboard.press('3')
    await plays(page, 10)
    await hasAllOf(page)
    await playhouse.close()
    await page.getByText(say('gone.note')).waitFor()
    await plays(page, 12)
    const before = await positionOf(page)
    await playhouse.reopen()
    await page.getByText(say('gone.note')).waitFor({ state: 'detached' })
    // Begun anew it would take longer to get there.
    page.setDefaultTimeout(before * SECOND_MS - 1000)
    await plays(page, before)
    page.setDefaultTimeout(PATIENCE_MS)
    // A seek needs bytes of the server that is there now.
    await page.keyboard.press('8')
    await plays(page, 28)

    // Loaded anew, the page is still in, and the film at its second.
    await page.keyboard.press('k')
    // The film may just be opened anew, and is on its way to its second.
    await page.waitForFunction(() => {
      const video = document.querySelector('video')
      return video !== null && video.paused && video.currentTime > 28
    })
    const left = await positionOf(page)
    await page.waitForTimeout(300)
    await page.reload()
    await press(page, view, /0:(?:28|29|3\d)/u)
    // Played from its start it would take longer than anybody here waits.
    assert.ok((left - 2) * SECOND_MS > PATIENCE_MS, `left at ${left}`)
    await plays(page, left - 2)
  },
)

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
  'sound for the night is switched while the film plays and remembered; the sleep timer says what it will do',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    // What reaches the loudspeaker: connections of the film's sound are counted where they are made.
    await page.addInitScript(() => {
      const ways: string[] = []
      Object.assign(window, { ways })
      const connected = AudioNode.prototype as unknown as { connect: (...to: unknown[]) => unknown }
      connected.connect = new Proxy(connected.connect, {
        apply(connect, from: unknown, to: unknown[]) {
          if (from instanceof MediaElementAudioSourceNode)
            ways.push(to[0]?.constructor.name ?? 'nothing')
          return Reflect.apply(connect, from, to)
        },
      })
    })
    const ways = (): Promise<string[]> =>
      page.evaluate(() => (window as unknown as { ways: string[] }).ways)
    await goTo(page, playhouse, FILMED.saltClock)
    await press(page, view, say('card.play'))
    await plays(page)
    assert.deepEqual(await ways(), [], 'until it’s wanted, the sound goes the browser’s own way')
    await press(page, view, say('player.more'))
    const night = page.getByRole('switch', { name: say('player.night-sound') })
    await night.click()
    await page.getByRole('switch', { name: say('player.night-sound'), checked: true }).waitFor()
    assert.deepEqual(await ways(), ['BiquadFilterNode'])
    const from = await page.evaluate(() => document.querySelector('video')?.currentTime ?? -1)
    await page.waitForFunction(
      (before) => (document.querySelector('video')?.currentTime ?? -1) > before,
      from,
    )
    await night.click()
    assert.deepEqual(await ways(), ['BiquadFilterNode', 'AudioDestinationNode'])
    await night.click()

    await page.getByRole('button', { name: say('player.sleep') }).click()
    await page.getByText(say('sleep.end'), { exact: true }).click()
    await page.keyboard.press('Escape')
    await press(page, view, say('player.more'))
    await page
      .getByRole('button', { name: say('player.sleep') })
      .getByText(say('sleep.end'))
      .waitFor()

    await goTo(page, playhouse, FILMED.saltClock)
    await playOn(page)
    await plays(page)
    await page.waitForFunction(
      () => (window as unknown as { ways: string[] }).ways[0] === 'BiquadFilterNode',
    )
    assert.deepEqual(complaints, [])
  },
)

import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { complaintsOf } from '../chromium.ts'
import { axeFinds, plays } from '../player-stage.ts'
import {
  DESK,
  FILMED,
  PATIENCE_MS,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  playOn,
  stringsOf,
  type View,
} from './playhouse.ts'

/** This computer's address in its home network; where it has none, another one of loopback stands in. */
const LAN_HOST =
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(
      ({ family, internal, address }) =>
        family === 'IPv4' && !internal && /^(?:192\.168|10)\./u.test(address),
    )?.address ?? '127.0.0.2'

/** What a phone's camera reads off the panel. */
async function codeOn(page: Page): Promise<string> {
  await page.locator('.remote-link').waitFor()
  return page.locator('.remote-link').innerText()
}

async function openPhone(browser: Browser, { language }: View, url: string): Promise<Page> {
  const context = await browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    bypassCSP: true,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const phone = await context.newPage()
  await phone.goto(url)
  return phone
}

journey(
  'a phone reads a code off the player, works the film, and is let go; nothing listens afterwards',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({
      settings: { languages: [view.language] },
      remotePlaces: {
        hosts: [LAN_HOST],
        mayBePhone: (host) => host === LAN_HOST || host.startsWith('127.'),
      },
    })
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view, { bypassCSP: true })
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, FILMED.nightFerry)
    await playOn(page)
    await plays(page)
    const openPanel = async (): Promise<void> => {
      await page.mouse.move(200, 200)
      await page.getByRole('button', { name: say('player.more'), exact: true }).click()
      await page.locator('.panel-line', { hasText: say('remote.title') }).click()
    }
    await openPanel()
    const url = await codeOn(page)
    assert.match(url, new RegExp(`^http://${RegExp.escape(LAN_HOST)}:\\d+/#[\\w-]{22}$`, 'u'))
    await page.locator('.qr-code path').waitFor({ state: 'attached' })
    assert.deepEqual(await axeFinds(page), [])

    const phone = await openPhone(browser, view, url)
    const onPhone = complaintsOf(phone)
    await phone.getByRole('button', { name: say('phone.pause'), exact: true }).waitFor()
    assert.equal(new URL(phone.url()).hash, '', 'the secret isn’t in the address any more')
    await page
      .getByText(say('remote.phones', { count: 1 }))
      .first()
      .waitFor()
    assert.match(await phone.locator('#title').innerText(), /\S/u)
    assert.deepEqual(await axeFinds(phone, 'body'), [])
    const isWide = await phone.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(isWide, false, 'nothing is cut off in portrait')

    const sizeBytes = await phone.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter((entry) => entry instanceof PerformanceResourceTiming)
        .filter(({ initiatorType }) => initiatorType !== 'fetch')
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    )
    assert.ok(sizeBytes > 2000 && sizeBytes < 15_000, `the page is ${sizeBytes} bytes`)

    // Pause, ten seconds, a place, loudness, speed, subtitles: each as the player has it then.
    await phone.getByRole('button', { name: say('phone.pause'), exact: true }).click()
    await page.waitForFunction(() => document.querySelector('video')?.paused === true)
    await phone.getByRole('button', { name: say('phone.play'), exact: true }).waitFor()
    await phone.getByRole('slider', { name: say('phone.time') }).fill('500')
    await page.waitForFunction(() => {
      const { currentTime = 0, duration = 0 } = document.querySelector('video') ?? {}
      return Math.abs(currentTime - duration / 2) < 0.5
    })
    await phone.getByRole('button', { name: say('phone.back'), exact: true }).click()
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 9) < 0.5)
    await phone.getByRole('slider', { name: say('phone.volume') }).fill('30')
    await page.waitForFunction(() => document.querySelector('video')?.volume === 0.3)
    await phone.getByRole('button', { name: say('phone.mute'), exact: true }).click()
    await page.waitForFunction(() => document.querySelector('video')?.muted === true)
    await phone.getByLabel(say('phone.rate')).selectOption('1.5')
    await page.waitForFunction(() => document.querySelector('video')?.playbackRate === 1.5)

    // The code is worth nothing a second time.
    const second = await openPhone(browser, view, url)
    await second.getByRole('heading', { name: say('phone.used') }).waitFor()
    await second.close()

    // The next episode has another player, and the phone stays.
    const before = await phone.locator('#subtitle').innerText()
    await phone.getByRole('button', { name: say('phone.next'), exact: true }).click()
    await phone.waitForFunction((was) => {
      const now = document.querySelector('#subtitle')?.textContent ?? ''
      return now !== '' && now !== was
    }, before)
    await plays(page, 0)

    // Who plays sees the phone, and lets it go.
    await page.mouse.move(210, 210)
    await page.locator('.phone-mark').click()
    await page.getByRole('button', { name: say('remote.cut'), exact: true }).click()
    await page.getByText(say('remote.ended')).waitFor()
    await phone.getByRole('heading', { name: say('phone.away') }).waitFor()
    await assert.rejects(fetch(url), 'nothing listens any more')
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      onPhone.filter((line) => !line.includes('ERR_CONNECTION_REFUSED')),
      [],
    )

    if (view !== DESK) return
    // With the player, the listener closes by itself.
    await page.getByRole('button', { name: say('remote.again'), exact: true }).click()
    const other = await codeOn(page)
    assert.notEqual(other, url)
    assert.equal((await fetch(other)).status, 200)
    await page.goto('about:blank')
    for (let tries = 0; tries < 100; tries++) {
      const isThere = await fetch(other).then(
        () => true,
        () => false,
      )
      if (!isThere) return
      await page.waitForTimeout(50)
    }
    assert.fail('it listens though the player is closed')
  },
)

import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page, Route } from 'playwright-core'
import { openChromium } from './chromium.ts'
import {
  FILMED,
  enterPlayhouse,
  goTo,
  openPlayhouse,
  type Playhouse,
} from './journeys/playhouse.ts'

/** What the server says of works before any is loaded, made of what it says afterwards. */
async function sayTooEarly(route: Route): Promise<void> {
  const headers = { 'matinee-catalogue': 'loading' }
  const { pathname } = new URL(route.request().url())
  const answer = await route.fetch()
  if (answer.status() === 404 || /\/(?:works|lists)\/./u.test(pathname)) {
    await route.fulfill({ status: 404, headers, json: { error: { code: 'not-found' } } })
    return
  }
  const said = (await answer.json()) as Readonly<Record<string, unknown>>
  const nothing = {
    '/api/programme': {
      carryOn: [],
      shortTonight: [],
      rows: [],
      counts: { feature: 0, short: 0, series: 0 },
      isLoading: true,
    },
    '/api/works': { total: 0, works: [] },
  }[pathname]
  await route.fulfill({ headers, json: { ...said, ...nothing } })
}

/** Opens an address while the catalogue is loading, sees `meanwhile`, and says how often the page asked until it showed `selector`. */
async function openEarly(
  page: Page,
  playhouse: Playhouse,
  path: string,
  asks: RegExp,
  meanwhile: string,
  selector: string,
): Promise<number> {
  let answers = 0
  await page.route(
    (url) => asks.test(url.pathname),
    async (route) => {
      answers += 1
      await (answers <= 2 ? sayTooEarly(route) : route.continue())
    },
  )
  await goTo(page, playhouse, path)
  await page.locator(meanwhile).waitFor()
  assert.equal(await page.locator(selector).count(), 0)
  await page.locator(selector).first().waitFor()
  await page.unrouteAll()
  return answers
}

test('pages that were opened before the catalogue is loaded fill by themselves when it is', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await page.locator('.poster-card, .row a').first().waitFor()
  const list = await page.locator('a[href^="/list/"]').first().getAttribute('href')
  assert.ok(list !== null)
  const pages = [
    ['/', /^\/api\/programme$/u, '.loading-words', '.hero:not(.skeleton)'],
    ['/browse', /^\/api\/works$/u, '.empty', '.poster-card'],
    [FILMED.saltClock, /^\/api\/works\/[^/]+$/u, '.empty', '.slip'],
    [list, /^\/api\/lists\//u, '.empty', 'main a[href^="/work/"]'],
  ] as const
  for (const [path, asks, meanwhile, selector] of pages)
    assert.ok((await openEarly(page, playhouse, path, asks, meanwhile, selector)) >= 3, path)
})

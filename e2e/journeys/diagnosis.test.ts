import { test } from 'node:test'
import assert from 'node:assert/strict'
import { publisherIn, follow, FREE_WHERE } from './followed-catalogues.ts'
import { complaintsOf, openChromium } from '../chromium.ts'
import { openPublishedFeed } from '../published-feed.ts'
import { enterPlayhouse, goTo, openPlayhouse, press, stringsOf } from './playhouse.ts'

test('a mirror that is gone is named with what to do, at a desk and on a phone, and what is copied names nobody', async () => {
  await using chromium = await openChromium()
  await using playhouse = await openPlayhouse({ settings: FREE_WHERE })
  await using feed = await openPublishedFeed({ folder: publisherIn(playhouse) })
  const { say } = await stringsOf('en')
  for (const width of [1440, 390] as const) {
    const view = { language: 'en', width } as const
    const page = await enterPlayhouse(chromium.browser, playhouse, view, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const complaints = complaintsOf(page)
    if (width === 1440) await follow(page, playhouse, { ...feed, folder: feed.url })
    await goTo(page, playhouse, '/settings')
    await page.getByRole('link', { name: say('diagnosis.open') }).click()
    await page.getByRole('heading', { name: say('diagnosis.heading'), exact: true }).waitFor()
    const row = page.locator('[data-row]').filter({ hasText: feed.name })
    if (width === 1440) {
      await row.and(page.locator('[data-state="fine"]')).waitFor()
      await feed.stopServer()
    }
    const name = say('diagnosis.catalogue', { name: feed.name })
    await press(page, view, say('diagnosis.test-named', { name }))
    await row.and(page.locator('[data-state="broken"]')).waitFor()
    await row.getByText(say('diagnosis.mirrors-all')).waitFor()
    await row.getByText(feed.url).waitFor()
    await row.getByText(say('feeds.why-unreachable')).first().waitFor()
    await page.getByRole('heading', { name: say('diagnosis.some-broken', { count: 1 }) }).waitFor()
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      true,
      'nothing sticks out',
    )

    await press(page, view, say('diagnosis.copy'))
    await page.getByText(say('rights.copied')).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    assert.match(copied, /^Matinee .*\nbrowser: Chrome \d+;/u)
    assert.match(copied, /sources https failed \(unreachable\)/u)
    for (const text of [feed.name, feed.url, playhouse.dataFolder, '127.0.0.1'])
      assert.ok(!copied.includes(text), text)
    assert.deepEqual(complaints, [])
    await page.context().close()
  }
})

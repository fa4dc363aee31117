import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import { openPublishedFeed } from '../published-feed.ts'
import {
  CATALOGUES_PAGE,
  entryOf,
  follow,
  found,
  FREE_WHERE,
  publisherIn,
  refresh,
  workSays,
} from './followed-catalogues.ts'
import { enterPlayhouse, goTo, openPlayhouse, stringsOf, type Playhouse } from './playhouse.ts'

/** Where the only card of a title leads. */
async function onlyCard(page: Page, playhouse: Playhouse, title: string): Promise<string> {
  await found(page, playhouse, title)
  const cards = page.locator('.poster-grid').getByRole('link', { name: title })
  assert.equal(await cards.count(), 1)
  return (await cards.first().getAttribute('href')) ?? ''
}

test('a work of two catalogues is one card of the first, names the other, changes with their order, and stays when one withdraws it', async () => {
  await using playhouse = await openPlayhouse({ settings: FREE_WHERE })
  const folder = publisherIn(playhouse)
  await using ferry = await openPublishedFeed({ folder })
  await using dock = await openPublishedFeed({ folder: `${folder}-2`, name: 'Dock Street' })
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  const complaints = complaintsOf(page)
  const [work] = ferry.works
  assert.ok(work !== undefined)
  const title = work.title.text
  await follow(page, playhouse, ferry)
  const ferrys = await onlyCard(page, playhouse, title)
  await follow(page, playhouse, dock)

  // The Ferry Press first.
  const place = async (): Promise<number> => {
    const names = await page.locator('.feed h2').allInnerTexts()
    return names.indexOf(ferry.name) - names.indexOf(dock.name)
  }
  const up = async (name: string): Promise<void> => {
    await goTo(page, playhouse, CATALOGUES_PAGE)
    await entryOf(page, name).waitFor()
    const button = page.getByRole('button', { name: say('feeds.up', { name }) })
    await button.click()
    await page.getByText(say('feeds.moved', { name, place: 2, count: 3 })).waitFor()
  }
  await goTo(page, playhouse, CATALOGUES_PAGE)
  await entryOf(page, dock.name).waitFor()
  if ((await place()) > 0) await up(ferry.name)
  assert.equal(await onlyCard(page, playhouse, title), ferrys)
  await workSays(page, playhouse, ferrys, say('work.also-in'))
  const link = page.getByRole('main').getByRole('link', { name: dock.name, exact: true })
  await page.getByRole('button', { name: say('work.favourite'), exact: true }).click()
  await page.locator('[aria-pressed=true]').first().waitFor()
  await link.click()
  await page.getByText(`${dock.name}, which signed it`).waitFor()
  const docks = new URL(page.url()).pathname
  await page.getByRole('main').getByRole('link', { name: ferry.name, exact: true }).waitFor()
  // It's the same work: the shelf knows it.
  await page.locator('[aria-pressed=true]').first().waitFor()

  // Dock Street first, at once.
  await up(dock.name)
  assert.equal(await onlyCard(page, playhouse, title), docks)
  const favourite = page.getByRole('main').getByRole('link', { name: title })
  await goTo(page, playhouse, '/shelf/favourites')
  await favourite.first().waitFor()
  assert.equal(await favourite.first().getAttribute('href'), docks)

  // What it withdraws is its own: the card is the other's.
  const [own] = dock.works
  assert.ok(own !== undefined)
  await dock.decide(own, { state: 'revoked', effect: 'blocked', reason: 'notice' })
  await refresh(page, playhouse, dock)
  await workSays(page, playhouse, docks, say('rights.no-longer'))
  await page.getByRole('main').getByRole('link', { name: ferry.name, exact: true }).waitFor()
  assert.equal(await onlyCard(page, playhouse, title), ferrys)
  await goTo(page, playhouse, '/shelf/favourites')
  await favourite.first().waitFor()
  assert.equal(await favourite.first().getAttribute('href'), ferrys)
  assert.deepEqual(complaints, [])
})

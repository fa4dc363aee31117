/** Catalogues that are followed in a browser: what journeys about them do again and again. */
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { PublishedFeed } from '../published-feed.ts'
import { goTo, stringsOf, type Playhouse } from './playhouse.ts'

/** Where catalogues are followed. */
export const CATALOGUES_PAGE = '/settings/catalogues'
/** The works of published feeds are free there. */
export const FREE_WHERE = { country: 'FR' } as const

/** A catalogue among those that are followed, by its name. */
export function entryOf(page: Page, name: string): Locator {
  return page.locator('.feed').filter({ has: page.getByRole('heading', { name, exact: true }) })
}

/** Where the publisher of a playhouse may be. */
export function publisherIn({ dataFolder }: { readonly dataFolder: string }): string {
  return join(dataFolder, '..', 'publisher')
}

/** A work that a search finds, once it's loaded: that goes on behind the feeds. */
export async function found(page: Page, playhouse: Playhouse, title: string): Promise<Locator> {
  const work = page.getByRole('main').getByRole('link', { name: title }).first()
  for (let looks = 0; ; looks++) {
    await goTo(page, playhouse, `/search?${new URLSearchParams({ text: title })}`)
    await page.locator('.empty, .poster-grid a').first().waitFor()
    if ((await work.count()) > 0 || looks === 20) break
  }
  await work.waitFor()
  return work
}

/** Follows a feed by its folder, and waits until it's there. */
export async function follow(page: Page, playhouse: Playhouse, feed: PublishedFeed): Promise<void> {
  const { say } = await stringsOf('en')
  await goTo(page, playhouse, CATALOGUES_PAGE)
  await page.getByRole('textbox', { name: say('feeds.address') }).fill(feed.folder)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: say('feeds.accept') }).click()
  await entryOf(page, feed.name)
    .getByText(say('feeds.works', { count: feed.works.length }))
    .waitFor()
}

/** Has a feed asked anew, and waits until that is over. */
export async function refresh(
  page: Page,
  playhouse: Playhouse,
  { name }: PublishedFeed,
): Promise<void> {
  const { say } = await stringsOf('en')
  await goTo(page, playhouse, CATALOGUES_PAGE)
  const button = page.getByRole('button', { name: say('feeds.refresh-named', { name }) })
  await button.click()
  await page.locator('.feed [aria-busy]').first().waitFor({ state: 'detached' })
}

/** Opens a work's page again and again until it says something: decisions act behind the refresh. */
export async function workSays(
  page: Page,
  playhouse: Playhouse,
  path: string,
  words: string,
): Promise<void> {
  const said = page.getByRole('main').getByText(words).first()
  for (let looks = 0; looks < 20; looks++) {
    await goTo(page, playhouse, path)
    await page.locator('.slip').waitFor()
    if ((await said.count()) > 0) break
  }
  await said.waitFor()
}

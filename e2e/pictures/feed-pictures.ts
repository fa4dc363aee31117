import type { Browser, Page } from 'playwright-core'
import { fakeFeeds, fakedFingerprint, shownFeeds } from '../faked-feeds.ts'
import { openPictured, takePage, type PictureView, type PicturedViewer } from './page-pictures.ts'

const ADDRESS = 'https://north.example/feed/'
const OFFER = {
  offer: 'an-offer',
  kind: 'signed',
  fingerprint: fakedFingerprint(33),
  name: 'Night Films of the North',
  operator: 'Aino Kaivopuisto',
  works: 1204,
  address: ADDRESS,
  isFollowed: false,
} as const
const WITHDRAWN = 'made-up.the-salt-clock'
const WITHDRAWAL = {
  by: 'The Ferry Press',
  on: '2026-05-04',
  reason: 'Its licence isn’t what we thought.',
  note: 'The composer never agreed to the second reel.',
  acts: true,
  copyPlays: true,
} as const

/**
 * Takes the page of catalogues, an offer, and a work that was withdrawn. What the pages ask about feeds is made up: a server
 * comes into such states only after days.
 */
export async function takeFeedPages(
  browser: Browser,
  viewer: PicturedViewer,
  view: PictureView,
  folder: string,
): Promise<void> {
  const page = await openPictured(browser, viewer, view)
  await fakeFeeds(page, { feeds: shownFeeds(), offers: new Map([[ADDRESS, OFFER]]), asked: [] })
  await withdraw(page)
  const take = (name: string): Promise<void> => takePage(page, name, view, folder)
  await page.goto(`${viewer.url}settings/catalogues`)
  await page.locator('.feed').first().waitFor()
  await take('catalogues')
  await page.locator('.feed').nth(2).scrollIntoViewIfNeeded()
  await page
    .locator('.feed')
    .nth(2)
    .evaluate((feed) => feed.scrollIntoView())
  await take('catalogues-old')
  await page.locator('.address-form .field-input').fill(ADDRESS)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await take('catalogue-offer')
  await page.goto(`${viewer.url}work/${WITHDRAWN}`)
  await page.locator('.work-withdrawals').waitFor()
  if (view.width < 960) await page.locator('.work-withdrawals').scrollIntoViewIfNeeded()
  await take('work-withdrawn')
  await page.context().close()
}

/** One work's page answers as it would had its feed withdrawn it, and had another feed it too. */
async function withdraw(page: Page): Promise<void> {
  await page.route(/\/api\/works\/made-up\.the-salt-clock\?/u, async (route) => {
    const answer = await route.fetch()
    const work: unknown = await answer.json()
    const rights: unknown = Reflect.get(Object(work), 'rights')
    await route.fulfill({
      json: {
        ...Object(work),
        offered: false,
        releases: [],
        withdrawals: [WITHDRAWAL],
        alsoIn: [{ workId: 'ferry.salt-clock', feed: 'Silent Europe' }],
        rights: {
          ...Object(rights),
          answer: 'no-longer',
          sentence: 'The Ferry Press withdrew it on 4 May 2026.',
          permissions: [
            { use: 'watch', label: 'Watch and keep', kind: 'yes-if', words: 'a copy that is here' },
            { use: 'share', label: 'Pass it on', kind: 'no', words: 'no' },
          ],
          source: 'The Ferry Press, which signed it.',
        },
      },
    })
  })
}

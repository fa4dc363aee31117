/**
 * The page of catalogues in states that a real server comes into only after days, or by ill will. NOTE: what the page
 * asks about feeds is answered by `faked-feeds.ts`; with the real server it's walked through in
 * `journeys/catalogues.test.ts`.
 */
import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import {
  fakeFeeds,
  fakedFingerprint,
  shownFeeds,
  type FakedFeeds,
  type FakedOffer,
} from './faked-feeds.ts'
import { focusedName, pressWithKeys, stringsOf, tabTo } from './journeys/playhouse.ts'
import { axeFinds, enter, openStagedViewer, type StagedViewer } from './player-stage.ts'

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

/** The pointer of a feed, as far as it names it, and the magnet link of the same name. */
const POINTER = Buffer.concat([
  Buffer.from('d1:k32:'),
  Buffer.alloc(32, 7),
  Buffer.from('4:salt20:'),
  Buffer.alloc(20, 9),
  Buffer.from('3:seqi1ee'),
])
const POINTED = `magnet:?xs=urn:btpk:${'07'.repeat(32)}&s=${'09'.repeat(20)}`

async function openPage(
  browser: Browser,
  { viewer }: StagedViewer,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly faked: FakedFeeds }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const faked: FakedFeeds = {
    feeds: shownFeeds(),
    offers: new Map<string, FakedOffer>([
      [ADDRESS, OFFER],
      [POINTED, OFFER],
      ['https://followed.example/', { ...OFFER, isFollowed: true }],
      ['/media/stick', 'no-feed'],
      ['nonsense', 'bad-request'],
    ]),
    asked: [],
  }
  await fakeFeeds(page, faked)
  await enter(page, viewer, '/settings/catalogues')
  await page.locator('.feed').first().waitFor()
  return { page, faked }
}

test('axe finds nothing on the page of catalogues in any state, room, width, nor at twice the size, and nothing scrolls sideways', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const found: string[] = []
  for (const [width, locale] of [
    [1440, 'en-GB'],
    // 1440 at 200 %, as the page sees it.
    [720, 'fr-FR'],
    [390, 'fr-FR'],
    // The smallest width that must do: 1280 at 400 %.
    [320, 'en-GB'],
  ] as const) {
    const { page } = await openPage(chromium.browser, staged, {
      locale,
      bypassCSP: true,
      viewport: { width, height: 844 },
    })
    const look = async (name: string): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map((each) => each.finished)),
        )
        const rules = colorScheme === 'light' ? ['color-contrast'] : []
        found.push(...(await axeFinds(page, 'html', rules)).map((each) => `${name}: ${each}`))
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (over > 0) found.push(`${name} scrolls sideways by ${over} at ${width}`)
    }
    await look('catalogues')
    await page.locator('.address-form .field-input').fill('ftp://a.example')
    await page.keyboard.press('Enter')
    await page.locator('.field-note.problem').waitFor()
    await look('a wrong address')
    await page.locator('.address-form .field-input').fill(ADDRESS)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await look('an offer')
    await page.context().close()
  }
  assert.deepEqual(found, [])
})

test('by keyboard alone a catalogue goes a step down, its button keeps the focus, and where it stands now is said', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const { page, faked } = await openPage(chromium.browser, staged)
  const complaints = complaintsOf(page)
  const name = 'The Ferry Press'
  const down = say('feeds.down', { name })
  await pressWithKeys(page, down)
  await page.getByText(say('feeds.moved', { name, place: 2, count: 5 })).waitFor()
  assert.equal(await focusedName(page), down)
  await page.keyboard.press('Enter')
  await page.getByText(say('feeds.moved', { name, place: 3, count: 5 })).waitFor()
  assert.deepEqual(await page.locator('.feed h2').allInnerTexts(), [
    'Matinee starter catalogue',
    'Silent Europe',
    name,
    'Dock Street',
    say('feeds.unnamed'),
  ])
  assert.deepEqual(faked.asked, ['PUT /api/feeds/order', 'PUT /api/feeds/order'])
  // The first one can't go up: its button says so and does nothing.
  const up = page.getByRole('button', {
    name: say('feeds.up', { name: 'Matinee starter catalogue' }),
  })
  assert.equal(await up.getAttribute('aria-disabled'), 'true')
  await up.click({ force: true })
  assert.equal(faked.asked.length, 2)
  assert.deepEqual(complaints, [])
})

test('what is old, refused or still awaited says so in words, and each source that failed is named with the reason', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say, pattern } = await stringsOf('en')
  const { page } = await openPage(chromium.browser, staged)
  const feed = (name: string) =>
    page.locator('.feed').filter({ has: page.getByRole('heading', { name, exact: true }) })
  const old = feed('Silent Europe')
  await old.getByText(say('feeds.confirmed-days', { count: 12 })).waitFor()
  await old.getByText(say('feeds.expired-note')).waitFor()
  const unreached = old.locator('.source').filter({ hasText: 'https://silent-europe.example/' })
  assert.match(await unreached.innerText(), pattern('feeds.why-unreachable'))
  await feed('Dock Street').getByText('metadata/timestamp.json').waitFor()
  const bad = feed('The Ferry Press').locator('.source.is-bad')
  assert.match(await bad.innerText(), /mirror\.library-on-the-lock\.example[^]*rollback/u)
  await feed(say('feeds.unnamed')).getByText(say('feeds.refreshing-looking')).waitFor()
  // What came with Matinee can be put in order, and nothing else.
  const bundled = feed('Matinee starter catalogue').getByRole('button')
  assert.equal(await bundled.count(), 2)
})

test('a wrong address is refused with what is wrong about it, and the field keeps the focus', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const { page, faked } = await openPage(chromium.browser, staged)
  const field = page.getByRole('textbox', { name: say('feeds.address') })
  for (const [text, problem] of [
    ['', 'feeds.address-missing'],
    ['magnet:?xt=urn:btih:0123', 'feeds.address-film'],
    ['ftp://north.example', 'feeds.address-scheme'],
    ['/media/stick', 'feeds.no-feed'],
    ['nonsense', 'feeds.bad-address'],
  ] as const) {
    await field.fill(text)
    await page.keyboard.press('Enter')
    await page.getByText(say(problem)).waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    assert.ok(await field.evaluate((input) => input === document.activeElement), problem)
  }
  assert.deepEqual(faked.asked, ['POST /api/feeds/look', 'POST /api/feeds/look'])
})

test('a file names a catalogue: its pointer does, a text with an address does, and another file is refused', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const { page } = await openPage(chromium.browser, staged)
  const chooser = page.locator('input[type=file]')
  const field = page.getByRole('textbox', { name: say('feeds.address') })
  const dialog = page.getByRole('dialog')
  for (const [name, buffer, address] of [
    ['pointer', POINTER, POINTED],
    ['catalogue.txt', Buffer.from(`${ADDRESS}\n`), ADDRESS],
  ] as const) {
    await chooser.setInputFiles({ name, mimeType: '', buffer })
    await dialog.getByText(OFFER.name, { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await field.inputValue(), '', address)
  }
  await chooser.setInputFiles({ name: 'film.mp4', mimeType: '', buffer: Buffer.alloc(9000) })
  await page.getByText(say('feeds.bad-file')).waitFor()
})

test('a catalogue is followed only once its fingerprint was shown and accepted; a mirror with another one is refused', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const { page, faked } = await openPage(chromium.browser, staged)
  const look = async (address: string): Promise<void> => {
    await page.getByRole('textbox', { name: say('feeds.address') }).fill(address)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
  }
  await look('north.example/feed/')
  const dialog = page.getByRole('dialog')
  const digits = (await dialog.locator('.fingerprint-digits').innerText()).replaceAll(/\s/gu, '')
  assert.equal(digits, OFFER.fingerprint)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  assert.equal(faked.feeds.length, 5)

  await look(ADDRESS)
  await tabTo(page, say('feeds.accept'))
  await page.keyboard.press('Enter')
  await page.getByText(say('feeds.followed', { name: OFFER.name })).waitFor()
  await page.getByRole('heading', { name: OFFER.name }).waitFor()
  assert.equal(faked.asked.at(-1), 'POST /api/feeds/follow')

  await look('https://followed.example/')
  await dialog.getByText(say('feeds.is-followed')).waitFor()
  assert.equal(await dialog.getByRole('button', { name: say('feeds.accept') }).count(), 0)
  await page.keyboard.press('Escape')

  const name = 'Silent Europe'
  await page.getByRole('button', { name: say('feeds.add-mirror-named', { name }) }).click()
  const address = dialog.getByRole('textbox', { name: say('feeds.address') })
  await address.fill('https://other.example/')
  await page.keyboard.press('Enter')
  await dialog.getByText(say('feeds.other-feed')).waitFor()
  await address.fill('https://mirror.example/')
  await page.keyboard.press('Enter')
  await page.getByText(say('feeds.mirror-added', { name })).waitFor()
  await page.getByText('https://mirror.example/').waitFor()
})

test('a list stands apart from the catalogues, with its key and what of it is missing; axe finds nothing there', async () => {
  await using staged = await openStagedViewer()
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  for (const width of [1440, 390]) {
    const { page, faked } = await openPage(chromium.browser, staged, {
      bypassCSP: true,
      viewport: { width, height: 844 },
    })
    faked.feeds.push({
      id: `list-${'0'.repeat(32)}.nights`,
      kind: 'list',
      name: 'Nights on water',
      operator: 'Ada Reuss',
      works: 12,
      missing: 3,
      fingerprint: fakedFingerprint(90),
      state: { kind: 'refused', code: 'rollback', file: 'list' },
      sources: [
        {
          address: 'https://ada.example/nights.json',
          kind: 'https',
          state: 'demoted',
          why: 'rollback',
          lastOkOn: null,
        },
      ],
    })
    await page.reload()
    const list = page.getByRole('region', { name: say('feeds.lists') })
    await list.getByText(say('feeds.list-by', { operator: 'Ada Reuss' })).waitFor()
    await list.getByText(say('list.missing-works', { count: 3, named: 12 })).waitFor()
    await list.locator('.source.is-bad').getByText(say('feeds.why-older')).waitFor()
    assert.equal(await list.getByRole('switch').count(), 0)
    assert.equal(await list.getByRole('button').count(), 3)
    assert.equal(await page.locator('.feed .feed-number').count(), 5)
    assert.deepEqual(await axeFinds(page, '.feeds-lists', ['color-contrast']), [])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(over <= 0, `scrolls sideways by ${over}`)
    await page.context().close()
  }
})

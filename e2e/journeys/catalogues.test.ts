import { test } from 'node:test'
import assert from 'node:assert/strict'
import { complaintsOf, openChromium } from '../chromium.ts'
import { NOTE, openPublishedFeed } from '../published-feed.ts'
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
import { enterPlayhouse, goTo, journey, openPlayhouse, press, stringsOf } from './playhouse.ts'

journey(
  'a catalogue is followed by its address, put first, found again after a new start, asked anew, and left',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({
      settings: { ...FREE_WHERE, languages: [view.language] },
    })
    await using feed = await openPublishedFeed({ folder: publisherIn(playhouse) })
    const { say, pattern } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const { name } = feed
    const entry = entryOf(page, name)
    const dialog = page.getByRole('dialog')

    // There is one already: what the playhouse shows came with it.
    await goTo(page, playhouse, '/settings')
    await page.getByRole('link', { name: say('feeds.settings-open') }).click()
    await page.getByRole('heading', { name: say('feeds.heading'), exact: true }).waitFor()
    await page.locator('.feed').first().waitFor()
    assert.equal(await page.locator('.feed').count(), 1)
    await page.getByText(say('feeds.bundled')).waitFor()

    // Where there is none.
    const address = page.getByRole('textbox', { name: say('feeds.address') })
    await address.fill(`${feed.url}elsewhere/`)
    await press(page, view, say('feeds.look'))
    await page.getByText(say('feeds.no-feed')).waitFor()

    // Whose it is, and its fingerprint as the publisher knows it.
    await address.fill(feed.url)
    await press(page, view, say('feeds.look'))
    await dialog.getByText(name, { exact: true }).waitFor()
    await dialog.getByText(say('feeds.by', { operator: feed.operator })).waitFor()
    const digits = await dialog.locator('.fingerprint-digits').innerText()
    assert.equal(digits.replaceAll(/\s/gu, ''), feed.fingerprint)
    await press(page, view, say('feeds.accept'))
    await page.getByText(say('feeds.followed', { name })).waitFor()
    await entry.getByText(say('feeds.works', { count: feed.works.length })).waitFor()
    await entry.getByText(say('feeds.confirmed-now')).waitFor()
    const web = entry.locator('.source').filter({ hasText: feed.url })
    assert.match(await web.innerText(), pattern('feeds.answered'))

    // Its works are in the programme, found by their titles.
    const title = feed.works[0]?.title.text ?? ''
    await (await found(page, playhouse, title)).click()
    await page.getByText(say('rights.question')).waitFor()

    // First of two, from two places, also after a new start.
    await goTo(page, playhouse, CATALOGUES_PAGE)
    await press(page, view, say('feeds.up', { name }))
    await page.getByText(say('feeds.moved', { name, place: 1, count: 2 })).waitFor()
    await press(page, view, say('feeds.add-mirror-named', { name }))
    await dialog.getByRole('textbox', { name: say('feeds.address') }).fill(feed.folder)
    await page.keyboard.press('Enter')
    await page.getByText(say('feeds.mirror-added', { name })).waitFor()
    await playhouse.close()
    await playhouse.reopen()
    await page.reload()
    await entry.waitFor()
    assert.equal(await page.locator('.feed h2').first().innerText(), name)

    // Its server is gone, its folder isn't: the one is named, the other answers.
    await feed.stopServer()
    await press(page, view, say('feeds.refresh-named', { name }))
    await web.getByText(say('feeds.why-unreachable')).waitFor()
    const folder = entry.locator('.source').filter({ hasText: feed.folder })
    await folder.getByText(pattern('feeds.answered')).waitFor()
    await entry.getByText(say('feeds.confirmed-now')).waitFor()

    // Left, but only when asked.
    await press(page, view, say('feeds.leave-named', { name }))
    await dialog.getByText(say('feeds.leave-note')).waitFor()
    await press(page, view, say('feeds.leave'))
    await page.getByText(say('feeds.left', { name })).waitFor()
    await entry.waitFor({ state: 'detached' })
    await goTo(page, playhouse, `/search?${new URLSearchParams({ text: title })}`)
    await page.locator('.empty').waitFor()
    assert.deepEqual(
      complaints.filter((each) => !each.includes('net::ERR_') && !/\b404\b/u.test(each)),
      [],
    )
  },
)

test('a catalogue that nobody signed for 42 days says when it was last confirmed, and shows its works', async () => {
  await using playhouse = await openPlayhouse({ settings: FREE_WHERE })
  await using feed = await openPublishedFeed({
    folder: publisherIn(playhouse),
    signedDaysAgo: 42,
  })
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  const { name } = feed
  await goTo(page, playhouse, CATALOGUES_PAGE)
  await page.getByRole('textbox', { name: say('feeds.address') }).fill(feed.folder)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: say('feeds.accept') }).click()
  const entry = entryOf(page, name)
  // It held for thirty days.
  await entry.getByText(say('feeds.confirmed-days', { count: 12 })).waitFor()
  await entry.getByText(say('feeds.expired-note')).waitFor()
  const title = feed.works[0]?.title.text ?? ''
  await found(page, playhouse, title)
})

test('a work that its catalogue withdraws says who did it and why, on its page and on the shelf, and comes back when it is reinstated', async () => {
  await using playhouse = await openPlayhouse({ settings: FREE_WHERE })
  await using feed = await openPublishedFeed({ folder: publisherIn(playhouse) })
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  const { name } = feed
  const [work] = feed.works
  assert.ok(work !== undefined)
  const title = work.title.text
  await follow(page, playhouse, feed)
  await (await found(page, playhouse, title)).click()
  await page.getByText(say('rights.question')).waitFor()
  const path = new URL(page.url()).pathname
  // Who lists it stands on the slip.
  assert.match(await page.locator('.slip').innerText(), new RegExp(`${name}, which signed it`, 'u'))
  await page.getByRole('button', { name: say('work.favourite'), exact: true }).click()
  await page.locator('[aria-pressed=true]').first().waitFor()

  await feed.decide(work, { state: 'revoked', effect: 'blocked', reason: 'notice' })
  await refresh(page, playhouse, feed)
  await workSays(page, playhouse, path, say('rights.no-longer'))
  const main = page.getByRole('main')
  const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  const by = say('withdrawn.by', { by: name, on: today.format(new Date()) })
  await main.getByText(by).waitFor()
  await main.getByText(NOTE).first().waitFor()
  await main.getByText(say('withdrawn.not-offered')).waitFor()
  assert.equal(await page.getByRole('button', { name: say('card.play') }).count(), 0)
  await goTo(page, playhouse, '/shelf/favourites')
  const line = page.getByRole('listitem').filter({ hasText: by })
  await line.getByRole('link', { name: title }).waitFor()
  await goTo(page, playhouse, `/search?${new URLSearchParams({ text: title })}`)
  await page.locator('.empty').waitFor()

  await feed.decide(work, { state: 'reinstated', effect: 'blocked', reason: 'notice' })
  await refresh(page, playhouse, feed)
  await (await found(page, playhouse, title)).click()
  await page.getByText(say('rights.question')).waitFor()
  assert.equal(await page.getByText(by).count(), 0)
  await goTo(page, playhouse, '/shelf/favourites')
  await page.getByRole('main').getByRole('link', { name: title }).first().waitFor()
})

test('what another catalogue withdraws is told and stays, until that one may decide about safety; both say that they have it', async () => {
  await using playhouse = await openPlayhouse({ settings: FREE_WHERE })
  const folder = publisherIn(playhouse)
  await using ferry = await openPublishedFeed({ folder })
  await using dock = await openPublishedFeed({ folder: `${folder}-2`, name: 'Dock Street' })
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  const page = await enterPlayhouse(chromium.browser, playhouse)
  await follow(page, playhouse, ferry)
  await (await found(page, playhouse, ferry.works[0]?.title.text ?? '')).click()
  await page.locator('.slip').waitFor()
  const path = new URL(page.url()).pathname
  await follow(page, playhouse, dock)
  await workSays(page, playhouse, path, say('work.also-in'))
  await page.getByRole('main').getByRole('link', { name: dock.name }).waitFor()

  const [work] = dock.works
  assert.ok(work !== undefined)
  await dock.decide(work, { state: 'revoked', effect: 'unshared', reason: 'licence' })
  await refresh(page, playhouse, dock)
  await workSays(page, playhouse, path, say('withdrawn.informs'))
  await page.getByText(say('rights.question')).waitFor()
  assert.equal(await page.getByText(say('rights.no-longer')).count(), 0)

  await goTo(page, playhouse, CATALOGUES_PAGE)
  const safety = entryOf(page, dock.name).getByRole('switch', { name: say('feeds.safety') })
  await safety.check()
  await workSays(page, playhouse, path, say('rights.no-longer'))
  // The licence was wrong: nobody is given it, and who has it may watch it.
  await page.getByRole('main').getByText(say('withdrawn.copy-plays')).waitFor()
})

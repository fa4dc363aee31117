import assert from 'node:assert/strict'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { complaintsOf } from '../chromium.ts'
import { openPublishedFeed, type PublishedFeed } from '../published-feed.ts'
import { PASSPHRASE, feed as run } from '../publisher-commands.ts'
import {
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  press,
  stringsOf,
  type Playhouse,
} from './playhouse.ts'

const PAGE = '/settings/catalogues'
const TITLE = 'Nights on water'
const CURATOR = 'Ada Reuss'
/** Somebody else's words may look like anything. */
const NOTE = '<b>Wait</b> for the last reel & <script>stay</script>.'

/** A list as a curator makes it with `matinee feed playlist`: two works of one feed, one of another. */
interface MadeList {
  readonly file: string
  /** The key by which it's followed. */
  readonly key: string
  /** The first version, kept aside. */
  readonly older: string
  /** Adds the other works of the first feed. */
  grow(): Promise<void>
}

async function makeList(
  folder: string,
  feed: PublishedFeed,
  elsewhere: PublishedFeed,
): Promise<MadeList> {
  const [file, older, keyFile] = ['nights.json', 'older.json', 'key.json'].map((name) =>
    join(folder, name),
  )
  assert.ok(file !== undefined && older !== undefined && keyFile !== undefined)
  await run(['key', '--new', 'nights', '--out', keyFile], PASSPHRASE)
  const key = ['--key', keyFile]
  const words = ['--title', TITLE, '--by', CURATOR, '--note', 'Two ferries and a lamp.']
  const from = ['--from', feed.folder]
  const first = ['playlist', 'make', file, 'slow ferry', 'bollards', ...from, ...words, ...key]
  await run(first, PASSPHRASE)
  const noted = ['playlist', 'add', file, 'bollards', ...from, '--note', NOTE, ...key]
  await run(noted, PASSPHRASE)
  const there = ['playlist', 'add', file, 'low water', '--from', elsewhere.folder, ...key]
  const out = await run([...there, '--json'], PASSPHRASE)
  await copyFile(file, older)
  return {
    file,
    older,
    key: String((JSON.parse(out) as { readonly key: unknown }).key),
    grow: async () =>
      void (await run(
        ['playlist', 'add', file, 'low water', 'pier four', ...from, ...key],
        PASSPHRASE,
      )),
  }
}

/** Opens a list's page again and again until works stand on it: the catalogue loads behind the feeds. */
async function worksCome(page: Page, playhouse: Playhouse, works: Locator): Promise<void> {
  const { pathname } = new URL(page.url())
  for (let looks = 0; looks < 40; looks++) {
    await goTo(page, playhouse, pathname)
    await page.locator('.page-facts').waitFor()
    if ((await works.count()) > 0) return
  }
  assert.fail('its works never came')
}

/** Drops a file where addresses are typed. */
async function drop(page: Page, path: string): Promise<void> {
  const text = await readFile(path, 'utf8')
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer()
    data.items.add(new File([content], 'nights.json', { type: 'application/json' }))
    return data
  }, text)
  await page.locator('.address-form').dispatchEvent('drop', { dataTransfer: transfer })
}

journey(
  'a list is followed by its file under its curator’s key, shows what the catalogues have of it, takes newer files and no older ones, and is left',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({
      settings: { country: 'FR', languages: [view.language] },
    })
    const beside = join(playhouse.dataFolder, '..')
    await using feed = await openPublishedFeed({ folder: join(beside, 'publisher') })
    await using elsewhere = await openPublishedFeed({
      folder: join(beside, 'elsewhere'),
      name: 'Dock Street',
    })
    const list = await makeList(beside, feed, elsewhere)
    const { say } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const dialog = page.getByRole('dialog')
    const address = page.getByRole('textbox', { name: say('feeds.address') })
    const entry = page.locator('.feeds-lists .feed')

    await goTo(page, playhouse, PAGE)
    await address.fill(feed.folder)
    await press(page, view, say('feeds.look'))
    await press(page, view, say('feeds.accept'))
    await page.getByText(say('feeds.followed', { name: feed.name })).waitFor()

    // Whose it is and its key, as the curator knows it.
    await page.locator('input[type=file]').setInputFiles(list.file)
    await dialog.getByText(TITLE, { exact: true }).waitFor()
    await dialog.getByText(say('feeds.list-by', { operator: CURATOR })).waitFor()
    const digits = await dialog.locator('.fingerprint-digits').innerText()
    assert.equal(digits.replaceAll(/\s/gu, ''), list.key)
    assert.equal(await entry.count(), 0)
    await press(page, view, say('feeds.accept'))
    await page.getByText(say('feeds.list-followed', { name: TITLE })).waitFor()
    await entry.getByText(say('list.missing-works', { count: 1, named: 3 })).waitFor()
    await entry.getByText(say('feeds.list-from-file')).waitFor()

    // Its page: what somebody wrote is text, and what isn't here is counted.
    await entry.getByRole('link', { name: TITLE }).click()
    await page.waitForURL(/\/list\//u)
    const posters = page.locator('.chosen-wall .poster-card')
    await worksCome(page, playhouse, posters)
    await page.getByText(say('list.chosen-by', { name: CURATOR })).waitFor()
    await page.getByText(NOTE, { exact: true }).waitFor()
    await page.getByText(say('list.missing-works', { count: 1, named: 3 })).waitFor()
    assert.equal(await posters.count(), 2)
    assert.match(await posters.first().innerText(), /The Slow Ferry/u)
    assert.equal(await page.locator('main b, main script').count(), 0)
    await goTo(page, playhouse, '/')
    await page.getByRole('heading', { name: TITLE }).waitFor()
    await page.getByText(new RegExp(`${CURATOR}\\. Two ferries`, 'u')).waitFor()

    // A newer file takes its place, an older one doesn't.
    await list.grow()
    await goTo(page, playhouse, PAGE)
    await drop(page, list.file)
    await dialog.getByText(say('feeds.list-newer')).waitFor()
    await page.keyboard.press('Escape')
    await entry.getByText(say('feeds.works', { count: 5 })).waitFor()
    await drop(page, list.older)
    await dialog.getByText(say('feeds.list-older')).waitFor()
    await page.keyboard.press('Escape')
    await goTo(page, playhouse, PAGE)
    await entry.getByText(say('feeds.works', { count: 5 })).waitFor()

    await press(page, view, say('feeds.leave-named', { name: TITLE }))
    await dialog.getByText(say('feeds.list-leave-note')).waitFor()
    await press(page, view, say('feeds.leave'))
    await page.getByText(say('feeds.left', { name: TITLE })).waitFor()
    assert.equal(await entry.count(), 0)
    await address.fill(list.file)
    await press(page, view, say('feeds.look'))
    await dialog.getByText(list.file).waitFor()
    await page.keyboard.press('Escape')
    assert.deepEqual(complaints, [])
  },
)

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { SILENT_LOG } from '@matinee/base'
import { startViewer } from '@matinee/viewer'
import type { Page } from 'playwright-core'
import { complaintsOf } from '../chromium.ts'
import { axeFinds } from '../player-stage.ts'
import { settle } from '../settled-folder.ts'
import {
  enterPlayhouse,
  FILMED,
  goTo,
  journey,
  openPlayhouse,
  press,
  playOn,
  stringsOf,
  type Playhouse,
  type Strings,
  type View,
} from './playhouse.ts'

const PIN = '2468'
const PASSPHRASE = 'seven lamps in the foyer'
/** What its maker says is for everybody, and what is for children from twelve on. */
const FOR_ALL = 'paper-lighthouse'

async function addProfile(
  page: Page,
  view: View,
  { say }: Strings,
  name: string,
  isChild: boolean,
): Promise<void> {
  await press(page, view, say('profiles.add'))
  await page.getByLabel(say('profiles.name')).fill(name)
  await page.getByRole('radio', { name: say('profiles.picture-owl') }).check({ force: true })
  if (isChild) await page.getByRole('radio', { name: say('profiles.child') }).check({ force: true })
  assert.deepEqual(await axeFinds(page, 'dialog'), [])
  await press(page, view, say('profiles.save'))
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

/** Chooses somebody on the page that asks. */
async function comeIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`, 'u') }).click()
}

/** Waits until the catalogue is loaded: a busy computer takes longer than a first answer waits. */
async function programmeIn(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const authorization = `Bearer ${localStorage.getItem('matinee.token') ?? ''}`
      const answer = await fetch('/api/works?limit=1', { headers: { authorization } })
      return answer.ok && !(await answer.text()).includes('"total":0')
    },
    null,
    { polling: 500 },
  )
}

async function isListed(page: Page, playhouse: Playhouse, id: string): Promise<boolean> {
  await goTo(page, playhouse, '/browse')
  await page.waitForFunction(
    () => (document.querySelector('.browse-count')?.textContent ?? '') !== '',
  )
  return (await page.locator(`a[href="/work/made-up.${id}"]`).count()) > 0
}

journey(
  'a children’s profile finds, opens and plays what is for its age, and doesn’t get out without the PIN',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const strings = await stringsOf(view.language)
    const { say, pattern } = strings
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    await goTo(page, playhouse, '/settings/profiles')
    await addProfile(page, view, strings, 'Ida', true)
    await page.getByText(say('profiles.open-doors')).waitFor()

    // The grown-up's PIN closes the way out.
    await page
      .getByRole('button', { name: new RegExp(`^${say('profiles.set-pin')}`, 'u') })
      .first()
      .click()
    await page.getByLabel(say('profiles.new-pin'), { exact: true }).fill(PIN)
    await page.getByLabel(say('profiles.pin-again')).fill(PIN)
    assert.deepEqual(await axeFinds(page, 'dialog'), [])
    await press(page, view, say('profiles.save-pin'))
    await page.getByText(say('profiles.pin-set')).waitFor()
    assert.equal(await page.getByText(say('profiles.open-doors')).count(), 0)
    assert.equal(await isListed(page, playhouse, 'the-salt-clock'), true)

    await goTo(page, playhouse, '/who')
    await comeIn(page, 'Ida')
    await page.getByRole('link', { name: say('who.now', { name: 'Ida' }) }).waitFor()
    assert.equal(await isListed(page, playhouse, FOR_ALL), true)
    assert.equal(await isListed(page, playhouse, 'the-salt-clock'), false)
    await goTo(page, playhouse, FILMED.saltClock)
    await page.getByText(say('missing.note')).waitFor()
    // Neither does asking the server get it, with all that this browser has.
    const status = await page.evaluate(async (id) => {
      const headers = {
        authorization: `Bearer ${localStorage.getItem('matinee.token') ?? ''}`,
        'content-type': 'application/json',
      }
      const body = JSON.stringify({ episodeId: null, releaseId: null })
      return (await fetch(`/api/works/${id}/play`, { method: 'POST', headers, body })).status
    }, 'made-up.the-salt-clock')
    assert.equal(status, 404)
    for (const path of ['/settings', '/settings/profiles', '/settings/catalogues']) {
      await goTo(page, playhouse, path)
      await page.getByText(say('profiles.grown-ups-heading')).waitFor()
    }
    await goTo(page, playhouse, FILMED.lighthouse)
    await page.getByRole('button', { name: say('work.favourite'), exact: true }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByRole('button', { name: say('keep.keep'), exact: true }).count(), 0)
    await playOn(page)
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5)

    // Out again: the PIN is asked for, and guessing gets slow.
    await goTo(page, playhouse, '/who')
    await comeIn(page, say('profiles.unnamed'))
    const pin = page.getByLabel(pattern('who.pin'))
    await pin.waitFor()
    assert.deepEqual(await axeFinds(page, 'main'), [])
    for (const [guess, answer] of [
      ['1111', say('profiles.wrong-pin')],
      ['2222', say('profiles.wrong-pin')],
    ] as const) {
      await pin.fill(guess)
      await press(page, view, say('who.enter'))
      await page.getByText(answer).waitFor()
    }
    await goTo(page, playhouse, '/')
    await page.getByRole('link', { name: say('who.now', { name: 'Ida' }) }).waitFor()
    await goTo(page, playhouse, '/who')
    await comeIn(page, say('profiles.unnamed'))
    await pin.fill(PIN)
    await press(page, view, say('who.enter'))
    await page
      .getByRole('link', { name: say('who.now', { name: say('profiles.unnamed') }) })
      .waitFor()
    assert.equal(await isListed(page, playhouse, 'the-salt-clock'), true)
    // What was refused is the browser's to tell; nothing else is.
    assert.deepEqual(
      complaints.filter((words) => !/40[34]/u.test(words)),
      [],
    )
  },
)

journey(
  'two profiles have two shelves, and whoever starts Matinee anew is asked who is watching',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const strings = await stringsOf(view.language)
    const { say } = strings
    const page = await enterPlayhouse(browser, playhouse, view)
    const favourites = async (): Promise<number> => {
      await goTo(page, playhouse, '/shelf/favourites')
      await page.getByRole('heading', { name: say('shelf.heading') }).waitFor()
      await page.locator('.empty, a[href^="/work/"]').first().waitFor()
      return page.locator('main a[href^="/work/"]').count()
    }
    await programmeIn(page)
    await goTo(page, playhouse, FILMED.saltClock)
    await page.getByRole('button', { name: say('work.favourite'), exact: true }).click()
    await page.locator('button[aria-pressed="true"]', { hasText: say('work.favourite') }).waitFor()
    assert.ok((await favourites()) > 0)
    await goTo(page, playhouse, '/settings/profiles')
    await addProfile(page, view, strings, 'Noor', false)
    await goTo(page, playhouse, '/who')
    await comeIn(page, 'Noor')
    await page.getByRole('link', { name: say('who.now', { name: 'Noor' }) }).waitFor()
    assert.equal(await favourites(), 0)
    await playhouse.close()
    await playhouse.reopen()
    await goTo(page, playhouse, '/')
    await page.getByRole('heading', { name: say('who.heading') }).waitFor()
    await comeIn(page, say('profiles.unnamed'))
    await page
      .getByRole('link', { name: say('who.now', { name: say('profiles.unnamed') }) })
      .waitFor()
    assert.ok((await favourites()) > 0)
  },
)

journey(
  'a shelf goes to another installation and back in a sealed file, and what was removed there is removed here',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say } = await stringsOf(view.language)
    const folder = `${playhouse.dataFolder}-elsewhere`
    await settle(folder, { languages: [view.language] })
    await using elsewhere = await startViewer({
      dataFolder: folder,
      feeds: [{ folder: playhouse.cinema.feedFolder, allowLocal: true }],
      port: 0,
      log: SILENT_LOG,
    })
    const there: Pick<Playhouse, 'viewer'> = { viewer: elsewhere }
    const here = await enterPlayhouse(browser, playhouse, view)
    const other = await enterPlayhouse(browser, { ...playhouse, viewer: elsewhere }, view)
    for (const page of [here, other]) await programmeIn(page)
    const openShelf = async (page: Page, house: Pick<Playhouse, 'viewer'>): Promise<void> => {
      await page.goto(new URL('/shelf/favourites', house.viewer.url).href)
      await page.getByLabel(say('sealed.passphrase')).fill(PASSPHRASE)
    }
    const carry = async (
      from: readonly [Page, Pick<Playhouse, 'viewer'>],
      to: readonly [Page, Pick<Playhouse, 'viewer'>],
    ): Promise<void> => {
      await openShelf(...from)
      const saved = from[0].waitForEvent('download')
      await from[0].getByRole('button', { name: say('sealed.save') }).click()
      const file = await readFile(await (await saved).path())
      assert.ok(!file.includes('salt-clock'), 'nobody reads it')
      await openShelf(...to)
      const choosing = to[0].waitForEvent('filechooser')
      await to[0].getByRole('button', { name: say('sealed.open') }).click()
      await (
        await choosing
      ).setFiles({ name: 'shelf.json', mimeType: 'application/json', buffer: file })
    }
    const favourite = { hasText: say('work.favourite') }
    await goTo(here, playhouse, FILMED.saltClock)
    await here.getByRole('button', { name: say('work.favourite'), exact: true }).click()
    await here.locator('button[aria-pressed="true"]', favourite).waitFor()
    await carry([here, playhouse], [other, there])
    await other.locator(`main a[href="${FILMED.saltClock}"]`).first().waitFor()

    // Another passphrase opens nothing.
    await other.getByLabel(say('sealed.passphrase')).fill('nothing of the kind')
    const choosing = other.waitForEvent('filechooser')
    await other.getByRole('button', { name: say('sealed.open') }).click()
    const sealed = { type: 'matinee-sealed-shelf', version: 1, sealed: 'A'.repeat(40) }
    const buffer = Buffer.from(
      JSON.stringify({ ...sealed, salt: 'A'.repeat(22), nonce: 'A'.repeat(16) }),
    )
    await (await choosing).setFiles({ name: 'x.json', mimeType: 'application/json', buffer })
    await other.getByText(say('sealed.wrong')).waitFor()

    await other.goto(new URL(FILMED.saltClock, elsewhere.url).href)
    await other.locator('button[aria-pressed="true"]', favourite).click()
    await other.locator('button[aria-pressed="false"]', favourite).waitFor()
    await carry([other, there], [here, playhouse])
    await here.getByText(say('shelf.no-favourites')).waitFor()
  },
)

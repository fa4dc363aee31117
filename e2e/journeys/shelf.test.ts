import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { complaintsOf, openChromium } from '../chromium.ts'
import { plays } from '../player-stage.ts'
import {
  DESK,
  FILMED,
  enterPlayhouse,
  goTo,
  journey,
  openPlayhouse,
  pressWithKeys,
  stringsOf,
  tabTo,
} from './playhouse.ts'

const TITLE = /Paper Lighthouse|Le Phare de papier/u

journey(
  'a shelf: favourites, a list of one’s own, a history that forgets, and a file that brings all of it elsewhere',
  async (view, browser) => {
    await using playhouse = await openPlayhouse({ settings: { languages: [view.language] } })
    const { say, pattern } = await stringsOf(view.language)
    const page = await enterPlayhouse(browser, playhouse, view)
    const complaints = complaintsOf(page)
    const listName = 'Für Regentage «1»'
    await goTo(page, playhouse, FILMED.lighthouse)
    await page.getByRole('button', { name: say('work.favourite'), exact: true }).click()
    await page.locator('button[aria-pressed="true"]', { hasText: say('work.favourite') }).waitFor()
    await page.getByRole('button', { name: say('work.lists'), exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('textbox').fill(listName)
    await sheet.getByRole('button', { name: say('shelf.make-list') }).click()
    await sheet.getByRole('checkbox', { name: listName, checked: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: say('card.play'), exact: true }).click()
    await plays(page)
    await page.keyboard.press('9')
    await page.waitForFunction(() => document.querySelector('video')?.ended === true)
    await page.getByRole('button', { name: say('player.close') }).click()
    await page.getByRole('button', { name: say('work.unmark'), exact: true }).waitFor()

    const tab = (key: string): Promise<void> =>
      page.getByRole('link', { name: say(key), exact: true }).click()
    await goTo(page, playhouse, '/shelf')
    await tab('shelf.favourites')
    await page.getByRole('link', { name: TITLE }).waitFor()
    await tab('shelf.lists')
    await page.getByRole('heading', { name: listName }).waitFor()
    await tab('shelf.history')
    await page.getByRole('link', { name: TITLE }).waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: say('shelf.save-file'), exact: true }).click()
    const file = await readFile(await (await saved).path())

    // Forgotten here; a favourite stays one.
    await page
      .getByRole('button', { name: pattern('shelf.forget') })
      .first()
      .click()
    await page.getByRole('heading', { name: say('shelf.no-history') }).waitFor()
    await tab('shelf.favourites')
    await page.getByRole('link', { name: TITLE }).waitFor()

    // On another computer all of it comes out of the file, once.
    await using elsewhere = await openPlayhouse({ settings: { languages: [view.language] } })
    const there = await enterPlayhouse(browser, elsewhere, view)
    await goTo(there, elsewhere, '/shelf/history')
    await there.getByRole('heading', { name: say('shelf.no-history') }).waitFor()
    const bring = async (name: string, buffer: Buffer): Promise<void> => {
      const chooser = there.waitForEvent('filechooser')
      await there.getByRole('button', { name: say('shelf.open-file'), exact: true }).click()
      await (await chooser).setFiles({ name, mimeType: 'application/json', buffer })
    }
    await bring('shelf.json', Buffer.from('{"something":"else"}'))
    await there.getByText(say('shelf.bad-file')).waitFor()
    await bring('shelf.json', file)
    await there.getByRole('link', { name: TITLE }).waitFor()
    await bring('shelf.json', file)
    await there.getByText(say('shelf.brought', { count: 0 })).waitFor()
    assert.equal(await there.getByRole('link', { name: TITLE }).count(), 1)
    await goTo(there, elsewhere, '/shelf/lists')
    await there.getByRole('heading', { name: listName }).waitFor()
    await goTo(there, elsewhere, '/shelf/favourites')
    await there.getByRole('link', { name: TITLE }).waitFor()
    assert.deepEqual(complaints, [])
  },
)

test('a shelf with the keyboard alone: favourite, list, rename, take off, delete, forget', async () => {
  await using playhouse = await openPlayhouse()
  await using chromium = await openChromium()
  const { say } = await stringsOf(DESK.language)
  const page = await enterPlayhouse(chromium.browser, playhouse)
  const title = 'Paper Lighthouse'
  await goTo(page, playhouse, FILMED.lighthouse)
  await page.getByText(say('rights.question')).waitFor()
  await pressWithKeys(page, say('work.favourite'))
  await pressWithKeys(page, say('work.lists'))
  await tabTo(page, say('shelf.new-list'))
  await page.keyboard.type('Rain')
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Rain', checked: true }).waitFor()
  await page.keyboard.press('Escape')
  await pressWithKeys(page, say('work.mark'))
  await page.getByRole('button', { name: say('work.unmark'), exact: true }).waitFor()

  await tabTo(page, say('design.shelf'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await pressWithKeys(page, say('shelf.lists'))
  await page.getByRole('heading', { name: 'Rain' }).waitFor()
  const acts = say('shelf.list-acts', { name: 'Rain' })
  await pressWithKeys(page, acts)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await tabTo(page, say('shelf.list-name'))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Snow')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Snow' }).waitFor()
  await pressWithKeys(page, say('shelf.take-off-named', { title }))
  await page.getByText(say('shelf.empty-list')).waitFor()
  await tabTo(page, say('shelf.list-acts', { name: 'Snow' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await pressWithKeys(page, say('shelf.drop-list'))
  await page.getByRole('heading', { name: 'Snow', exact: true }).waitFor({ state: 'detached' })
  await tabTo(page, say('shelf.favourites'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: new RegExp(title, 'u') }).waitFor()
})

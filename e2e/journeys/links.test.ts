import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { SILENT_LOG } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import type { Browser, Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import { axeFinds } from '../player-stage.ts'
import { settle } from '../settled-folder.ts'
import { stringsOf } from './playhouse.ts'

const WORK = 'starter.sintel'
const LOCALES = { de: 'de-DE', en: 'en-GB', es: 'es-ES', fr: 'fr-FR' } as const
type Language = keyof typeof LOCALES

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** Two computers of one home, on loopback. */
async function openHome(
  language: Language,
): Promise<AsyncDisposable & { readonly viewers: readonly [ViewerServer, ViewerServer] }> {
  await using opened = new AsyncDisposableStack()
  const ports = [await freePort(), await freePort()] as const
  const start = async (hear: number, ask: number): Promise<ViewerServer> => {
    const folder = await mkdtemp(join(tmpdir(), 'matinee-linked-'))
    opened.defer(() => rm(folder, { recursive: true, force: true }))
    const dataFolder = join(folder, 'data')
    await settle(dataFolder, { languages: [language] })
    const network = opened.use(createNetwork({ clock: systemClock(), allowLocal: true }))
    const viewer = await startViewer({
      dataFolder,
      port: 0,
      log: SILENT_LOG,
      network,
      linkPlaces: {
        hosts: () => ['127.0.0.1'],
        mayBeOther: (host) => host === '127.0.0.1',
        ports: [0],
        hear: { host: '127.0.0.1', port: hear },
        ask: { host: '127.0.0.1', port: ask },
      },
    })
    opened.defer(() => viewer.close())
    return viewer
  }
  const viewers = [await start(...ports), await start(ports[1], ports[0])] as const
  const rest = opened.move()
  return { viewers, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}

async function enter(
  browser: Browser,
  viewer: ViewerServer,
  language: Language,
  width: number,
): Promise<Page> {
  const context = await browser.newContext({
    locale: LOCALES[language],
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    viewport: { width, height: width === 390 ? 844 : 900 },
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(viewer.newLaunchUrl())
  await page.waitForFunction(() => localStorage.getItem('matinee.token') !== null)
  await page.goto(new URL('/shelf', viewer.url).href)
  return page
}

test('a code is shown and typed in every language, at the width of a phone and of a desk', async (t) => {
  await using chromium = await openChromium()
  const { browser } = chromium
  for (const [language, width] of [
    ['de', 390],
    ['es', 1440],
  ] as const)
    await t.test(`${language}, ${width} wide`, async () => {
      await using home = await openHome(language)
      const { say } = await stringsOf(language)
      const page = await enter(browser, home.viewers[0], language, width)
      const isSideways = (): Promise<boolean> =>
        page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      await page.getByRole('button', { name: say('links.show'), exact: true }).click()
      await page.locator('.link-code').waitFor()
      assert.equal(await isSideways(), false)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: say('links.enter'), exact: true }).click()
      const field = page.getByRole('textbox', { name: say('links.code'), exact: true })
      await field.fill('no code at all')
      await field.press('Enter')
      await page.getByText(say('links.problem-code')).waitFor()
      assert.equal(await isSideways(), false)
      for (const context of browser.contexts()) await context.close()
    })
})

test('two computers are linked by a code, keep one shelf, and are unlinked', async (t) => {
  await using chromium = await openChromium()
  const { browser } = chromium
  for (const [language, width] of [
    ['en', 1440],
    ['fr', 390],
  ] as const)
    await t.test(`${language}, ${width} wide`, async () => {
      await using home = await openHome(language)
      const { say, pattern } = await stringsOf(language)
      const [study, lounge] = home.viewers
      const near = await enter(browser, study, language, width)
      const far = await enter(browser, lounge, language, width)
      const complaints = [complaintsOf(near), complaintsOf(far)]
      const button = (page: Page, key: string): ReturnType<Page['getByRole']> =>
        page.getByRole('button', { name: say(key), exact: true })

      await button(near, 'links.show').click()
      const shown = near.locator('.link-code')
      await shown.waitFor()
      await near.getByRole('img', { name: say('links.code-picture') }).waitFor()
      assert.deepEqual(await axeFinds(near, 'html'), [])
      const code = await shown.innerText()

      await button(far, 'links.enter').click()
      const sheet = far.getByRole('dialog')
      const field = sheet.getByRole('textbox', { name: say('links.code'), exact: true })
      await field.fill(`${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`)
      await field.press('Enter')
      await sheet.getByText(say('links.problem-code')).waitFor()
      assert.deepEqual(await axeFinds(far, 'html'), [])
      await field.fill(code.toLowerCase().replaceAll('-', ' '))
      await field.press('Enter')
      await far.getByRole('status').getByText(pattern('links.linked')).waitFor()
      await near.getByRole('status').getByText(pattern('links.linked')).waitFor()
      await near.locator('.linked').getByText(pattern('links.synced')).waitFor()
      assert.deepEqual(await axeFinds(near, 'html'), [])

      // What is liked here is there when somebody asks for it.
      await near.goto(new URL(`/work/${WORK}`, study.url).href)
      await button(near, 'work.favourite').click()
      await near.locator('button[aria-pressed="true"]').first().waitFor()
      await far.getByRole('button', { name: pattern('links.sync-named') }).click()
      await far.getByRole('status').getByText(pattern('links.synced-now')).waitFor()
      await far.getByRole('link', { name: say('shelf.favourites'), exact: true }).click()
      await far
        .getByRole('link', { name: /Sintel/u })
        .first()
        .waitFor()

      await far.getByRole('button', { name: pattern('links.unlink-named') }).click()
      await button(far, 'links.unlink').last().click()
      await far.getByRole('status').getByText(pattern('links.unlinked')).waitFor()
      assert.equal(await far.locator('.linked').count(), 0)

      // The other computer is told why it's alone now, and what to do.
      await near.goto(new URL('/shelf', study.url).href)
      await near.getByRole('button', { name: pattern('links.sync-named') }).click()
      await near
        .locator('.linked .problem')
        .filter({ hasText: /8582|unlink|déliez/u })
        .first()
        .waitFor()
      assert.deepEqual(complaints, [[], []])
      for (const context of browser.contexts()) await context.close()
    })
})

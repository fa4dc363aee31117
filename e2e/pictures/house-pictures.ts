import type { Browser, Page } from 'playwright-core'
import { letIn } from '@matinee/testkit'
import { openFakeChromecast, openFakeRenderer } from '@matinee/testkit/devices'
import {
  FILMED,
  openPlayhouse,
  playOn,
  stringsOf,
  type Playhouse,
  type Strings,
} from '../journeys/playhouse.ts'
import { plays } from '../player-stage.ts'
import { openPictured, takePage, type PictureView } from './page-pictures.ts'

/** Where a phone is in the pictures: on this computer, too. */
const PHONE_HOST = '127.0.0.2'

/** What one view's pictures are taken of and with. */
interface Visit {
  readonly page: Page
  readonly playhouse: Playhouse
  readonly say: Strings['say']
  readonly take: (name: string, of?: Page) => Promise<void>
}

/**
 * Takes what else is in the house: what is kept, profiles, the diagnosis, the player's panels, a screen that plays
 * the film, a phone as the remote control, and how a television shows it. The screens are programs (docs/casting.md).
 */
export async function takeHousePages(
  browser: Browser,
  view: PictureView,
  folder: string,
): Promise<void> {
  await using screen = await openFakeChromecast({ name: 'Living room' })
  await using set = await openFakeRenderer({ name: 'Bedroom' })
  await using playhouse = await openPlayhouse({
    settings: { languages: [view.language] },
    castDiscovery: { mdns: screen.mdns, ssdp: set.ssdp },
    remotePlaces: { hosts: [PHONE_HOST], mayBePhone: (host) => host.startsWith('127.') },
  })
  const page = await openPictured(browser, playhouse.viewer, view)
  const { say } = await stringsOf(view.language)
  const visit: Visit = {
    page,
    playhouse,
    say,
    take: (name, of = page) => takePage(of, name, view, folder),
  }
  await takeKept(visit)
  await takePanels(visit)
  await takeScreens(visit, view)
  await takePhone(visit, browser, view)
  await takeProfiles(visit)
  await page.goto(new URL('diagnosis', playhouse.viewer.url).href)
  await page.locator('.diagnosis-sum').waitFor()
  await visit.take('diagnosis')
  if (view.width >= 1440) {
    await page.goto(new URL('?tv', playhouse.viewer.url).href)
    await page.locator('.hero svg').first().waitFor()
    await visit.take('television')
  }
  await page.context().close()
}

async function addProfiles({ viewer }: Playhouse): Promise<void> {
  const { askJson } = await letIn(viewer.newLaunchUrl())
  const usual = { withUnrated: false, languages: [], subtitles: [] }
  for (const profile of [
    { name: 'Noor', picture: 'owl', ageLimit: null },
    { name: 'Timo', picture: 'kite', ageLimit: 6 },
  ])
    await askJson('/api/profiles', 'POST', { ...usual, ...profile })
}

async function takeKept({ page, playhouse, say, take }: Visit): Promise<void> {
  await page.goto(new URL(FILMED.lighthouse, playhouse.viewer.url).href)
  await page
    .getByRole('button', { name: say('keep.keep'), exact: true })
    .first()
    .click()
  await page.getByText(say('keep.takes')).waitFor()
  await take('keep')
  await page.getByRole('button', { name: say('keep.keep-it') }).click()
  await page.getByRole('link', { name: say('keep.kept'), exact: true }).waitFor()
  await page.goto(new URL('kept', playhouse.viewer.url).href)
  await page.locator('.kept-line').getByText(say('kept.giving')).waitFor()
  await take('kept')
}

async function takeProfiles({ page, playhouse, take }: Visit): Promise<void> {
  await addProfiles(playhouse)
  await page.goto(new URL('who', playhouse.viewer.url).href)
  await page.locator('.who-one').first().waitFor()
  await take('who')
  await page.locator('.who-one').first().click()
  await page.locator('.hero svg').first().waitFor()
  await page.goto(new URL('settings/profiles', playhouse.viewer.url).href)
  await page.locator('.profiles-entry').nth(2).waitFor()
  await take('profiles')
}

async function takePanels({ page, playhouse, say, take }: Visit): Promise<void> {
  await page.goto(new URL(FILMED.saltClock, playhouse.viewer.url).href)
  await playOn(page)
  await plays(page)
  await page.keyboard.press('5')
  await plays(page, 18)
  await page.keyboard.press('k')
  await openMore(page, say)
  await take('more')
  await page.getByRole('button', { name: say('postcard.open') }).click()
  await page.locator('canvas[data-drawn="true"]').waitFor()
  await take('postcard')
  await page.keyboard.press('Escape')
  await page.locator('canvas[data-drawn="true"]').waitFor({ state: 'detached' })
}

async function takeScreens({ page, say, take }: Visit, { width }: PictureView): Promise<void> {
  if (width === 390) {
    await openMore(page, say)
    await page.locator('.panel-line', { hasText: say('screens.title') }).click()
  } else {
    await showControls(page)
    await page.getByRole('button', { name: say('screens.title'), exact: true }).click()
  }
  const line = page.locator('.cast-line', { hasText: 'Living room' })
  await line.waitFor()
  await take('screens')
  await line.click()
  await page.locator('.cast-stage[data-phase="playing"]').waitFor()
  await take('casting')
  await page.getByRole('button', { name: say('screens.come-back') }).click()
  await page.locator('.cast-stage').waitFor({ state: 'detached' })
}

async function takePhone(
  { page, say, take }: Visit,
  browser: Browser,
  view: PictureView,
): Promise<void> {
  await openMore(page, say)
  await page.locator('.panel-line', { hasText: say('remote.title') }).click()
  const code = page.locator('.remote-link')
  await code.waitFor()
  await take('remote')
  if (view.width !== 390) return
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: view.colorScheme,
    locale: view.language === 'fr' ? 'fr-FR' : 'en-GB',
    hasTouch: true,
    isMobile: true,
  })
  const phone = await context.newPage()
  await phone.goto(await code.innerText())
  await phone.getByRole('button', { name: say('phone.pause'), exact: true }).waitFor()
  await take('phone', phone)
  await context.close()
}

async function openMore(page: Page, say: Strings['say']): Promise<void> {
  await showControls(page)
  await page.getByRole('button', { name: say('player.more'), exact: true }).click()
}

/** They hide from a mouse that rests. */
async function showControls(page: Page): Promise<void> {
  await page.mouse.move(100, 200)
  await page.mouse.move(200, 200)
}

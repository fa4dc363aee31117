import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { SILENT_LOG } from '@matinee/base'
import { writeMadeFeed } from '@matinee/testkit'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import type { Browser, Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { settle } from './settled-folder.ts'

/** JavaScript that the first page may need, compressed. */
const FIRST_PAGE_BYTES = 150_000
const MANY = 100_000

/** A viewer that follows a made-up feed, and a browser. */
async function openProgramme(): Promise<
  { readonly viewer: ViewerServer; readonly browser: Browser } & AsyncDisposable
> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-programme-'))
  const feed = join(folder, 'feed')
  await writeMadeFeed(feed)
  await settle(join(folder, 'data'))
  const viewer = await startViewer({
    dataFolder: join(folder, 'data'),
    feeds: [{ folder: feed }],
    port: 0,
    log: SILENT_LOG,
  })
  const chromium = await openChromium()
  return {
    viewer,
    browser: chromium.browser,
    async [Symbol.asyncDispose]() {
      await chromium[Symbol.asyncDispose]()
      await viewer.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Visit {
  readonly locale?: 'en-GB' | 'fr-FR'
  readonly width?: number
  readonly colorScheme?: 'dark' | 'light'
  readonly bypassCSP?: boolean
}

async function visit(
  { viewer, browser }: { readonly viewer: ViewerServer; readonly browser: Browser },
  { locale = 'en-GB', width = 1440, colorScheme = 'dark', bypassCSP = false }: Visit = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale,
    colorScheme,
    bypassCSP,
    viewport: { width, height: width < 600 ? 844 : 900 },
  })
  const page = await context.newPage()
  await page.goto(viewer.newLaunchUrl())
  await page.locator('.hero').waitFor()
  return page
}

test('the first page needs less than 150 kB of compressed JavaScript, and complains of nothing', async () => {
  await using opened = await openProgramme()
  for (const locale of ['en-GB', 'fr-FR']) {
    const page = await (await opened.browser.newContext({ locale })).newPage()
    const complaints = complaintsOf(page)
    const scripts: Promise<number>[] = []
    page.on('response', (response) => {
      if (new URL(response.url()).pathname.endsWith('.js'))
        scripts.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.goto(opened.viewer.newLaunchUrl())
    await page.locator('.row svg').first().waitFor()
    await page.waitForLoadState('networkidle')
    const bytes = (await Promise.all(scripts)).reduce((sum, length) => sum + length, 0)
    assert.ok(bytes > 50_000, 'scripts were counted')
    assert.ok(bytes < FIRST_PAGE_BYTES, `${bytes} bytes`)
    assert.deepEqual(complaints, [])
  }
})

test('the first page asks for each thing once, on the first visit and on the next', async () => {
  await using opened = await openProgramme()
  const context = await opened.browser.newContext({ locale: 'en-GB' })
  for (const url of [opened.viewer.newLaunchUrl(), opened.viewer.url]) {
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/api/')) asked.push(pathname)
    })
    await page.goto(url)
    await page.locator('.row svg').first().waitFor()
    await page.waitForLoadState('networkidle')
    const once = ['/api/programme', '/api/settings', '/api/tonight']
    assert.deepEqual(asked.filter((path) => path !== '/api/session').toSorted(), once)
    await page.close()
  }
})

test('a misspelt search finds its film by keyboard alone, on a desktop and on a phone', async () => {
  await using opened = await openProgramme()
  const desktop = await visit(opened)
  await desktop.keyboard.press('/')
  await desktop.keyboard.type('papper lighthuose')
  const option = desktop.getByRole('option').first()
  await option.waitFor()
  await desktop.keyboard.press('ArrowDown')
  if (!/Paper Lighthouse/u.test((await option.textContent()) ?? '')) {
    // The nearest spelling is offered first, and then finds it.
    await desktop.keyboard.press('Enter')
    await desktop.getByRole('option', { name: /Paper Lighthouse/u }).waitFor()
    await desktop.keyboard.press('ArrowDown')
  }
  await desktop.keyboard.press('Enter')
  await desktop.getByRole('heading', { level: 1, name: 'Paper Lighthouse' }).waitFor()
  assert.equal(await focusedText(desktop), 'Paper Lighthouse', 'the focus is on the heading')

  const phone = await visit(opened, { width: 390, locale: 'fr-FR' })
  await tabTo(phone, 'Chercher')
  await phone.keyboard.press('Enter')
  await phone.getByRole('searchbox').waitFor()
  await phone.keyboard.type('papper lighthuose')
  const poster = phone.locator('.poster-grid a').first()
  await poster.waitFor()
  const title = await poster.locator('strong').textContent()
  await tabTo(phone, title ?? '')
  await phone.keyboard.press('Enter')
  await phone.getByRole('heading', { level: 1, name: title ?? '' }).waitFor()
})

test('a title says in which language it is, for voices and for fonts', async () => {
  await using opened = await openProgramme()
  for (const [locale, language] of [
    ['en-GB', 'en'],
    ['fr-FR', 'fr'],
  ] as const) {
    const page = await visit(opened, { locale })
    await page.keyboard.press('/')
    await page.keyboard.type('paper')
    const found = page.locator('[role="option"] strong').first()
    await found.waitFor()
    assert.equal(await found.getAttribute('lang'), language)
    await page.goto(new URL('/search?text=paper', opened.viewer.url).href)
    const title = page.locator('.poster-card strong').first()
    await title.waitFor()
    assert.equal(await title.getAttribute('lang'), language)
  }
})

test('an address of no work says so in the title of the page and in its heading', async () => {
  await using opened = await openProgramme()
  const page = await visit(opened)
  await page.goto(new URL('/work/made-up.nothing', opened.viewer.url).href)
  await page.getByRole('heading', { level: 1, name: 'Nothing is shown here' }).waitFor()
  assert.equal(await page.title(), 'Nothing is shown here · Matinee')
  await page.getByRole('link', { name: 'See what’s on' }).click()
  await page.locator('.hero').waitFor()
})

test('filters stand in the address: they narrow the wall down, and going back takes them off', async () => {
  await using opened = await openProgramme()
  const page = await visit(opened)
  await page.getByRole('link', { name: 'Films' }).first().click()
  const count = page.locator('.browse-count')
  await count.filter({ hasText: /\d+ of \d+/u }).waitFor()
  const all = await count.textContent()
  await page.getByRole('checkbox', { name: /^Drama/u }).check({ force: true })
  await page.getByRole('button', { name: 'Remove Drama' }).waitFor()
  assert.equal(new URL(page.url()).search, '?genres=drama')
  await page.waitForFunction(
    (before) => document.querySelector('.browse-count')?.textContent !== before,
    all,
  )
  await page.goBack()
  await page.waitForFunction(
    (before) => document.querySelector('.browse-count')?.textContent === before,
    all,
  )
  assert.equal(await page.getByRole('button', { name: 'Remove Drama' }).count(), 0)

  const phone = await visit(opened, { width: 390, locale: 'fr-FR' })
  await phone.goto(new URL('/films', opened.viewer.url).href)
  await phone.getByRole('button', { name: 'Filtres' }).click()
  await phone.getByRole('checkbox', { name: /^Drame/u }).check({ force: true })
  const show = phone.getByRole('button', { name: /^Voir \d+ films?$/u })
  await show.click()
  await phone.getByRole('button', { name: /Drame$/u }).waitFor()
  assert.equal(new URL(phone.url()).search, '?genres=drama')
})

test('a wall of a hundred thousand works stands in the page only where one looks, and is found again', async () => {
  await using opened = await openProgramme()
  const page = await visit(opened)
  const asked: number[] = []
  await page.route('**/api/works?*', async (route) => {
    const search = new URL(route.request().url()).searchParams
    const response = await route.fetch()
    const answer = (await response.json()) as { works: { id: string; title: string }[] }
    const [offset, limit] = [Number(search.get('offset')), Number(search.get('limit'))]
    asked.push(offset)
    const model = answer.works[0] ?? (await firstWork(page))
    const works = Array.from({ length: Math.min(limit, MANY - offset) }, (_, at) => ({
      ...model,
      id: `made-up.many-${offset + at}`,
      title: `Number ${offset + at}`,
    }))
    await route.fulfill({ response, json: { ...answer, total: MANY, works } })
  })
  await page.goto(new URL('/films', opened.viewer.url).href)
  await page.getByText('Number 0', { exact: true }).first().waitFor()
  const half = await page.evaluate(() => document.documentElement.scrollHeight / 2)
  await page.evaluate((top) => scrollTo(0, top), half)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.poster-grid strong')].some(
      ({ textContent }) => Number(textContent?.slice(7)) > 40_000,
    ),
  )
  const shown = await page.locator('.poster-grid > li').count()
  assert.ok(shown > 5 && shown < 120, `${shown} posters in the document`)
  assert.ok(asked.length < 12, `asked for ${asked.join()}`)
  const link = page
    .locator('.poster-grid > li')
    .nth(Math.floor(shown / 2))
    .getByRole('link')
  const name = await link.locator('strong').textContent()
  await link.evaluate((element) => element instanceof HTMLElement && element.click())
  await page.waitForURL(/\/work\//u)
  await page.goBack()
  await page
    .getByText(name ?? '', { exact: true })
    .first()
    .waitFor()
  assert.ok(Math.abs((await page.evaluate(() => scrollY)) - half) < 2000, 'where it was left')
})

test('axe finds nothing on the pages of the programme, in either room and language', async () => {
  await using opened = await openProgramme()
  for (const [colorScheme, locale, width] of [
    ['dark', 'en-GB', 1440],
    ['light', 'fr-FR', 390],
  ] as const) {
    const page = await visit(opened, { colorScheme, locale, width, bypassCSP: true })
    const person = await addressOf(page, '/api/suggest?text=Quillfeather', 'people')
    const list = await addressOf(page, '/api/suggest?text=lamp', 'lists')
    for (const path of [
      '/',
      '/films',
      '/browse?genres=silent&text=the',
      '/search?text=lamp',
      '/search?text=qqqqqqq',
      `/people/${person}`,
      `/list/${list}`,
      '/people/nobody',
    ]) {
      await page.goto(new URL(path, opened.viewer.url).href)
      await page
        .locator('main h1')
        .first()
        .waitFor({ timeout: 5000 })
        .catch(() => assert.fail(`${path} has no heading`))
      await page.waitForLoadState('networkidle')
      const found = await axeComplaints(page)
      assert.deepEqual(found, [], `${path}, ${colorScheme}`)
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
      assert.equal(isWide, false, `${path} scrolls sideways at ${width}`)
    }
  }
})

async function axeComplaints(page: Page): Promise<readonly string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await tool.run()
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`,
    )
  })
}

async function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const title = element?.querySelector('strong')?.textContent
    return (element?.getAttribute('aria-label') ?? title ?? element?.textContent ?? '').trim()
  })
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    if ((await focusedText(page)) === name) return
  }
  assert.fail(`Tab never came to ${name}`)
}

/** A question to the server, as the page asks it. */
async function askAsPage(page: Page, path: string): Promise<unknown> {
  return page.evaluate(async (address) => {
    const token = localStorage.getItem('matinee.token') ?? ''
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
    return response.json() as Promise<unknown>
  }, path)
}

async function addressOf(page: Page, path: string, group: 'people' | 'lists'): Promise<string> {
  const found = (await askAsPage(page, path)) as Record<string, { id: string }[]>
  const id = found[group]?.[0]?.id
  assert.ok(id !== undefined, `${path} finds ${group}`)
  return encodeURIComponent(id)
}

async function firstWork(page: Page): Promise<object> {
  const { shortTonight } = (await askAsPage(page, '/api/programme')) as { shortTonight: object[] }
  const [first] = shortTonight
  assert.ok(first !== undefined)
  return first
}

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startViewer, type ViewerServer } from '@matinee/viewer'
import type { Browser, Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { settle } from './settled-folder.ts'

async function openViewer(): Promise<{ viewer: ViewerServer } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  await settle(folder)
  const viewer = await startViewer({ dataFolder: folder, port: 0 })
  return {
    viewer,
    async [Symbol.asyncDispose]() {
      await viewer.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface View {
  readonly width?: number
  readonly colorScheme?: 'dark' | 'light'
  readonly bypassCSP?: boolean
}

async function openDesign(
  browser: Browser,
  viewer: ViewerServer,
  query = '',
  view: View = {},
): Promise<Page> {
  const { width = 1440, ...rest } = view
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width, height: 900 },
    ...rest,
  })
  const page = await context.newPage()
  await page.goto(viewer.newLaunchUrl())
  await page.waitForFunction(() => location.hash === '' && localStorage.length > 0)
  await page.goto(`${viewer.url}design${query}`)
  await page.locator('.design-page, .poster-sheet, .poster-grid').waitFor({ state: 'attached' })
  return page
}

/** Scrolls over all of a page, so that what waits to be seen is drawn. */
async function showAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += 600) {
      scrollTo(0, top)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    scrollTo(0, 0)
  })
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.poster-sheet .poster')].every(
      (poster) => poster.querySelector('svg') !== null,
    ),
  )
}

test('the words of every poster stay in their room and on the sheet, for over 200 titles that are hard to set', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await openDesign(chromium.browser, opened.viewer, '?posters&titles=hard')
  const complaints = complaintsOf(page)
  await showAll(page)
  const measured = await page.evaluate(() => {
    const found: string[] = []
    const texts = [...document.querySelectorAll<SVGTextElement>('.poster text[data-room]')]
    for (const text of texts) {
      const room = Number(text.dataset['room'])
      const length = text.getComputedTextLength()
      const sheet = text.ownerSVGElement?.getBoundingClientRect()
      const box = text.getBoundingClientRect()
      const words = text.textContent
      // Lines that are stretched are as long as their room whatever they measure.
      if (!text.hasAttribute('textLength') && length > room * 1.02)
        found.push(`${words}: ${length} of ${room}`)
      if (sheet !== undefined && (box.left < sheet.left || box.right > sheet.right))
        found.push(`${words}: off the sheet`)
    }
    return { found, count: document.querySelectorAll('.poster-sheet .poster').length }
  })
  assert.deepEqual(measured.found, [])
  assert.ok(measured.count > 200, `${measured.count} posters`)
  assert.deepEqual(complaints, [])
})

test('axe finds nothing in any part of the design, in either room, on a phone and on a desk', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await using opened = await openViewer()
  await using chromium = await openChromium()
  for (const [width, colorScheme] of [
    [1440, 'dark'],
    [390, 'light'],
  ] as const) {
    const page = await openDesign(chromium.browser, opened.viewer, '', {
      width,
      colorScheme,
      bypassCSP: true,
    })
    for (const opener of [null, 'Open a sheet', 'More']) {
      if (opener !== null)
        await page.getByRole('button', { name: opener, exact: true }).first().click()
      await page.evaluate(axe)
      const found = await page.evaluate(async () => {
        const { axe: tool } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations } = await tool.run()
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
        )
      })
      assert.deepEqual(found, [], `${width}, ${colorScheme}, ${opener}`)
      if (opener !== null) await page.keyboard.press('Escape')
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.ok(overflow <= 0, `the page scrolls sideways by ${overflow} at ${width}`)
    await page.context().close()
  }
})

test('a wall of 100 000 posters keeps few of them in the page, and the keyboard goes to its end and back', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await openDesign(chromium.browser, opened.viewer, '?wall')
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.querySelector('strong')?.textContent ?? '')
  await page.locator('.poster-grid a').first().focus()
  await page.keyboard.press('ArrowRight')
  assert.match(await focused(), / 2$/u)
  await page.keyboard.press('End')
  await page.waitForFunction(() =>
    document.activeElement?.querySelector('strong')?.textContent.endsWith(' 100000'),
  )
  assert.ok((await page.locator('.poster-grid li').count()) < 120)
  await page.keyboard.press('ArrowLeft')
  assert.match(await focused(), / 99999$/u)
  await page.keyboard.press('Home')
  await page.waitForFunction(() =>
    document.activeElement?.querySelector('strong')?.textContent.endsWith(' 1'),
  )
})

test('tabs, menus and sheets are worked by keyboard alone, and give the focus back', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await openDesign(chromium.browser, opened.viewer)
  const focused = (): Promise<string> =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent ??
        '',
    )
  await page.getByRole('tab', { name: 'Season 2' }).first().focus()
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), 'Season 3')
  await page.getByRole('button', { name: 'More', exact: true }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('End')
  assert.equal(await focused(), 'Forget this film')
  await page.keyboard.press('Escape')
  assert.equal(await focused(), 'More')
  await page.getByRole('button', { name: 'Open a sheet' }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  for (let presses = 0; presses < 6; presses++) {
    await page.keyboard.press('Tab')
    const isInside = await page.evaluate(
      () =>
        document.activeElement === document.body ||
        document.activeElement?.closest('dialog') !== null,
    )
    assert.equal(isInside, true, 'the focus stays in the sheet')
  }
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.equal(await focused(), 'Open a sheet')
})

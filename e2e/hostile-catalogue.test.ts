import { test } from 'node:test'
import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openChromium } from './chromium.ts'
import { writeHostileFeed } from './hostile-feed.ts'
import { enter, openContext, openStagedViewer } from './player-stage.ts'

const STARTER = fileURLToPath(new URL('../feeds/starter/', import.meta.url))

async function openFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** What a page ran, asked of strangers, or was kept from by its policy. */
async function watch(page: Page, home: string): Promise<readonly string[]> {
  const seen: string[] = []
  await page.exposeFunction('ran', () => seen.push('ran'))
  await page.exposeFunction('refused', (what: string) => seen.push(`policy: ${what}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const page = globalThis as unknown as { refused(what: string): void }
      page.refused(`${violatedDirective} ${blockedURI}`)
    })
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(?:blob|data):/u.test(request.url()))
      seen.push(request.url())
  })
  page.on('dialog', (dialog) => void seen.push(`dialog ${dialog.message()}`))
  return seen
}

/** Elements that only a text could have brought, and attributes that would run something. */
function strangeElements(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter(
        (element) =>
          /^(?:iframe|object|embed|base|style|meta|link|script|marquee)$/iu.test(
            element.localName,
          ) ||
          element.hasAttribute('action') ||
          element.getAttribute('src') === 'x' ||
          /^(?:javascript|data):/iu.test(element.getAttribute('href') ?? '') ||
          [...element.attributes].some(({ name }) => name.startsWith('on')),
      )
      .map((element) => element.outerHTML.slice(0, 200)),
  )
}

test('C16: texts of a feed that are pages in disguise are text on every page', async () => {
  await using folder = await openFolder()
  await writeHostileFeed(folder.path)
  await using opened = await openStagedViewer({ feeds: [{ folder: folder.path }] })
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  const seen = await watch(page, opened.viewer.url)
  await enter(page, opened.viewer, '/')
  await page.locator('.hero').waitFor()
  // Rows come after the feature.
  const found = await page.waitForFunction(() => {
    const links = [...document.querySelectorAll('a[href^="/work/"]')]
    const works = [...new Set(links.map((a) => a.getAttribute('href') ?? ''))]
    return works.length >= 5 && works
  })
  const works = (await found.jsonValue()) || []
  const shown: string[] = []
  const look = async (path: string): Promise<void> => {
    await page.goto(new URL(path, opened.viewer.url).href)
    await page.locator('h1, h2').first().waitFor()
    await page.waitForTimeout(250)
    shown.push(await page.locator('body').innerText())
    assert.deepEqual(await strangeElements(page), [], path)
    assert.notEqual(await page.title(), 'ran', path)
    assert.doesNotMatch(await page.title(), /[\u202a-\u202e\u200b\ufeff]/u, path)
  }
  const more = ['/', '/films', '/shorts', '/series', '/browse', '/search?q=script', '/settings']
  for (const path of [...more, ...works.slice(0, 8)]) await look(path)
  const elsewhere = await page.evaluate(() =>
    [...document.querySelectorAll('a[href^="/people/"], a[href^="/list/"]')].map(
      (a) => a.getAttribute('href') ?? '',
    ),
  )
  for (const path of elsewhere.slice(0, 2)) await look(path)
  const text = shown.join('\n')
  for (const part of ['<img src=x onerror=ran()>', '<script>ran()</script>', 'javascript:ran()'])
    assert.ok(text.includes(part), `${part} is shown as it was written`)
  assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u)
  assert.doesNotMatch(text, /\u0301{8}/u)
  assert.deepEqual(seen, [])
})

test('C17: a picture that became a page is a drawn poster, and nobody outside is asked for another', async () => {
  await using folder = await openFolder()
  await cp(STARTER, folder.path, { recursive: true })
  await using opened = await openStagedViewer({ feeds: [{ folder: folder.path }] })
  await using chromium = await openChromium()
  const pictures = (page: Page): Promise<number> =>
    page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLImageElement>('.poster img')].filter(
          ({ complete, naturalWidth }) => complete && naturalWidth > 0,
        ).length,
    )
  const context = await openContext(chromium.browser)
  const before = await context.newPage()
  await enter(before, opened.viewer, '/shorts')
  await before.locator('.poster img').first().waitFor()
  await before.waitForFunction(
    () => document.querySelector<HTMLImageElement>('.poster img')?.complete,
  )
  assert.ok((await pictures(before)) > 0)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:9/spy"/></svg>'
  for (const name of await readdir(join(folder.path, 'images')))
    await writeFile(join(folder.path, 'images', name), svg)
  // Another browser: the first one keeps what it has seen.
  const page = await (await openContext(chromium.browser)).newPage()
  const seen = await watch(page, opened.viewer.url)
  await enter(page, opened.viewer, '/shorts')
  await page.locator('.poster svg').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.poster img').length === 0)
  assert.deepEqual(seen, [])
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMediaServer, startViewer, type ViewerServer } from '@matinee/viewer'
import type { BrowserContext, Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { REEL, enter, play } from './player-stage.ts'
import { openStranger } from './stranger.ts'
import { settle } from './settled-folder.ts'

/** A viewer in this process, with a data folder that goes away with it. */
async function openViewer(): Promise<{ viewer: ViewerServer; folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  await settle(folder)
  const viewer = await startViewer({ dataFolder: folder, port: 0 })
  return {
    viewer,
    folder,
    async [Symbol.asyncDispose]() {
      await viewer.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function playFilm(page: Page, viewer: ViewerServer): Promise<void> {
  await enter(page, viewer, REEL)
  await play(page)
}

function englishContext(browser: { newContext: (o: object) => Promise<BrowserContext> }) {
  return browser.newContext({ locale: 'en-GB', colorScheme: 'dark' })
}

test('W4: a page of another origin can not put ours into a frame', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  for (const host of ['127.0.0.1', 'localhost']) {
    await using stranger = await openStranger(host)
    const page = await (await englishContext(chromium.browser)).newPage()
    await page.goto(stranger.page(`<iframe src="${opened.viewer.url}"></iframe>`))
    await page.waitForTimeout(300)
    const [, frame] = page.frames()
    assert.ok(frame !== undefined)
    assert.equal(await frame.locator('#root').count(), 0)
    assert.match(frame.url(), /^chrome-error:/u)
  }
})

test('the launch address opens the doors in the tab that found them closed', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await (await englishContext(chromium.browser)).newPage()
  await page.goto(opened.viewer.url)
  await page.getByRole('heading', { name: 'The doors are closed' }).waitFor()
  await page.goto(opened.viewer.newLaunchUrl())
  await page.getByRole('link', { name: 'Shelf' }).first().waitFor()
  assert.equal(new URL(page.url()).hash, '')
  // Used up, for this browser that is in as for any other: it stays in.
  await page.goto(opened.viewer.launchUrl)
  await page.goto(opened.viewer.launchUrl)
  await page.getByRole('link', { name: 'Shelf' }).first().waitFor()
})

test('a tab without works says so, and names no filter that nobody chose', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await (await englishContext(chromium.browser)).newPage()
  await page.goto(opened.viewer.launchUrl)
  await page.getByRole('link', { name: 'Series' }).first().click()
  await page.getByRole('heading', { name: 'Nothing of this kind yet' }).waitFor()
  assert.equal(await page.getByRole('checkbox').count(), 0)
  await page.goto(`${opened.viewer.url}series?genres=western`)
  await page.getByRole('heading', { name: 'Nothing fits all of that' }).waitFor()
})

test('W3: a page of another origin can neither show nor read nor run anything of ours, with all addresses known', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const context = await englishContext(chromium.browser)
  const own = await context.newPage()
  await playFilm(own, opened.viewer)
  await own.keyboard.press('c')
  await own.locator('.caption-line').first().waitFor()
  const known = await own.evaluate(() => ({
    film: document.querySelector('video')?.src ?? '',
    script: document.querySelector('script')?.src ?? '',
    style: document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')?.href ?? '',
    captions:
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .findLast((name) => name.includes('/media/') && !name.endsWith('/0')) ?? '',
  }))
  const poster = await own.evaluate(async () => {
    const authorization = `Bearer ${localStorage.getItem('matinee.token')}`
    const answer = await fetch('/api/works?language=en&limit=50', { headers: { authorization } })
    const { works } = (await answer.json()) as { works: { posterUrl: string | null }[] }
    return works.find(({ posterUrl }) => posterUrl !== null)?.posterUrl ?? ''
  })
  const pictures = new URL(poster, opened.viewer.url).href
  assert.match(poster, /^\/media\//u)
  for (const address of Object.values(known)) assert.match(address, /^http:/u)
  for (const host of ['127.0.0.1', 'localhost']) {
    await using stranger = await openStranger(host)
    const page = await context.newPage()
    await page.goto(stranger.page(''))
    const outcomes = await page.evaluate(
      async ({ film, script, style, captions, pictures: image, home }) => {
        const element = (tag: string, attributes: Record<string, string>): Promise<string> =>
          new Promise((resolve) => {
            const made = document.createElement(tag)
            for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
            for (const event of ['load', 'loadeddata', 'canplay'])
              made.addEventListener(event, () => resolve(`${tag} ${event}`))
            made.addEventListener('error', () => resolve('refused'))
            document.body.append(made)
            setTimeout(() => resolve('refused, silently'), 3000)
          })
        const read = (address: string, mode: RequestMode): Promise<string> =>
          fetch(address, { mode }).then(
            (response) => `fetch ${mode} ${response.type}`,
            () => 'refused',
          )
        return Promise.all([
          element('img', { src: image }),
          element('video', { src: film, muted: '' }),
          element('audio', { src: film }),
          element('script', { src: script }),
          element('link', { rel: 'stylesheet', href: style }),
          element('object', { data: image }),
          read(home, 'cors'),
          read(home, 'no-cors'),
          read(film, 'no-cors'),
          read(captions, 'cors'),
          read(`${home}api/works`, 'cors'),
          import(script).then(
            () => 'imported',
            () => 'refused',
          ),
        ])
      },
      { ...known, pictures, home: opened.viewer.url },
    )
    for (const outcome of outcomes)
      assert.match(outcome, /^refused/u, `${host}: ${outcomes.join()}`)
  }
})

test('F11: a script in a file of a torrent does not run, even when its address is opened as a page', async () => {
  await using server = await openMediaServer({ otherTypes: 'attach' })
  const bytes = new TextEncoder().encode(
    '<!doctype html><title>ran</title><script>document.title="ran"</script>',
  )
  const served = server.serve({
    name: 'extra.html',
    lengthBytes: bytes.length,
    identity: 'extra',
    async *read(span) {
      yield bytes.subarray(span.start, span.end)
    },
  })
  await using chromium = await openChromium()
  const page = await chromium.browser.newPage()
  const download = page.waitForEvent('download')
  await page.goto(served.url).catch(() => undefined)
  await (await download).cancel()
  assert.notEqual(await page.title(), 'ran')
})

test('the pages keep their own policy, from the doors to the film, and the policy holds', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const context = await englishContext(chromium.browser)
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(opened.viewer.url)
  await page.getByRole('heading', { name: 'The doors are closed' }).waitFor()
  await page.goto('about:blank')
  await playFilm(page, opened.viewer)
  for (const key of ['c', '?', 'Escape', 'm', '>', '5']) await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Subtitles' }).click()
  await page.getByRole('radio', { name: /^Français/u }).check()
  await page.waitForTimeout(300)
  assert.deepEqual(complaints, [])
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<img src=x>'
      return false
    } catch (error) {
      return error instanceof TypeError
    }
  })
  assert.equal(refused, true, 'Trusted Types are required')
})

test('axe finds nothing to complain of on any page, dark or light, in either language', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await using opened = await openViewer()
  await using chromium = await openChromium()
  for (const [colorScheme, locale] of [
    ['dark', 'en-GB'],
    ['light', 'fr-FR'],
  ] as const) {
    const context = await chromium.browser.newContext({ colorScheme, locale, bypassCSP: true })
    const page = await context.newPage()
    const check = async (name: string): Promise<void> => {
      await page.evaluate(axe)
      const found = await page.evaluate(async () => {
        const { axe: tool } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations } = await tool.run()
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        )
      })
      assert.deepEqual(found, [], `${name}, ${colorScheme}`)
    }
    await page.goto(opened.viewer.url)
    await page.locator('.doors').waitFor()
    await check('the doors')
    await page.goto('about:blank')
    await enter(page, opened.viewer, '/')
    await page.locator('.hero').waitFor()
    await check('home')
    await page.goto(new URL(REEL, opened.viewer.url).href)
    await page.locator('.slip').waitFor()
    await check('the film’s page')
    await context.close()
  }
})

test('with the keyboard alone: from the first page to the film, captions, and back', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await (await englishContext(chromium.browser)).newPage()
  await enter(page, opened.viewer, REEL)
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      if ((await focused()) === name) return
    }
    assert.fail(`Tab never came to ${name}`)
  }
  await page.keyboard.press('Tab')
  assert.equal(await focused(), 'Skip to the programme')
  await tabTo('Play')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2)
  await tabTo('Pause')
  await page.keyboard.press('Space')
  assert.equal(await page.locator('video').evaluate((v) => (v as HTMLVideoElement).paused), true)
  await tabTo('Subtitles')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await page.locator('.caption-line').first().waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await focused(), 'Subtitles', 'the focus came back from the panel')
  await page.keyboard.press('?')
  assert.equal(await focused(), 'Close the panel')
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('dialog').count(), 0)
  assert.equal(await focused(), 'Subtitles')
  const ring = await page.evaluate(() => {
    const style = document.activeElement === null ? null : getComputedStyle(document.activeElement)
    return `${style?.outlineStyle} ${style?.outlineWidth}`
  })
  assert.equal(ring, 'solid 3px')
})

test('W11: the launch address lets one browser in; the next one reads in a sentence what to do', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const first = await englishContext(chromium.browser)
  const page = await first.newPage()
  await page.goto(opened.viewer.launchUrl)
  await page.locator('.hero').waitFor()
  assert.equal(new URL(page.url()).hash, '', 'the code left the address at once')
  await page.reload()
  await page.locator('.hero').waitFor()
  await page.goto('about:blank')
  await page.goto(opened.viewer.launchUrl)
  await page.locator('.hero').waitFor()

  const second = await (await englishContext(chromium.browser)).newPage()
  const refusal = second.waitForResponse((response) => response.url().endsWith('/api/session'))
  await second.goto(opened.viewer.launchUrl)
  assert.equal((await refusal).status(), 403)
  await second.getByText('This address has been used already').waitFor()
  assert.equal(await second.locator('.hero').count(), 0)
})

test('a page that is open goes on by itself when the server was away for a while', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  await using chromium = await openChromium()
  const page = await (await englishContext(chromium.browser)).newPage()
  await settle(folder)
  const first = await startViewer({ dataFolder: folder, port: 0 })
  await playFilm(page, first)
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
  await first.close()
  await page.getByText('Matinee isn’t answering').waitFor()
  const again = await startViewer({ dataFolder: folder, port: first.port })
  try {
    await page.getByText('Matinee isn’t answering').waitFor({ state: 'detached' })
    await page.waitForFunction(
      () => {
        const video = document.querySelector('video')
        return video !== null && !video.paused && video.currentTime > 2 && video.readyState >= 3
      },
      undefined,
      { timeout: 15_000 },
    )
  } finally {
    await again.close()
    await rm(folder, { recursive: true, force: true })
  }
})

test('a page whose code is gone says so, and the others go on', async () => {
  await using opened = await openViewer()
  await using chromium = await openChromium()
  const page = await (await englishContext(chromium.browser)).newPage()
  await page.goto(opened.viewer.launchUrl)
  await page.locator('.hero').waitFor()
  await page.route('**/assets/settings-page-*.js', (route) => route.abort())
  await page.getByRole('link', { name: 'Settings' }).first().click()
  await page.getByText('Something went wrong here').first().waitFor()
  await page.getByRole('link', { name: 'Shelf' }).first().click()
  await page.getByRole('heading', { name: 'Your shelf' }).waitFor()
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { complaintsOf, openChromium } from './chromium.ts'
import { HOSTILE_TEXTS, hostileTexts } from './hostile-feed.ts'
import { openSite } from './open-site.ts'
import { axeFinds } from './player-stage.ts'

const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' }
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, colorScheme: 'light' }

/** What a page asked of anybody but these. */
function strangersAsked(page: Page, homes: readonly string[]): readonly string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    if (!homes.some((home) => request.url().startsWith(home))) seen.push(request.url())
  })
  return seen
}

test('a stranger opens a link, and sees the film with subtitles, on a desk and on a phone', async () => {
  await using opened = await openSite((value) => value)
  const { site, seed } = opened
  await using chromium = await openChromium()
  for (const options of [DESK, PHONE]) {
    const context = await chromium.browser.newContext(options)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const strangers = strangersAsked(page, [site.url])
    await page.goto(site.url)
    await page.getByLabel('Search these films').fill('way')
    await page.locator('.results').getByRole('link', { name: 'The Way' }).click()
    await page.getByRole('heading', { name: 'The Way', level: 1 }).waitFor()
    await page.getByText('Yes.', { exact: true }).waitFor()
    await page.locator('video').waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(strangers.join(' '), '', 'nobody else is asked before the film is started')
    await page.evaluate(async () => {
      const video = document.querySelector('video')
      const track = video?.textTracks[0]
      if (video === null || track === undefined) throw new Error('no film with subtitles')
      track.mode = 'showing'
      video.muted = true
      await video.play()
    })
    const line = await page.waitForFunction(() => {
      const video = document.querySelector('video')
      const cue = video?.textTracks[0]?.activeCues?.[0]
      const isShown = video !== null && video.currentTime > 0.3 && video.videoWidth > 0
      return isShown && cue instanceof VTTCue ? cue.text : null
    })
    assert.equal(await line.jsonValue(), 'The first line')
    assert.ok(
      seed.asked.some((each) => each.endsWith(' bytes=0-')),
      'the film comes by ranges',
    )
    await page.evaluate(() => {
      const video = document.querySelector('video')
      if (video !== null) video.currentTime = 6
    })
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 6.1)
    assert.ok(strangers.every((each) => each.startsWith(seed.url)))
    await page.goto(new URL('work/night-ferry.html', site.url).href)
    await page.getByRole('link', { name: 'Half Way' }).click()
    await page.getByText('No server gives this film out to browsers').waitFor()
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.equal(isWide, false, 'nothing scrolls sideways')
    assert.deepEqual(complaints, [])
    await context.close()
  }
  // Without scripts there is no search, and everything else.
  const plain = await chromium.browser.newContext({ ...DESK, javaScriptEnabled: false })
  const page = await plain.newPage()
  await page.goto(site.url)
  assert.equal(await page.locator('#search').isVisible(), false)
  await page.getByRole('link', { name: 'The Way' }).click()
  assert.ok(await page.locator('video').isVisible())
  await plain.close()
})

test('a site whose list of films did not come says so, and looks again at the next letter', async () => {
  await using opened = await openSite((value) => value)
  await using chromium = await openChromium()
  const context = await chromium.browser.newContext(DESK)
  const page = await context.newPage()
  await page.route('**/works.json', (route) => route.abort(), { times: 1 })
  await page.goto(opened.site.url)
  const field = page.getByLabel('Search these films')
  await field.fill('w')
  await page.getByRole('status').getByText('Type on to try again').waitFor()
  await page.route('**/works.json', (route) => route.fulfill({ status: 503 }), { times: 1 })
  await field.fill('wa')
  await page.getByRole('status').getByText('Type on to try again').waitFor()
  await field.fill('way')
  await page.locator('.results').getByRole('link', { name: 'The Way' }).waitFor()
  assert.equal(await page.getByText('Type on to try again').count(), 0)
  await context.close()
})

test('axe finds nothing on the pages of a site', async () => {
  await using opened = await openSite((value) => value)
  const { site } = opened
  await using chromium = await openChromium()
  for (const options of [DESK, PHONE]) {
    const context = await chromium.browser.newContext({ ...options, bypassCSP: true })
    const page = await context.newPage()
    const paths = ['', 'work/the-way.html', 'work/the-salt-clock.html', 'work/night-ferry.html']
    for (const path of [...paths, 'work/bayt-bila-nawafidh.html']) {
      await page.goto(new URL(path, site.url).href)
      assert.deepEqual(await axeFinds(page, 'html'), [], path)
    }
    await context.close()
  }
})

test('C16: texts of a feed that are pages in disguise are text on its site, in its feed and in its add-on', async (t) => {
  await using opened = await openSite(hostileTexts())
  const { site } = opened
  await using chromium = await openChromium()
  const context = await chromium.browser.newContext(DESK)
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const seen: string[] = []
  await page.exposeFunction('ran', () => void seen.push('ran'))
  page.on('dialog', (dialog) => void seen.push(`dialog ${dialog.message()}`))
  const strangers = strangersAsked(page, [site.url])
  const complaints = complaintsOf(page)
  await page.goto(site.url)
  const paths = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('.grid a')].map(({ href }) => href),
  )
  assert.ok(paths.length > 30)
  for (const path of [site.url, ...paths]) {
    await page.goto(path)
    const strange = await page.evaluate(() => {
      const ours = new Set(['search.js', 'site.css', 'icon.svg'])
      return [...document.querySelectorAll('*')]
        .filter((element) => {
          const isOurs = ours.has(
            (element.getAttribute('src') ?? element.getAttribute('href') ?? '').split('/').at(-1) ??
              '',
          )
          return (
            /^(?:iframe|object|embed|base|marquee|style)$/u.test(element.localName) ||
            (element.localName === 'script' && !isOurs) ||
            element.getAttribute('src') === 'x' ||
            /^(?:javascript|data):/iu.test(element.getAttribute('href') ?? '') ||
            [...element.attributes].some(({ name }) => name.startsWith('on'))
          )
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 200))
    })
    assert.deepEqual(strange, [], path)
  }
  const title = await page.locator('h1').innerText()
  assert.ok(
    HOSTILE_TEXTS.some((text) => title.includes(text.slice(0, 8))),
    title,
  )
  await page.goto(site.url)
  await page.getByLabel('Search these films').fill('img')
  await page.locator('.results li').first().waitFor()
  assert.equal(await page.locator('.results img').count(), 0)
  const xml = await (await page.request.get(`${site.url}feed.xml`)).text()
  // The site's own pages parse nothing: trusted types are in force there.
  const elsewhere = await context.newPage()
  const rss = await elsewhere.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'application/xml')
    const all = [...parsed.querySelectorAll('*')].map(({ nodeName }) => nodeName)
    const enclosure = parsed.querySelector('enclosure')
    return {
      fault: parsed.querySelector('parsererror')?.textContent ?? null,
      names: [...new Set(all)].toSorted(),
      items: all.filter((name) => name === 'item').length,
      licences: all.filter((name) => name === 'media:license').length,
      type: enclosure?.getAttribute('type') ?? '',
      torrent: enclosure?.getAttribute('url') ?? '',
      length: Number(enclosure?.getAttribute('length')),
    }
  }, xml)
  assert.equal(rss.fault, null)
  assert.equal(rss.items, paths.length)
  assert.equal(rss.licences, rss.items, 'every item has its licence')
  assert.equal(rss.type, 'application/x-bittorrent')
  const torrent = await (await page.request.get(rss.torrent)).body()
  assert.equal(torrent.length, rss.length)
  assert.ok(
    !rss.names.some((name) => /^(?:a|script|style|img|svg|iframe)$/iu.test(name)),
    rss.names.join(' '),
  )
  t.diagnostic(
    `${paths.length + 1} pages: ${seen.length} executions, ${strangers.length} foreign requests`,
  )
  assert.deepEqual([seen, strangers, complaints], [[], [], []])
})

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { openChromium } from './chromium.ts'
import { REEL, drop, enter, openContext, openStagedViewer, play } from './player-stage.ts'

/** Handlers, schemes, styles, entities and half-open tags: whatever has once run in a player or a page. */
const PAYLOADS = [
  '<img src=x onerror=ran()>',
  '<img/src=x/onerror=ran()>',
  '<IMG SRC=x ONERROR=ran()>',
  '<img src=x onerror=ran()//',
  '<script>ran()</script>',
  '<scr<script>ipt>ran()</scr</script>ipt>',
  '<script src=http://127.0.0.1:9/spy.js></script>',
  '<b onmouseover=ran()>b</b>',
  '<i onclick=ran() style="position:fixed;inset:0">i</i>',
  '<u onfocus=ran() tabindex=0 autofocus>u</u>',
  '{\\an8}<iframe src="javascript:ran()"></iframe>',
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<object data="javascript:ran()"></object>',
  '<embed src="javascript:ran()">',
  '<svg onload=ran()>',
  '<svg><animate onbegin=ran() attributeName=x></svg>',
  '<math><a xlink:href="javascript:ran()">m</a></math>',
  '<a href="javascript:ran()">a</a>',
  '<a href="data:text/html,<script>ran()</script>">a</a>',
  '<form action="javascript:ran()"><button autofocus>f</button></form>',
  '<video src=http://127.0.0.1:9/spy.mp4 autoplay onerror=ran()></video>',
  '<audio src=x onerror=ran()>',
  '<details open ontoggle=ran()>d</details>',
  '<body onload=ran()>',
  '<style>@import url(http://127.0.0.1:9/spy.css)</style>',
  '<link rel=stylesheet href=http://127.0.0.1:9/spy.css>',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/spy">',
  '<base href=http://127.0.0.1:9/>',
  '<template><img src=x onerror=ran()></template>',
  '&lt;img src=x onerror=ran()&gt;',
  '&#60;script&#62;ran()&#60;/script&#62;',
  '<font color="url(http://127.0.0.1:9/spy)">f</font>',
  '<font face="x" size="ran()" onload=ran()>f</font>',
  '<c.red onmouseover=ran()>c</c>',
  '<v ran()><img src=x onerror=ran()></v>',
  '<ruby>r<rt onmouseover=ran()>t</rt></ruby>',
  '<00:00:01.000><img src=x onerror=ran()>',
  '{\\fnhttp://127.0.0.1:9/spy}{\\p1}m 0 0{\\p0}<img src=x onerror=ran()>',
  '<!--><img src=x onerror=ran()>-->',
  '<![CDATA[<img src=x onerror=ran()>]]>',
] as const

/** One file of each format with these texts, all of them for the first minute. */
const FORMATS: Readonly<Record<string, (texts: readonly string[]) => string>> = {
  'page.srt': (texts) =>
    texts.map((text, at) => `${at + 1}\n00:00:00,000 --> 00:01:00,000\n${text}\n`).join('\n'),
  'page.vtt': (texts) =>
    `WEBVTT\n\n${texts.map((text) => `00:00:00.000 --> 00:01:00.000\n${text}\n`).join('\n')}`,
  'page.ass': (texts) =>
    `[Script Info]\n\n[Events]\nFormat: Start, End, Text\n${texts
      .map((text) => `Dialogue: 0:00:00.00,0:01:00.00,${text}`)
      .join('\n')}\n`,
}

/** A screen holds sixteen cues. */
const AT_ONCE = 10

test('S1: a hundred and twenty subtitles that are pages in disguise run nothing and ask nobody', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const page = await (await openContext(chromium.browser)).newPage()
  const seen: string[] = []
  await page.exposeFunction('ran', () => seen.push('ran'))
  await enter(page, opened.viewer, REEL)
  await play(page)
  await page.keyboard.press('k')
  page.on('request', (request) => {
    if (!request.url().startsWith(opened.viewer.url)) seen.push(request.url())
  })
  page.on('dialog', (dialog) => void seen.push(dialog.message()))
  const title = await page.title()
  let tried = 0
  for (const [name, write] of Object.entries(FORMATS))
    for (let from = 0; from < PAYLOADS.length; from += AT_ONCE) {
      const mark = `file ${name} from ${from}`
      const texts = PAYLOADS.slice(from, from + AT_ONCE).map((text) => `${mark}: ${text} end`)
      tried += texts.length
      await drop(page, name, new TextEncoder().encode(write(texts)))
      await page.locator('.caption-line', { hasText: mark }).first().waitFor()
      await page.locator('.captions').hover({ force: true })
      const made = await page.locator('.captions').evaluate((captions) => ({
        elements: [...new Set([...captions.querySelectorAll('*')].map((each) => each.tagName))],
        attributes: [
          ...new Set(
            [...captions.querySelectorAll('*')].flatMap((each) => each.getAttributeNames()),
          ),
        ],
        lines: captions.querySelectorAll('.caption-line').length,
      }))
      for (const element of made.elements) assert.match(element, /^(?:DIV|P|SPAN|I|B|U)$/u, mark)
      for (const attribute of made.attributes)
        assert.match(attribute, /^(?:class|style|dir|lang|data-[a-z-]+)$/u, mark)
      assert.ok(made.lines >= 5, `${made.lines} lines of ${mark}`)
    }
  await page.waitForTimeout(300)
  assert.ok(tried >= 100, `${tried} tried`)
  assert.deepEqual(seen, [])
  assert.equal(await page.title(), title)
})

/**
 * Draws with the drawing code of picture/ in a browser's canvas: a browser reads the typefaces and
 * smooths edges, and it is on every machine that runs the tests.
 */
import { readFile } from 'node:fs/promises'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { chromium, type Browser, type Page } from 'playwright-core'

const ORIGIN = 'http://reel.invalid'
const ROOT = new URL('../../', import.meta.url)

/** Where a typeface comes from: a package of the viewer's pages, and a file in it. */
const FACES = [
  ['Display', '@fontsource-variable/bricolage-grotesque', 'bricolage-grotesque-latin-wdth-normal'],
  ['Interface', '@fontsource-variable/hanken-grotesk', 'hanken-grotesk-latin-wght-normal'],
  ['Notes', '@fontsource-variable/newsreader', 'newsreader-latin-wght-normal'],
] as const

/** A page that draws the reel's frames and its poster. Dispose it. */
export class Studio implements AsyncDisposable {
  readonly #browser: Browser
  readonly #page: Page

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser
    this.#page = page
  }

  /** Throws when there is no Chromium, or a typeface's package isn't installed. */
  static async open(executablePath: string): Promise<Studio> {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const page = await browser.newPage()
    await page.route('**/*', async (route) => {
      const path = new URL(route.request().url()).pathname
      if (path === '/') {
        await route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><title>reel</title>',
        })
      } else if (path.endsWith('.ts')) {
        const source = await readFile(new URL(`.${path}`, ROOT), 'utf8')
        await route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(source) })
      } else await route.fulfill({ status: 404 })
    })
    await page.goto(`${ORIGIN}/`)
    for (const [name, folder, file] of FACES)
      await page.evaluate(loadFace, { name, base64: await face(folder, file) })
    await page.evaluate(openCanvas)
    return new Studio(browser, page)
  }

  /** A frame as PNG. */
  async frame(frame: number): Promise<Buffer> {
    return Buffer.from(await this.#page.evaluate((at) => window.reel.frame(at), frame), 'base64')
  }

  /** The poster as PNG. */
  async poster(): Promise<Buffer> {
    return Buffer.from(await this.#page.evaluate(() => window.reel.poster()), 'base64')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
  }
}

declare global {
  interface Window {
    /** The drawing desk in the page: pictures as PNG in base64. */
    reel: { frame(at: number): Promise<string>; poster(): Promise<string> }
  }
}

async function face(folder: string, file: string): Promise<string> {
  const require = createRequire(new URL('apps/viewer/package.json', ROOT))
  const bytes = await readFile(require.resolve(`${folder}/files/${file}.woff2`))
  return bytes.toString('base64')
}

async function loadFace({ name, base64 }: { name: string; base64: string }): Promise<void> {
  const loaded = new FontFace(name, `url(data:font/woff2;base64,${base64})`, {
    weight: '200 800',
    stretch: name === 'Display' ? '75% 100%' : '100%',
  })
  document.fonts.add(await loaded.load())
}

async function openCanvas(): Promise<void> {
  const { drawFrame } = await import(`${location.origin}/tools/reel/picture/frame.ts`)
  const { drawPoster, POSTER } = await import(`${location.origin}/tools/reel/picture/poster.ts`)
  const png = async (canvas: OffscreenCanvas): Promise<string> => {
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    return new Uint8Array(await blob.arrayBuffer()).toBase64()
  }
  const screen = new OffscreenCanvas(1280, 720)
  const pen = screen.getContext('2d', { alpha: false, willReadFrequently: true })
  window.reel = {
    frame(at) {
      drawFrame(pen, at)
      return png(screen)
    },
    poster() {
      const sheet = new OffscreenCanvas(POSTER.width, POSTER.height)
      drawPoster(sheet.getContext('2d', { alpha: false }))
      return png(sheet)
    },
  }
}

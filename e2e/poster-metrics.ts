/**
 * `node tools/start.mjs --run e2e/poster-metrics.ts`: measures the faces in Chromium and writes how wide their
 * characters are, so that titles are fitted without asking a browser. To be run when a face's version changes.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { ROOT } from '../tools/root.ts'
import { openChromium } from './chromium.ts'

const PACKAGES = join(ROOT, 'node_modules/@fontsource-variable')
const SHEETS = [
  'bricolage-grotesque/wdth.css',
  'hanken-grotesk/index.css',
  'anybody/wdth.css',
  'bodoni-moda/opsz.css',
  'league-gothic/wdth.css',
]
const FILES = [
  {
    path: 'apps/viewer/web/src/poster/display-advances.ts',
    name: 'DISPLAY_ADVANCES',
    faces: {
      display75: '800 1000px "Bricolage Grotesque Variable"; font-stretch: 75%',
      display100: '800 1000px "Bricolage Grotesque Variable"; font-stretch: 100%',
    },
  },
  {
    path: 'apps/viewer/web/src/poster/poster-advances.ts',
    name: 'POSTER_ADVANCES',
    faces: {
      stretch50: '800 1000px "Anybody Variable"; font-stretch: 50%',
      stretch100: '800 1000px "Anybody Variable"; font-stretch: 100%',
      stretch150: '800 1000px "Anybody Variable"; font-stretch: 150%',
      didone: '800 1000px "Bodoni Moda Variable"; font-variation-settings: "opsz" 22',
      tall: '400 1000px "League Gothic Variable"',
      foot: '600 1000px "Hanken Grotesk Variable"',
    },
  },
]
const range = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join('')
/** Latin as the faces have it: ASCII, Latin-1, Latin Extended-A, Romanian, the signs of printed titles. */
const CHARACTERS = `${range(0x20, 0x7e)}${range(0xa1, 0xac)}${range(0xae, 0x17f)}ȘșȚț‐‑–—‘’“”„…•€№™`

await using chromium = await openChromium()
const page = await chromium.browser.newPage()
await page.route('http://faces.invalid/**', async (route) => {
  const { pathname } = new URL(route.request().url())
  if (pathname === '/') {
    const links = SHEETS.map((sheet) => `<link rel="stylesheet" href="/${sheet}">`).join('')
    return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${links}` })
  }
  return route.fulfill({
    body: await readFile(join(PACKAGES, pathname)),
    contentType: typeOf(pathname),
  })
})
await page.goto('http://faces.invalid/')
const measured = new Map<string, readonly number[]>()
for (const { faces } of FILES)
  for (const [face, font] of Object.entries(faces)) measured.set(face, await advancesOf(page, font))
const KEPT = Array.from(CHARACTERS, (character, place) => ({ character, place })).filter(
  ({ character, place }) => !isAsItsBase(character, place),
)
for (const { path, name, faces } of FILES) {
  const rows = Object.keys(faces).map((face) => {
    const advances = KEPT.map(({ place }) => measured.get(face)?.[place] ?? 0)
    return `  ${face}:\n    '${advances.join(' ')}',`
  })
  const initials = name === 'POSTER_ADVANCES' ? `\n${await initialBounds(page)}` : ''
  const characters = KEPT.map(({ character }) => character).join('')
  await writeFile(
    join(ROOT, path),
    `// Made by e2e/poster-metrics.ts from the font files; not to be edited.

/** Widths of {@link ADVANCE_CHARACTERS} in thousandths of an em, by face and width axis. */
export const ${name} = {
${rows.join('\n')}
} as const
${name === 'DISPLAY_ADVANCES' ? `\n/** The characters that were measured, in order; letters with marks that are as wide as without are left out. */\nexport const ADVANCE_CHARACTERS =\n  ${JSON.stringify(characters)}\n` : initials}`,
  )
  console.log(path)
}

/** Whether a letter with a mark is in every face as wide as without. */
function isAsItsBase(character: string, place: number): boolean {
  const base = Array.from(CHARACTERS).indexOf(character.normalize('NFD').charAt(0))
  if (base < 0 || base === place) return false
  return [...measured.values()].every(
    (advances) => Math.abs((advances[place] ?? 0) - (advances[base] ?? 0)) <= 6,
  )
}

function typeOf(path: string): string {
  return path.endsWith('.css') ? 'text/css' : 'font/woff2'
}

function advancesOf(from: Page, font: string): Promise<number[]> {
  return from.evaluate(
    async ({ css, characters }) => {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
      const text = document.createElementNS('http://www.w3.org/2000/svg', 'text')
      text.setAttribute(
        'style',
        `font: ${css}; white-space: pre; font-kerning: none; font-variant-ligatures: none`,
      )
      svg.append(text)
      document.body.append(svg)
      text.textContent = characters
      text.getComputedTextLength()
      await new Promise((resolve) => setTimeout(resolve, 300))
      await document.fonts.ready
      const width = (of: string): number => {
        text.textContent = of
        return text.getComputedTextLength()
      }
      const bars = width('||')
      const advances = Array.from(characters, (character) =>
        Math.round(width(`|${character}|`) - bars),
      )
      svg.remove()
      return advances
    },
    { css: font, characters: CHARACTERS },
  )
}

/** What the capitals and digits cover of their em, for the letter that is a picture. */
async function initialBounds(from: Page): Promise<string> {
  const letters = Array.from(CHARACTERS).filter((letter) => /[\p{Lu}\p{Nd}]/u.test(letter))
  const bounds = await from.evaluate((all) => {
    const context = document.createElement('canvas').getContext('2d')
    if (context === null) return []
    context.font = '800 1000px "Bricolage Grotesque Variable"'
    return all.map((letter) => {
      const ink = context.measureText(letter)
      return [
        -ink.actualBoundingBoxLeft,
        ink.actualBoundingBoxRight,
        ink.actualBoundingBoxAscent,
        ink.actualBoundingBoxDescent,
      ].map((value) => Math.round(value))
    })
  }, letters)
  const rows = letters.map((letter, at) => `${letter} ${bounds[at]?.join(' ')}`)
  return `
/** Of each capital and digit of the display face at width 100: left, right, top and depth of its ink. */
export const INITIAL_BOUNDS =
  '${rows.join(',')}'
`
}

/**
 * `npm run pictures`: takes the pictures in docs/pictures/ of every page: in the dark room in English at four
 * widths, in the light room and in French at two. `npm run pictures -- 390 dark en` takes those of one view,
 * `npm run pictures -- 1920 light --to FOLDER` also one that isn't kept. To be run when what they show has changed.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SILENT_LOG } from '@matinee/base'
import { startViewer } from '@matinee/viewer'
import { ROOT } from '../tools/root.ts'
import { openChromium } from './chromium.ts'
import { openMadeCinema } from './made-cinema.ts'
import { takeFeedPages } from './pictures/feed-pictures.ts'
import { takeHousePages } from './pictures/house-pictures.ts'
import { takePages, type PictureView } from './pictures/page-pictures.ts'
import { takePosterSheet } from './pictures/poster-sheet.ts'
import { takeSitePages } from './pictures/site-pictures.ts'
import { fillShelf } from './pictures/filled-shelf.ts'
import { settle } from './settled-folder.ts'

const FOLDER = join(ROOT, 'docs/pictures')
const WIDTHS = [390, 768, 1440, 1920] as const
const ALL_VIEWS: readonly PictureView[] = (['en', 'fr'] as const).flatMap((language) =>
  (['dark', 'light'] as const).flatMap((colorScheme) =>
    WIDTHS.map((width) => ({ width, colorScheme, language })),
  ),
)

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' } },
})
const views = ALL_VIEWS.filter((view) => {
  const words: readonly string[] = Object.values(view).map(String)
  return values.to === undefined
    ? isKept(view) && wanted.every((word) => words.includes(word))
    : wanted.every((word) => words.includes(word))
})
const target = values.to ?? FOLDER
await mkdir(target, { recursive: true })
const folder = await mkdtemp(join(tmpdir(), 'matinee-pictures-'))
try {
  await using cinema = await openMadeCinema({ folder, signal: AbortSignal.timeout(1_800_000) })
  const feeds = [
    { folder: cinema.feedFolder, allowLocal: true },
    { folder: join(ROOT, 'feeds/starter') },
  ]
  const options = { feeds, port: 0, log: SILENT_LOG }
  await settle(join(folder, 'settled'), { country: 'FR' })
  await using settled = await startViewer({ ...options, dataFolder: join(folder, 'settled') })
  await using fresh = await startViewer({ ...options, dataFolder: join(folder, 'fresh') })
  await using chromium = await openChromium()
  await fillShelf(settled)
  for (const view of views) {
    await takePages(chromium.browser, { settled, fresh }, view, target)
    await takeFeedPages(chromium.browser, settled, view, target)
    await takeSitePages(chromium.browser, view, target)
    await takeHousePages(chromium.browser, view, target)
    console.log(Object.values(view).join(' '))
  }
  if (wanted.length === 0) await takePosterSheet(chromium.browser, settled, target)
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** What documents need: every width once, and the other room and language at the ends. */
function isKept({ width, colorScheme, language }: PictureView): boolean {
  const variants = Number(colorScheme === 'light') + Number(language === 'fr')
  return variants === 0 || (variants === 1 && (width === 390 || width === 1440))
}

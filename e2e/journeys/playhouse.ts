import { test } from 'node:test'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SILENT_LOG } from '@matinee/base'
import type { DiscoveryPlaces } from '@matinee/cast'
import { startViewer, type ViewerOptions, type ViewerServer } from '@matinee/viewer'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openChromium } from '../chromium.ts'
import { openMadeCinema, type MadeCinema, type MadeCinemaOptions } from '../made-cinema.ts'
import { settle } from '../settled-folder.ts'

/** Works of the made-up feed that have films, by the address of their page. */
export const FILMED = {
  /** 12 seconds, without words, WebM. */
  lighthouse: '/work/made-up.paper-lighthouse',
  /** 36 seconds, three chapters. */
  saltClock: '/work/made-up.the-salt-clock',
  /** 20 seconds, in French. */
  tickets: '/work/made-up.two-tickets-for-the-storm',
  /** One season, three episodes of ten seconds. */
  nightFerry: '/work/made-up.night-ferry',
} as const

/** How somebody looks at the pages. */
export interface View {
  readonly language: 'en' | 'fr'
  readonly width: 390 | 1440
}

/** The desk in English is where journeys go every way; elsewhere they go the way that matters. */
export const DESK: View = { language: 'en', width: 1440 }
export const VIEWS: readonly View[] = [
  DESK,
  { language: 'fr', width: 1440 },
  { language: 'en', width: 390 },
  { language: 'fr', width: 390 },
]

/** `fr, 390 wide` */
function nameOf({ language, width }: View): string {
  return `${language}, ${width} wide`
}

/** A test in each view, all in one Chromium; the windows of one walk are closed before the next. */
export function journey(name: string, walk: (view: View, browser: Browser) => Promise<void>): void {
  test(name, async (t) => {
    await using chromium = await openChromium()
    const { browser } = chromium
    for (const view of VIEWS)
      await t.test(nameOf(view), async () => {
        try {
          await walk(view, browser)
        } finally {
          for (const context of browser.contexts()) await context.close()
        }
      })
  })
}

/** The slowest thing here is a card that counts eight seconds down. */
export const PATIENCE_MS = 15_000

/** A viewer that follows the feed of a made-up cinema; both go away with it. */
export interface Playhouse extends AsyncDisposable {
  readonly cinema: MadeCinema
  readonly dataFolder: string
  readonly viewer: ViewerServer
  /** Ends the viewer's server; the pages that are open stay. */
  close(): Promise<void>
  /** Starts it again where it was, on the same port. */
  reopen(): Promise<void>
}

/** How {@link openPlayhouse} begins. */
export interface PlayhouseOptions {
  /** As {@link settle} takes them; `null`: the first run hasn't been yet. Default: those that are usual in tests. */
  readonly settings?: Readonly<Record<string, unknown>> | null
  /** Where screens are asked for. Default: the home network's groups. */
  readonly castDiscovery?: DiscoveryPlaces
  /** Where phones are. Default: the home network. */
  readonly remotePlaces?: ViewerOptions['remotePlaces']
  /** Of which version the viewer is, and the feed that it was published in. Default: nobody says. */
  readonly source?: ViewerOptions['source']
  /** Nodes that show into a DHT of this computer. Default: the public ones. */
  readonly dhtEntrances?: ViewerOptions['dhtEntrances']
  /** As {@link openMadeCinema} takes it. */
  readonly films?: MadeCinemaOptions['films']
}

/** Opens a cinema with a seed, and a viewer that follows its feed. */
export async function openPlayhouse(options: PlayhouseOptions = {}): Promise<Playhouse> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-playhouse-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const cinema = opened.use(
    await openMadeCinema({
      folder,
      signal: AbortSignal.timeout(240_000),
      ...(options.films === undefined ? {} : { films: options.films }),
    }),
  )
  const dataFolder = join(folder, 'data')
  const { settings = {}, castDiscovery, remotePlaces, source, dhtEntrances } = options
  if (settings !== null) await settle(dataFolder, settings)
  const start = (port: number): Promise<ViewerServer> =>
    startViewer({
      dataFolder,
      feeds: [{ folder: cinema.feedFolder, allowLocal: true }],
      port,
      log: SILENT_LOG,
      ...(castDiscovery === undefined ? {} : { castDiscovery }),
      ...(remotePlaces === undefined ? {} : { remotePlaces }),
      ...(source === undefined ? {} : { source }),
      ...(dhtEntrances === undefined ? {} : { dhtEntrances }),
    })
  let viewer = await start(0)
  opened.defer(() => viewer.close())
  const rest = opened.move()
  return {
    cinema,
    dataFolder,
    get viewer() {
      return viewer
    },
    close: () => viewer.close(),
    async reopen() {
      viewer = await start(viewer.port)
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  }
}

/** A new browser window on the first page, in. */
export async function enterPlayhouse(
  browser: Browser,
  playhouse: Playhouse,
  { language, width }: View = DESK,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    viewport: { width, height: width === 390 ? 844 : 900 },
    ...options,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.goto(playhouse.viewer.newLaunchUrl())
  await page.waitForFunction(() => localStorage.getItem('matinee.token') !== null)
  return page
}

/** Goes to an address of the playhouse. */
export async function goTo(page: Page, { viewer }: Playhouse, path: string): Promise<void> {
  await page.goto(new URL(path, viewer.url).href)
}

/** The pages' own strings. */
export interface Strings {
  /** With values put in; `count` picks the form. */
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string
  /** Matches the string whatever its values are. */
  readonly pattern: (key: string) => RegExp
}

/** The strings of a language, as its file has them. */
export async function stringsOf(language: 'de' | 'en' | 'es' | 'fr'): Promise<Strings> {
  const file = new URL(`../../apps/viewer/web/src/i18n/${language}.json`, import.meta.url)
  const strings = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, string>>
  const plurals = new Intl.PluralRules(language)
  const stringOf = (key: string, count?: string | number): string => {
    const found =
      (typeof count === 'number' ? strings[`${key}_${plurals.select(count)}`] : undefined) ??
      strings[key] ??
      strings[`${key}_other`]
    if (found === undefined) throw new Error(`${language} has no string ${key}`)
    return found
  }
  return {
    say: (key, values = {}) =>
      stringOf(key, values['count']).replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) =>
        String(values[name]),
      ),
    pattern: (key) =>
      new RegExp(
        stringOf(key)
          .split(/\{\{\w+\}\}/u)
          .map((part) => RegExp.escape(part))
          .join('.+'),
        'u',
      ),
  }
}

/** What has the focus, by the name that a screen reader says. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const label = element.getAttribute('aria-label')
    if (label !== null) return label
    if (element instanceof HTMLInputElement || element instanceof HTMLSelectElement)
      return [...(element.labels ?? [])]
        .map((each) => each.innerText)
        .join(' ')
        .trim()
    const read = element.cloneNode(true)
    if (!(read instanceof HTMLElement)) return ''
    for (const hidden of read.querySelectorAll('[aria-hidden="true"]')) hidden.remove()
    return (read.textContent ?? '').replaceAll(/\s+/gu, ' ').trim()
  })
}

/** Presses Tab until something of this name has the focus. Throws when it never has. */
export async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press(key)
    const focused = await focusedName(page)
    if (typeof name === 'string' ? focused === name : name.test(focused)) return
    passed.push(focused)
  }
  throw new Error(`Tab never came to ${String(name)}, but to ${passed.join(' | ')}`)
}

/** Presses Tab until the focus is on something of this name, and then Enter. */
export async function pressWithKeys(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Presses a button of this name: with a finger on a phone, with Tab and Enter at a desk. */
export async function press(page: Page, { width }: View, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string' ? new RegExp(`^${RegExp.escape(name)}$`, 'u') : name
  if (width === 390) await page.getByRole('button', { name: exact }).first().click()
  else {
    await page.getByRole('button', { name: exact }).first().waitFor()
    await pressWithKeys(page, exact)
  }
}

/** Presses the work's great button, whether it says "Play" or "Carry on": how far somebody has seen isn't sure. */
export async function playOn(page: Page): Promise<void> {
  await page.locator('.button.on-panel').first().click()
}

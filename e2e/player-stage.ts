import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startViewer, type ViewerOptions, type ViewerServer } from '@matinee/viewer'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { settle } from './settled-folder.ts'

/** The test reel's page. */
export const REEL = '/work/starter.test-reel'

/** Nothing on this computer takes longer. */
const PATIENCE_MS = 10_000

/** A viewer in this process, with a data folder that goes away with it. */
export interface StagedViewer extends AsyncDisposable {
  readonly viewer: ViewerServer
  readonly folder: string
}

export async function openStagedViewer(
  options: Partial<ViewerOptions> = {},
): Promise<StagedViewer> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-e2e-'))
  await settle(folder)
  const viewer = await startViewer({ dataFolder: folder, port: 0, ...options })
  return {
    viewer,
    folder,
    async [Symbol.asyncDispose]() {
      await viewer.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A browser that is in, as an English viewer has it. */
export async function openContext(
  browser: Browser,
  options: { readonly width?: number; readonly isTouch?: boolean; readonly forAxe?: boolean } = {},
): Promise<BrowserContext> {
  const { width = 1440, isTouch = false, forAxe = false } = options
  const height = width < 600 ? 844 : 810
  const context = await browser.newContext({
    locale: 'en-GB',
    colorScheme: 'dark',
    viewport: { width, height },
    hasTouch: isTouch,
    // Axe is put into the page as a script.
    bypassCSP: forAxe,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** Opens a page of the viewer, in. */
export async function enter(page: Page, viewer: ViewerServer, path: string): Promise<void> {
  await page.goto(viewer.newLaunchUrl())
  await page.waitForFunction(() => localStorage.getItem('matinee.token') !== null)
  await page.goto(new URL(path, viewer.url).href)
}

/** Presses play on the page of a work and waits for the first pictures. */
export async function play(page: Page, name: string | RegExp = /^(?:Play|Resume)/u): Promise<void> {
  await page.getByRole('button', { name }).first().click()
  await plays(page)
}

/** Waits until the film moves. */
export async function plays(page: Page, fromSeconds = 0): Promise<void> {
  await page.waitForFunction((from) => {
    const video = document.querySelector('video')
    return video !== null && !video.paused && video.currentTime > from + 0.2
  }, fromSeconds)
}

/** Waits until the browser has all of a film: it plays on whatever becomes of the server. */
export async function hasAllOf(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const video = document.querySelector('video')
    const { buffered, duration = Number.NaN } = video ?? {}
    return (
      buffered !== undefined &&
      buffered.length > 0 &&
      buffered.end(buffered.length - 1) > duration - 0.5
    )
  })
}

/** Where the film is. */
export function positionOf(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelector('video')?.currentTime ?? NaN)
}

/** Drops a file on the picture. */
export async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ({ name: fileName, numbers }) => {
      const files = new DataTransfer()
      files.items.add(new File([new Uint8Array(numbers)], fileName))
      for (const type of ['dragover', 'drop'])
        document
          .querySelector('.stage')
          ?.dispatchEvent(
            new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }),
          )
    },
    { name, numbers: [...bytes] },
  )
}

/**
 * What axe has to say of a part of the page as it is now, by its selector; nothing, if all is well.
 * Default: the player, by every rule.
 */
export async function axeFinds(
  page: Page,
  part = '.player-host',
  rules: readonly string[] = [],
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis)))
    await page.evaluate(
      await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    )
  return page.evaluate(
    async ({ selector, runOnly }) => {
      const { axe: tool } = globalThis as unknown as {
        axe: {
          run(
            part: string,
            options: { runOnly?: readonly string[] },
          ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
        }
      }
      const { violations } = await tool.run(selector, runOnly.length === 0 ? {} : { runOnly })
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    },
    { selector: part, runOnly: rules },
  )
}

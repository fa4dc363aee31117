import { chromium, type Browser, type Page } from 'playwright-core'
import { findProgram } from '../tools/programs.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

/** The system's Chromium, without a window, that closes with the test. */
export async function openChromium(
  flags: readonly string[] = [],
): Promise<{ readonly browser: Browser } & AsyncDisposable> {
  const browser = await chromium.launch({
    executablePath: findProgram('chromium'),
    args: [...FLAGS, ...flags],
  })
  return { browser, [Symbol.asyncDispose]: () => browser.close() }
}

/** What a page complained of: errors, refused loads, breaches of its policy. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

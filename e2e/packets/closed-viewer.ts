/**
 * A viewer in a network of its own, whose only way out is one cable. Does what it's told by lines on standard input,
 * and answers each with a line. Started by far-world.ts.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG } from '@matinee/base'
import { letIn } from '@matinee/testkit'
import { startViewer } from '@matinee/viewer'
import { openChromium } from '../chromium.ts'
import { settle } from '../settled-folder.ts'
import { jsonLines, say } from './line-talk.ts'

/** What far-world.ts says first: the cable is there. */
interface Beginning {
  readonly folder: string
  readonly feedFolder: string
  readonly address: string
  readonly address6: string
  readonly gateway: string
  readonly gateway6: string
}

/** Longer than anything waits that could be sent late: announces, timers of a page. */
const STILL_MS = 4000

const next = jsonLines(process.stdin)
const beginning = (await next()) as Beginning
const ip = (...args: readonly string[]): void => void execFileSync('ip', args)
ip('link', 'set', 'lo', 'up')
ip('address', 'add', `${beginning.address}/24`, 'dev', 'near')
ip('address', 'add', `${beginning.address6}/64`, 'dev', 'near', 'nodad')
ip('link', 'set', 'near', 'up')
ip('route', 'add', 'default', 'via', beginning.gateway)
ip('-6', 'route', 'add', 'default', 'via', beginning.gateway6)

const dataFolder = join(beginning.folder, 'data')
// The DHT is other people by its nature; without it the record's word is all there is.
await settle(dataFolder, { dht: false })
await using viewer = await startViewer({
  dataFolder,
  feeds: [{ folder: beginning.feedFolder }],
  port: 0,
  log: SILENT_LOG,
})
say({ kind: 'ready' })

const WORK = 'made-up.two-tickets-for-the-storm'
assert.deepEqual(await next(), { kind: 'browse' })
await browse()
await delay(STILL_MS)
say({ kind: 'browsed' })

assert.deepEqual(await next(), { kind: 'watch' })
say({ kind: 'watched', bytes: await watch() })

// So that silence is known to be silence, and not a deaf ear.
assert.deepEqual(await next(), { kind: 'shout' })
await lookup('nobody.example').catch(() => undefined)
const call = connect({ host: '8.8.4.4', port: 4433 })
call.on('error', () => undefined)
await delay(300)
call.destroy()
say({ kind: 'shouted' })
process.exit(0)

/** Every page but those of works, in a real browser. */
async function browse(): Promise<void> {
  await using chromium = await openChromium()
  const page = await chromium.browser.newPage({ locale: 'en-GB' })
  await page.goto(viewer.newLaunchUrl())
  await page.locator('.hero').waitFor()
  for (const path of [
    'films',
    'series',
    'shelf',
    'settings',
    'list/made-up.two-canals',
    'search?text=paper',
  ]) {
    await page.goto(viewer.url + path)
    await page.locator('h1').first().waitFor()
  }
  await page.locator('.poster-card').first().hover()
  await page.waitForTimeout(500)
}

/** Opens the page of a work, plays its film and reads it to the end. */
async function watch(): Promise<number> {
  const { askJson, bytesOf } = await letIn(viewer.newLaunchUrl())
  const wish = { episodeId: null, releaseId: null }
  await askJson(`/api/works/${WORK}/warm`, 'POST', wish)
  const film = (await askJson(`/api/works/${WORK}/play`, 'POST', wish)) as { mediaUrl: string }
  const bytes = await bytesOf(film.mediaUrl)
  await delay(STILL_MS)
  return bytes.byteLength
}

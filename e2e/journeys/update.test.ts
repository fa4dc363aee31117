import { test } from 'node:test'
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseSha256 } from '@matinee/catalogue'
import { createTorrent } from '@matinee/engine/create'
import { complaintsOf, openChromium } from '../chromium.ts'
import { NEWS, openPublishedFeed } from '../published-feed.ts'
import { LoopbackDht } from '../../apps/viewer/server/test/loopback-dht.ts'
import { FREE_WHERE, follow } from './followed-catalogues.ts'
import { enterPlayhouse, goTo, openPlayhouse, press, stringsOf } from './playhouse.ts'

const VERSION = '9.1.0'

test('a newer version is read of, fetched, compared and found on the disk, at a desk and on a phone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-next-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const bytes = Buffer.alloc(6_000_000, 'the source of the next Matinee ')
  const archive = join(folder, 'whatever it is called')
  await writeFile(archive, bytes)
  const { metainfo } = await createTorrent({
    paths: [archive],
    kind: 'hybrid',
    signal: AbortSignal.timeout(30_000),
  })
  const [sha256, infoHash] = [
    parseSha256(hash('sha256', bytes)),
    parseSha256(metainfo.infoHashes.v2 ?? ''),
  ]
  assert.ok(sha256 !== null && infoHash !== null)
  const release = { version: VERSION, name: 'next', lengthBytes: bytes.length, sha256, infoHash }
  await using feed = await openPublishedFeed({ folder: join(folder, 'publisher'), source: release })
  const dht = opened.use(await LoopbackDht.open(join(folder, 'dht')))
  await using playhouse = await openPlayhouse({
    settings: { ...FREE_WHERE, dht: true },
    dhtEntrances: dht.entrances,
    source: {
      version: '0.1.0',
      publishedIn: feed.fingerprint,
      open: () => Promise.reject(new Error('no feed names it')),
    },
  })
  await using chromium = await openChromium()
  const { say } = await stringsOf('en')
  for (const width of [1440, 390] as const) {
    const view = { language: 'en', width } as const
    const page = await enterPlayhouse(chromium.browser, playhouse, view, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const complaints = complaintsOf(page)
    if (width === 1440) await follow(page, playhouse, feed)
    await goTo(page, playhouse, '/diagnosis')
    const line = page.locator('.update-line')
    await line.getByText(NEWS).waitFor()
    await line.getByText(say('update.from', { from: feed.operator })).waitFor()

    await press(page, view, say('update.fetch'))
    await line.getByText(say('update.looking')).waitFor()
    await press(page, view, say('kept.pause'))
    await line.getByText(say('update.paused')).waitFor()
    await using giver = await dht.engine(`giver-${width}`)
    const torrent = giver.add({ kind: 'metainfo', metainfo }, { filesFrom: [archive] })
    giver.limitUpload(2_000_000)
    while (!torrent.status().searches.some(({ kind }) => kind === 'searched')) await delay(50)
    await press(page, view, say('kept.go-on'))
    await line.getByText(say('update.connected', { count: 1 })).waitFor()
    await line.getByText(say('update.saved')).waitFor()

    const path = join(playhouse.dataFolder, 'updates', `matinee-${VERSION}.tar`)
    assert.deepEqual(await readFile(path), bytes)
    await press(page, view, say('update.copy-path'))
    await line.getByText(say('rights.copied')).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), path)
    await line.getByText(`cd ~/matinee-${VERSION}`).waitFor()
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      true,
      'nothing sticks out',
    )
    const picture = process.env['MATINEE_PICTURES']
    if (picture !== undefined) await line.screenshot({ path: join(picture, `update-${width}.png`) })
    await press(page, view, say('update.delete'))
    await line.getByRole('button', { name: say('update.fetch'), exact: true }).waitFor()
    assert.deepEqual(await readdir(join(playhouse.dataFolder, 'updates')), [])
    assert.deepEqual(complaints, [])
    await page.context().close()
  }
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG } from '@matinee/base'
import { parseSha256 } from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { parseMetainfo } from '@matinee/protocol'
import { filmToAdd } from '@matinee/testkit'
import { Mirror } from '../src/mirror/mirror.ts'
import { openLocalSeed } from './local-seed.ts'
import { begin, inTemporaryFolder, plainly, release } from './publisher/publisher-stage.ts'

const PATIENCE_MS = 20_000

test('A13: a mirror has the feed and its works when the publisher is gone, over the web, too, and gives out no more what is withdrawn', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'publisher')
    const fingerprint = parseSha256(await begin(path))
    assert.ok(fingerprint !== null)
    const film = await filmToAdd('The Way', { folder: root, name: 'film.mp4', durationSeconds: 4 })
    await using seed = await openLocalSeed(path, null)
    const webSeed = ['--web-seed', `${seed.addresses.http}/releases/the-way/main/`]
    await plainly(['add', ...film.args, '--feed', path, ...webSeed])
    await release(path)
    await seed.look()

    await using mirror = await Mirror.open({
      folder: join(root, 'mirror'),
      budgetBytes: 1e9,
      host: '127.0.0.1',
      ports: { bittorrent: 0, http: 0 },
      dhtEntrances: null,
      allowLocal: true,
      uploadBytesPerSecond: null,
      log: SILENT_LOG,
    })
    const feed = join(path, 'feed')
    assert.equal(await mirror.follow(feed, parseSha256('0'.repeat(64))), null)
    assert.equal(await mirror.follow(feed, fingerprint), fingerprint)
    await until(() => mirror.releases.some(({ bytes, hereBytes }) => hereBytes >= bytes))
    assert.equal(mirror.feeds[0]?.standing.kind, 'fresh')
    await seed[Symbol.asyncDispose]()

    const { httpPort } = mirror.addresses
    const get = async (place: string): Promise<Uint8Array | number> => {
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const answer = await fetch(`http://127.0.0.1:${httpPort}${place}`, { signal })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return answer.status === 200 ? bytes : answer.status
    }
    const timestamp = `/feeds/${fingerprint}/metadata/timestamp.json`
    const own = async (name: string) => new Uint8Array(await readFile(join(feed, name)))
    assert.deepEqual(await get(timestamp), await own('metadata/timestamp.json'))
    await until(async () => (await get(`/feeds/${fingerprint}/pointer`)) !== 404)
    assert.deepEqual(await get(`/feeds/${fingerprint}/pointer`), await own('pointer'))
    const [kept] = mirror.releases
    assert.ok(kept !== undefined)
    const torrentFile = join(path, 'releases', 'the-way', 'main', 'hybrid.torrent')
    const metainfo = parseMetainfo(new Uint8Array(await readFile(torrentFile)), systemHash())
    const work = `/works/${kept.infoHash}/${metainfo.name}/the-way.mp4`
    await until(async () => (await get(work)) !== 404)
    const given = await get(work)
    assert.ok(typeof given === 'object', `${work} answers ${String(given)}`)
    assert.ok((await readFile(film.path)).equals(given), 'the film as it was added')
    for (const wrong of ['/', '/following.json', `/feeds/${fingerprint}/works.sqlite`, '/works/x'])
      assert.equal(await get(wrong), 404, wrong)

    const why = ['--effect', 'unshared', '--reason', 'licence']
    await plainly(['revoke', path, 'the-way', ...why])
    await release(path)
    await mirror.refresh()
    await until(() => mirror.releases.length === 0)
    assert.equal(await get(work), 404)
    assert.deepEqual(await get(timestamp), await own('metadata/timestamp.json'))
  })
})

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await delay(100))
    assert.ok(Date.now() < end, 'it never came so far')
}

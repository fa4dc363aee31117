import assert from 'node:assert/strict'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG, type Log } from '@matinee/base'
import { feedMagnet, feedTorrent, feedTorrentFile, readPointer } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import type { Engine } from '@matinee/engine'
import { systemHash } from '@matinee/engine/system'
import { parseMetainfo } from '@matinee/protocol'
import { feedWhen, follow, offeredWhen, refreshed } from './follower-viewer.ts'
import { LoopbackDht } from './loopback-dht.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const PATIENCE_MS = 30_000

/** A DHT on loopback, a publisher in it, and viewers who know no server at all. */
class SwarmStage implements AsyncDisposable {
  readonly publisher = new MadePublisher().put(...freeWorks(5))
  readonly #open = new AsyncDisposableStack()
  readonly #folder: string
  readonly #dht: LoopbackDht
  #given: Engine | null = null

  private constructor(folder: string, dht: LoopbackDht) {
    this.#folder = folder
    this.#dht = this.#open.use(dht)
  }

  static async open(): Promise<SwarmStage> {
    const folder = await mkdtemp(join(tmpdir(), 'matinee-swarm-'))
    return new SwarmStage(folder, await LoopbackDht.open(folder))
  }

  get magnet(): string {
    return feedMagnet(this.publisher.publicKey, this.publisher.fingerprint)
  }

  /** The publisher publishes, and gives the feed out until {@link leave}. */
  async publish(): Promise<void> {
    this.publisher.publish()
    const folder = join(this.#folder, `feed-${Date.now()}`)
    await this.publisher.write(folder)
    const hash = systemHash()
    const files = [...this.publisher.torrentFiles()].map(([path, bytes]) =>
      feedTorrentFile(path, bytes, hash),
    )
    const metainfo = parseMetainfo(feedTorrent(files, hash).metainfo, hash)
    const pointer = readPointer(
      this.publisher.files.get('pointer') ?? new Uint8Array(),
      systemFeedCrypto(),
    )
    assert.ok(pointer !== null)
    assert.equal(pointer.infoHash, metainfo.infoHashes.v2)
    const engine = await this.#dht.engine(`publisher-${Date.now()}`)
    this.#given = engine
    engine.add(
      { kind: 'metainfo', metainfo },
      { filesFrom: metainfo.files.map(({ path }) => join(folder, ...path)) },
    )
    let kept = 0
    for (const until = Date.now() + PATIENCE_MS; kept === 0; await delay(100)) {
      assert.ok(Date.now() < until, 'nobody keeps the pointer')
      kept = (await engine.useDht()?.put(pointer.item, AbortSignal.timeout(PATIENCE_MS)))?.kept ?? 0
    }
  }

  /** The publisher's computer is gone. */
  async leave(): Promise<void> {
    await this.#given?.[Symbol.asyncDispose]()
    this.#given = null
  }

  async viewer(log: Log = SILENT_LOG): Promise<CatalogueViewer> {
    const { entrances: dhtEntrances } = this.#dht
    const network = this.#dht.network()
    return this.#open.use(await openCatalogueViewer({ network, dhtEntrances, log }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
    await this.#open.disposeAsync()
  }
}

test('A13: a feed comes by the DHT and the swarm alone, also from who follows it when its publisher is gone', async () => {
  await using stage = await SwarmStage.open()
  const { publisher, magnet } = stage
  await stage.publish()
  const first = await stage.viewer()
  await follow(first, magnet, publisher.fingerprint)
  await feedWhen(first, publisher, ({ state, works }) => state.kind === 'fresh' && works === 5)
  await offeredWhen(first, publisher, (ids) => ids.length === 5)

  // A newer version, of which the publisher gives one copy before it is gone.
  publisher.works.delete([...publisher.works.keys()][0] ?? '')
  await stage.leave()
  await stage.publish()
  await refreshedUntil(first, publisher, 4)
  // Until its copy is whole and it is announced.
  await delay(1500)
  await stage.leave()

  const second = await stage.viewer()
  await follow(second, magnet, publisher.fingerprint)
  const feed = await feedWhen(second, publisher, ({ works }) => works === 4)
  assert.equal(feed.state.kind, 'fresh')
  assert.deepEqual(
    feed.sources.map(({ kind, state }) => [kind, state]),
    [['swarm', 'ok']],
  )
  await offeredWhen(second, publisher, (ids) => ids.length === 4)
})

async function refreshedUntil(
  viewer: CatalogueViewer,
  publisher: MadePublisher,
  works: number,
): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await delay(200)) {
    const feed = await refreshed(viewer, publisher)
    if (feed.works === works) return
    assert.ok(Date.now() < until, `never ${works} works: ${JSON.stringify(feed)}`)
  }
}

import assert from 'node:assert/strict'
import {
  DiskError,
  KIB,
  NetworkError,
  equalBytes,
  type DiskErrorCode,
  type Random,
} from '@matinee/base'
import { SimTracker, nodeHash, type FakeDisk, type WebAnswer } from '@matinee/testkit'
import { TorrentError, type AddOptions, type Torrent } from '../src/index.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { FOLDER, Stage, failureOf } from '../test/stage.ts'
import { storedTorrent } from '../test/stored-torrent.ts'
import { webStand, type Bend } from '../test/web-seed-stage.ts'
import type { Fuzzer } from './fuzzer.ts'
import { Stranger } from './stranger.ts'

const ACTS = 40
const CODES: readonly DiskErrorCode[] = ['io', 'full', 'denied', 'read-only']

/**
 * A whole engine among strangers: peers that say anything, a tracker and a web seed that answer anything, a disk that
 * fails now and then, a viewer who opens, seeks and leaves. Nothing is thrown that has no class, no byte that isn't
 * right is read, sent or claimed, and when the world is honest again the film comes to its end.
 */
export const wholeEngineFuzzer: Fuzzer = {
  name: 'whole engine',
  async run(random) {
    const stage = await Stage.open({
      kind: pick(random, ['v1', 'v2', 'hybrid']),
      files: [
        { path: ['film.mp4'], content: 150 * KIB + random.below(150 * KIB) },
        { path: ['words.srt'], content: 1 + random.below(20 * KIB) },
      ],
      pieceLength: pick(random, [16 * KIB, 64 * KIB]),
    })
    const world = new World(stage, random)
    for (let act = 0; act < ACTS; act++) {
      await world.act()
      // Now and then so long that somebody is unchoked, or a checkpoint written.
      await stage.clock.advance(random.below(random.below(10) === 0 ? 20_000 : 400))
    }
    await world.assertAllComes()
    // Who was dialing at the last moment is heard, and let go.
    await stage.clock.advance(1000)
    await stage.end()
    await world.assertClaimsRight()
  },
}

class World {
  readonly #stage: Stage
  readonly #random: Random
  readonly #strangers: readonly Stranger[]
  readonly #tracker: SimTracker
  readonly #others: AddOptions
  readonly #readings = new Set<Promise<void>>()
  readonly #leaving = new Set<AbortController>()
  #isWebHonest = false
  #torrent: Torrent

  constructor(stage: Stage, random: Random) {
    this.#stage = stage
    this.#random = random
    this.#strangers = [new Stranger(stage, random), new Stranger(stage, random)]
    this.#tracker = new SimTracker(stage.clock)
    const host = stage.host()
    host.serveHttp(80, this.#tracker.handleHttp)
    const bend: Bend = (answer) => (this.#isWebHonest ? answer : this.#bent(answer))
    const { url } = webStand(stage, { bend, line: { rateBytesPerSecond: 200 * KIB } })
    this.#others = {
      trackers: [`http://${host.address}/announce`],
      trackersFrom: 'user',
      webSeeds: [{ url, learnedFrom: 'user' }],
    }
    this.#torrent = this.#add()
  }

  get #disk(): FakeDisk {
    return this.#stage.disk
  }

  async act(): Promise<void> {
    const draw = this.#random.below(20)
    if (draw < 8) await pick(this.#random, this.#strangers).talk()
    else if (draw < 12) this.#read()
    else if (draw < 14) this.#leave()
    else if (draw < 15) this.#breakDisk()
    else if (draw < 16) this.#disk.clearFaults()
    else if (draw < 17) this.#turnTracker()
    else if (draw < 18) this.#torrent.status()
    else await this.#begin()
  }

  /** The world is honest again: everything comes, and all of it is right. */
  async assertAllComes(): Promise<void> {
    this.#disk.clearFaults()
    this.#isWebHonest = true
    this.#tracker.manner = { kind: 'honest' }
    for (const stranger of this.#strangers) stranger.end()
    for (const leaving of this.#leaving) leaving.abort(new DOMException('enough', 'AbortError'))
    await this.#stage.run(Promise.all(this.#readings))
    const { address } = await this.#stage.seed({ bytesPerSecond: 500_000 })
    assert.ok(address)
    if (failureOf(this.#torrent) !== null) await this.#begin()
    this.#torrent.addPeers([address], 'user')
    for (const [index, { length }] of this.#stage.made.contents.entries()) {
      const bytes = await this.#stage.run(this.#stage.reading(this.#torrent, index), 300_000)
      this.#stage.assertRight(bytes, index, { start: 0, end: length })
    }
  }

  async assertClaimsRight(): Promise<void> {
    const { made, clock } = this.#stage
    const { metainfo } = made
    const name = String(metainfo.infoHashes.v1 ?? metainfo.infoHashes.v2)
    const folder = `${FOLDER}/${name}`
    const options = { disk: this.#disk, clock, hash: nodeHash, folder, metainfo }
    await using store = await openTorrentStore(options)
    const stored = storedTorrent(made)
    for (const block of stored.blocks) {
      const span = stored.blockSpan(block)
      if (span === null || !store.claimed.has(block)) continue
      assert.ok(equalBytes(await store.read(span), stored.bytesOf(span)), `block ${block}`)
    }
  }

  #add(): Torrent {
    return this.#random.below(3) === 0
      ? this.#stage.addMagnet(this.#others)
      : this.#stage.add(this.#others)
  }

  /** The torrent ends, and begins anew; now and then the whole engine does. */
  async #begin(): Promise<void> {
    if (this.#random.below(2) === 0) await this.#stage.run(this.#stage.engine.remove(this.#torrent))
    else await this.#stage.restart()
    this.#torrent = this.#add()
  }

  /** Somebody reads a part of the film, and compares what comes. */
  #read(): void {
    const { made } = this.#stage
    const index = this.#random.below(made.contents.length)
    const content = made.contents[index]
    assert.ok(content)
    const start = this.#random.below(content.length)
    const end = start + this.#random.below(content.length - start + 1)
    const leaving = new AbortController()
    this.#leaving.add(leaving)
    const torrent = this.#torrent
    const reading = (async (): Promise<void> => {
      let at = start
      await using reader = await torrent.openFile(index, { start, end }, leaving.signal)
      for await (const bytes of reader) {
        const right = content.bytesAt({ start: at, end: at + bytes.length })
        assert.ok(equalBytes(bytes, right), `unverified bytes at ${at} of file ${index}`)
        at += bytes.length
      }
      assert.equal(at, end)
    })()
    const over = reading.catch((error: unknown) => assertClass(error))
    // What it rejects with is looked at in the end.
    over.catch(() => {})
    this.#readings.add(over)
  }

  #leave(): void {
    const [first] = this.#leaving
    if (first === undefined) return
    this.#leaving.delete(first)
    first.abort(new DOMException('the viewer left', 'AbortError'))
  }

  #breakDisk(): void {
    const times = pick(this.#random, ['once', 'forever'] as const)
    const code = pick(this.#random, CODES)
    this.#disk.failNth({ n: 1 + this.#random.below(20), times, code })
  }

  #turnTracker(): void {
    const random = this.#random
    const body = random.bytes(random.below(80))
    this.#tracker.manner = pick(random, [
      { kind: 'honest' },
      { kind: 'dead' },
      { kind: 'refuses', reason: '<b>no</b>' },
      { kind: 'answers', answer: { body } },
      { kind: 'answers', answer: { status: 500, finish: 'reset' } },
      {
        kind: 'tells',
        peers: Array.from({ length: random.below(20) }, () => ({
          host: `198.18.${random.below(256)}.${random.below(256)}`,
          port: 1 + random.below(65_535),
        })),
      },
    ] as const)
  }

  #bent(answer: WebAnswer): WebAnswer {
    const random = this.#random
    return pick<WebAnswer>(random, [
      answer,
      answer,
      { ...answer, delayMs: random.below(2000) },
      { ...answer, finish: 'hang' },
      { ...answer, body: random.bytes(random.below(40_000)) },
      { ...answer, status: 200 },
      { status: pick(random, [404, 416, 429, 503, 302]) },
      { ...answer, headers: { 'content-range': 'bytes 5-1/*' } },
    ])
  }
}

/** Reading ends with the torrent, the disk, the network or the viewer, and with nothing else. */
function assertClass(error: unknown): void {
  const isKnown =
    error instanceof TorrentError ||
    error instanceof DiskError ||
    error instanceof NetworkError ||
    (error instanceof DOMException && error.name === 'AbortError')
  if (!isKnown) throw error
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random.below(values.length)]
  assert.ok(value !== undefined)
  return value
}

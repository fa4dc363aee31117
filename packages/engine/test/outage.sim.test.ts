import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, SECOND_MS, toHex } from '@matinee/base'
import { SimTracker } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { onStage, type Stage } from './stage.ts'

const LENGTH = 32 * MIB
const FILM_BYTES_PER_SECOND = 500_000
const FILM = { kind: 'hybrid', files: LENGTH, pieceLength: 256 * KIB } as const
const YEAR_MS = 365 * 24 * 3600 * SECOND_MS

/** A film that is watched: read at its own rate, five seconds ahead at most. */
class Show {
  /** Time during which the next second of film wasn't here. */
  stalledMs = 0
  playedBytes = 0
  readBytes = 0
  readonly #end = new AbortController()
  readonly #stage: Stage
  readonly torrent: Torrent
  readonly #reading: Promise<void>

  constructor(stage: Stage, torrent: Torrent) {
    this.#stage = stage
    this.torrent = torrent
    this.#reading = this.#read().catch((error: unknown) => {
      if (!this.#end.signal.aborted) throw error
    })
  }

  async #read(): Promise<void> {
    let readBytes = 0
    await using reader = await this.torrent.openFile(
      0,
      { start: 0, end: LENGTH },
      this.#end.signal,
      {
        bytesPerSecond: FILM_BYTES_PER_SECOND,
      },
    )
    for await (const bytes of reader) {
      this.#stage.assertRight(bytes, 0, { start: readBytes, end: readBytes + bytes.length })
      readBytes += bytes.length
      this.readBytes = readBytes
      while (!this.#end.signal.aborted && readBytes - this.playedBytes > 5 * FILM_BYTES_PER_SECOND)
        await new Promise<void>((resolve) => this.#stage.clock.setTimer(50, resolve))
    }
  }

  /** Lets it play for so long. */
  async play(ms: number): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += 100) {
      await this.#stage.clock.advance(100)
      const next = this.playedBytes + FILM_BYTES_PER_SECOND / 10
      if (next <= this.readBytes) this.playedBytes = next
      else this.stalledMs += 100
    }
  }

  async end(): Promise<void> {
    this.#end.abort()
    await this.#stage.run(this.#reading)
  }
}

/** Three seeds that together have a third more than the film needs, and a tracker that they are not from. */
async function open(stage: Stage): Promise<{ show: Show; tracker: SimTracker }> {
  const tracker = new SimTracker(stage.clock)
  const host = stage.host()
  host.serveHttp(80, tracker.handleHttp)
  for (let i = 0; i < 3; i++) await stage.seed({ bytesPerSecond: 220_000 })
  const trackers = [`http://${host.address}/announce`]
  const peers = stage.peers.map(({ address }) => ({ address, learnedFrom: 'tracker' as const }))
  const torrent = stage.add({ trackers, peers })
  const show = new Show(stage, torrent)
  await show.play(10_000)
  return { show, tracker }
}

/** How long after now the next byte of the film comes from others, in ms. */
async function untilFed(stage: Stage, show: Show): Promise<number> {
  const startMs = stage.clock.nowMs()
  const { downloaded } = show.torrent.status().bytes
  while (show.torrent.status().bytes.downloaded === downloaded) {
    await show.play(100)
    assert.ok(stage.clock.nowMs() - startMs < 60_000, 'never')
  }
  return stage.clock.nowMs() - startMs
}

test(
  'A14: the network is away for 30 s: the buffer plays on, and the film goes on within 5 s of its return',
  onStage(FILM, async (stage) => {
    const { show } = await open(stage)
    const stalledBefore = show.stalledMs
    const bufferMs = ((show.readBytes - show.playedBytes) / FILM_BYTES_PER_SECOND) * 1000
    const wastedBefore = show.torrent.status().bytes.wasted
    stage.us.unplug()
    await show.play(30_000)
    stage.us.plugIn()
    const fedMs = await untilFed(stage, show)
    assert.ok(fedMs <= 5000, `fed after ${fedMs} ms`)
    await show.play(20_000)
    const stalledMs = show.stalledMs - stalledBefore
    assert.ok(stalledMs <= 30_000 + 5000 - bufferMs, `${stalledMs} ms of ${bufferMs} buffered`)
    const wasted = show.torrent.status().bytes.wasted - wastedBefore
    assert.ok(wasted <= LENGTH / 100, `${wasted} bytes twice`)
    await show.end()
  }),
)

test(
  'A14: after a change of address the film comes over new connections within seconds',
  onStage(FILM, async (stage) => {
    const { show } = await open(stage)
    stage.us.moveTo('198.51.100.77')
    await show.play(3000)
    const fedMs = await untilFed(stage, show)
    // Nobody tells; silence has to last a while before it means something.
    assert.ok(fedMs <= 12_000, `fed after ${fedMs} ms`)
    await show.play(10_000)
    assert.ok(show.torrent.status().peers.connected >= 3)
    await show.end()
  }),
)

for (const [how, sleep] of [
  ['both its clocks', (stage: Stage) => stage.clock.freeze(8 * 3600 * SECOND_MS)],
  ['its wall clock alone', (stage: Stage) => stage.clock.suspend(8 * 3600 * SECOND_MS)],
] as const)
  test(
    `A15: after eight hours asleep, which ${how} ran through, one announce is sent and the film goes on`,
    onStage(FILM, async (stage) => {
      const { show, tracker } = await open(stage)
      const announced = tracker.announces.length
      const { playedBytes } = show
      sleep(stage)
      for (const seed of stage.seeds) for (const one of seed.connections) one.destroy()
      const fedMs = await untilFed(stage, show)
      assert.ok(fedMs <= 5000, `fed after ${fedMs} ms`)
      await show.play(20_000)
      const hashes = tracker.announces
        .slice(announced)
        .map(({ announce }) => toHex(announce.infoHash))
      assert.equal(new Set(hashes).size, hashes.length, 'once for each of the two info-hashes')
      assert.ok(show.playedBytes > playedBytes)
      await show.end()
    }),
  )

for (const years of [-10, 10])
  test(
    `A16: a wall clock that is set by ${years} years changes nothing for a film that plays`,
    onStage(FILM, async (stage) => {
      const { show, tracker } = await open(stage)
      const announced = tracker.announces.length
      const dialed = stage.seeds.map(({ connections }) => connections.size)
      const stalledBefore = show.stalledMs
      stage.clock.jumpWall(years * YEAR_MS)
      await show.play(30_000)
      assert.equal(show.stalledMs, stalledBefore)
      assert.equal(tracker.announces.length, announced)
      assert.deepEqual(
        stage.seeds.map(({ connections }) => connections.size),
        dialed,
      )
      await show.end()
    }),
  )

test(
  'peers that owe nothing may be silent as long as they like',
  onStage(FILM, async (stage) => {
    const seed = await stage.seed()
    const torrent = stage.add()
    await stage.read(torrent, 0, { start: 0, end: MIB })
    await stage.clock.advance(60_000)
    assert.equal(seed.connections.size, 1)
  }),
)

test(
  'a peer that is alone and takes twenty seconds to answer is borne in the end',
  onStage({ kind: 'hybrid', files: 128 * KIB }, async (stage) => {
    await stage.seed({ delayMs: 20_000 })
    const torrent = stage.add()
    await stage.run(stage.reading(torrent), 300_000)
  }),
)

import assert from 'node:assert/strict'
import { DiskError, KIB, NetworkError, SECOND_MS, equalBytes, type ByteSpan } from '@matinee/base'
import type { MetainfoKind } from '@matinee/protocol'
import {
  FakeDisk,
  ScriptedPeer,
  SimTracker,
  faultyNetwork,
  nodeHash,
  requestsOf,
  type FaultyNetwork,
} from '@matinee/testkit'
import { handshakeHash } from '@matinee/protocol'
import { TorrentError, type AddOptions, type Engine, type Torrent } from '../src/index.ts'
import { openTorrentStore } from '../src/store/torrent-store.ts'
import { Stage } from './stage.ts'
import { storedTorrent } from './stored-torrent.ts'
import { webStand } from './web-seed-stage.ts'

/** Apart from the engine that every stage has. */
const ADDRESS = { host: '198.51.100.7', port: 6881 }
const FOLDER = '/whole'
const FILM_BYTES = 220 * KIB
const PATIENCE_MS = 30 * SECOND_MS
/** Longer than a checkpoint is put off. */
const SETTLES_MS = 6 * SECOND_MS

/**
 * All that an engine does for one film, on a disk and a network that may fail: it's opened, the film is added by
 * magnet link with trackers and a web seed, watched, sought in, seeded, kept; and all of it once more after a restart.
 */
export class WholeScenario {
  readonly stage: Stage
  readonly faulty: FaultyNetwork
  /** What a call to the engine threw; each has one of its three classes. */
  readonly thrown: unknown[] = []
  /** Bytes that were verified, and when. `isKept`: at an end in good order, so that all of them are on the disk. */
  readonly claims: { readonly atMs: number; readonly bytes: number; readonly isKept: boolean }[] =
    []
  /** The power went: nothing is done any more, and nothing that is seen counts. */
  isCut = false
  /** What somebody else was sent. */
  leechedBytes = 0
  readBytes = 0
  disk = new FakeDisk()
  readonly #others: AddOptions

  private constructor(stage: Stage, others: AddOptions) {
    this.stage = stage
    this.#others = others
    this.faulty = faultyNetwork(stage.sim.host(ADDRESS.host).network)
  }

  /** Everybody else: a seed, two trackers, a web seed. */
  static async open(kind: MetainfoKind): Promise<WholeScenario> {
    const stage = await Stage.open({
      kind,
      pieceLength: 64 * KIB,
      files: [
        { path: ['film.mp4'], content: FILM_BYTES },
        { path: ['words.vtt'], content: 3000 },
      ],
      engine: { port: null },
    })
    await stage.seed({ bytesPerSecond: 100 * KIB })
    const tracker = new SimTracker(stage.clock)
    const host = stage.host()
    host.serveHttp(80, tracker.handleHttp)
    await tracker.bindUdp(host.network, { host: host.address, port: 6969 })
    const { url } = webStand(stage, { line: { rateBytesPerSecond: 60 * KIB } })
    const scenario = new WholeScenario(stage, {
      peers: stage.peers,
      trackers: [`http://${host.address}/announce`, `udp://${host.address}:6969`],
      trackersFrom: 'user',
      webSeeds: [{ url, learnedFrom: 'user' }],
    })
    await scenario.disk.makeFolder(FOLDER)
    await scenario.disk.syncFolder('/')
    return scenario
  }

  /** The whole of it, whatever fails. */
  async run(): Promise<void> {
    const first = await this.#openEngine()
    if (first !== null) {
      const torrent = first.add({ kind: 'magnet', magnet: this.stage.magnet }, this.#others)
      const steps = [
        () => this.#read(torrent, { start: 0, end: 100 * KIB }),
        () => this.#read(torrent, { start: 160 * KIB, end: FILM_BYTES }, 1),
        () => this.#leech(),
        () => this.stage.clock.advance(SETTLES_MS),
      ]
      for (const step of steps) if (!this.isCut) await step()
      await this.#close(first, torrent)
    }
    if (!this.isCut) await this.watchAll()
  }

  /** Opens it again, reads the film to its end, and closes it. Returns whether all of it came. */
  async watchAll(): Promise<boolean> {
    const engine = await this.#openEngine()
    if (engine === null) return false
    const { metainfo } = this.stage.made
    const torrent = engine.add({ kind: 'metainfo', metainfo }, this.#others)
    const read = await this.#read(torrent, { start: 0, end: FILM_BYTES })
    await this.#close(engine, torrent)
    return read === FILM_BYTES
  }

  /** Every block that the disk claims is right. Returns how many bytes are claimed. */
  async assertClaimsRight(what: string): Promise<number> {
    const { made, clock } = this.stage
    const stored = storedTorrent(made)
    const { infoHashes } = made.metainfo
    const store = await openTorrentStore({
      disk: this.disk,
      clock,
      hash: nodeHash,
      folder: `${FOLDER}/${String(infoHashes.v1 ?? infoHashes.v2)}`,
      metainfo: made.metainfo,
    })
    let bytes = 0
    for (const block of stored.blocks) {
      const span = stored.blockSpan(block)
      if (span === null || !store.claimed.has(block)) continue
      const right = stored.bytesOf(span)
      assert.ok(equalBytes(await store.read(span), right), `${what}: block ${block} is wrong`)
      bytes += right.length
    }
    await store.close()
    return bytes
  }

  /** Asserts that nothing is left open. */
  async end(): Promise<void> {
    assert.equal(this.disk.openFiles, 0, 'files that were left open')
    const host = this.stage.sim.at(ADDRESS.host)
    assert.equal(host?.streams.size, 0, 'connections that were left open')
    assert.equal(host.listeners.size, 0, 'ports that are still listened on')
    assert.equal(host.sockets.size, 0, 'sockets that were left open')
    await this.stage.end()
  }

  async #openEngine(): Promise<Engine | null> {
    const { network } = this.faulty
    const host = this.stage.sim.at(ADDRESS.host)
    assert.ok(host)
    const options = { network, disk: this.disk, folder: FOLDER, ...ADDRESS }
    return this.#attempt(() => this.stage.run(this.stage.openEngine(host, options)))
  }

  /** Ends it in good order. */
  async #close(engine: Engine, torrent: Torrent): Promise<void> {
    const { bytes, diskTrouble } = torrent.status()
    const { length } = this.thrown
    await this.stage.run(engine[Symbol.asyncDispose]())
    // What memory alone holds was never said to be kept.
    if (diskTrouble === null && this.thrown.length === length) this.#claim(bytes.verified, true)
  }

  #claim(bytes: number, isKept: boolean): void {
    if (!this.isCut) this.claims.push({ atMs: this.stage.clock.nowMs(), bytes, isKept })
  }

  /** Reads a part of the film, compares what comes, and gives up after a while. Returns how much came. */
  async #read(torrent: Torrent, { start, end }: ByteSpan, most = Infinity): Promise<number> {
    const [film] = this.stage.made.contents
    const leaving = new AbortController()
    const timer = this.stage.clock.setTimer(PATIENCE_MS, () =>
      leaving.abort(new DOMException('patience is over', 'AbortError')),
    )
    let at = start
    const reading = async (): Promise<void> => {
      await using reader = await torrent.openFile(0, { start, end }, leaving.signal)
      for await (const bytes of reader) {
        const right = film?.bytesAt({ start: at, end: at + bytes.length })
        assert.ok(right && equalBytes(bytes, right), `unverified bytes at ${at}`)
        at += bytes.length
        this.#claim(torrent.status().bytes.verified, false)
        if (at - start >= most || this.isCut) return
      }
    }
    await this.#attempt(() => this.stage.run(reading()))
    timer.cancel()
    this.readBytes += at - start
    return at - start
  }

  /** Somebody dials in and asks for the first piece. */
  async #leech(): Promise<void> {
    const { made, clock, sim } = this.stage
    const { layout, infoHashes } = made.metainfo
    const from = sim.at('198.51.100.8') ?? sim.host('198.51.100.8')
    const asking = async (): Promise<void> => {
      const peer = await ScriptedPeer.dial(from.network, ADDRESS, layout.pieceCount)
      const timer = clock.setTimer(PATIENCE_MS, () => peer.destroy())
      try {
        peer.greet(handshakeHash(infoHashes, infoHashes.v1 === null ? 'v2' : 'v1'), {}, 'leech')
        peer.send({ kind: 'interested' })
        await peer.expect('unchoke')
        peer.send(...requestsOf(0, layout.pieceLengthOf(layout.piece(0))))
        for (const { begin, length } of requestsOf(0, layout.pieceLengthOf(layout.piece(0)))) {
          const { block } = await peer.expect('piece', (got) => got.begin === begin)
          const right = made.bytesAt({ start: begin, end: begin + length })
          assert.ok(equalBytes(block, right), 'unverified bytes were sent')
          this.leechedBytes += block.length
        }
      } finally {
        timer.cancel()
        peer.destroy()
      }
    }
    // Nobody there, or gone in the middle: that's what the test is about.
    await this.stage.run(asking().catch((error: unknown) => assertNotWrong(error)))
  }

  async #attempt<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      return await act()
    } catch (error) {
      assertNotWrong(error)
      const isKnown =
        error instanceof TorrentError ||
        error instanceof NetworkError ||
        error instanceof DiskError ||
        (error instanceof DOMException && error.name === 'AbortError')
      assert.ok(isKnown, `an error without a class: ${String(error)}`)
      this.thrown.push(error)
      return null
    }
  }
}

function assertNotWrong(error: unknown): void {
  if (error instanceof assert.AssertionError) throw error
}

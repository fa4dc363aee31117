import assert from 'node:assert/strict'
import { SILENT_LOG, concatBytes, equalBytes } from '@matinee/base'
import type { ByteSpan, Log, SocketAddress } from '@matinee/base'
import { handshakeHash, parseMagnet, formatMagnet } from '@matinee/protocol'
import type { HandshakeFeatures, InfoHashes, Magnet } from '@matinee/protocol'
import {
  FakeClock,
  FakeDisk,
  ScriptedPeer,
  SeededRandom,
  SimNetwork,
  makeTorrent,
  nodeHash,
  seedPeer,
  type MadeTorrent,
  type MadeTorrentOptions,
  type SeedBehaviour,
  type SeedOptions,
  type SeedPeer,
  type SimHost,
  type SimHostOptions,
} from '@matinee/testkit'
import { openEngine, type AddOptions, type Engine, type EngineOptions } from '../src/index.ts'
import type { Torrent } from '../src/index.ts'

/** Where the engine under test listens. */
export const ENGINE_ADDRESS = { host: '203.0.113.1', port: 6881 }
/** The engine's folder on the stage's disk. */
export const FOLDER = '/engine'
/** Long enough for everything that is under way to end. */
const AFTERMATH_MS = 200_000

export interface StageOptions extends MadeTorrentOptions {
  readonly engine?: Partial<EngineOptions>
  /** The engine's own line. */
  readonly line?: SimHostOptions
  readonly disk?: FakeDisk
  /** Made before the stage where the disk needs one. */
  readonly clock?: FakeClock
}

/** A made-up torrent, an engine that is to stream it, and a simulated network and disk for both. */
export class Stage {
  readonly made: MadeTorrent
  readonly clock: FakeClock
  readonly sim: SimNetwork
  readonly us: SimHost
  readonly seeds: SeedPeer[] = []
  /** Why connections of the engines ended, in order, as their logs say. */
  readonly reasons: string[] = []
  disk: FakeDisk
  readonly #options: StageOptions
  readonly #engines = new Set<Engine>()
  #engine: Engine | null = null
  #hosts = 0

  private constructor(options: StageOptions) {
    this.#options = options
    this.made = makeTorrent(options)
    this.clock = options.clock ?? new FakeClock()
    this.sim = new SimNetwork({ clock: this.clock })
    this.disk = options.disk ?? new FakeDisk()
    this.us = this.sim.host(ENGINE_ADDRESS.host, options.line)
  }

  /** Opens a stage; its engine listens at {@link ENGINE_ADDRESS}. */
  static async open(options: StageOptions): Promise<Stage> {
    const stage = new Stage(options)
    await stage.disk.makeFolder(FOLDER)
    stage.#engine = await stage.openEngine(stage.us, options.engine)
    return stage
  }

  get engine(): Engine {
    assert.ok(this.#engine)
    return this.#engine
  }

  get magnet(): Magnet {
    return this.magnetOf(this.made.metainfo.infoHashes)
  }

  magnetOf(infoHashes: InfoHashes, more: Partial<Magnet> = {}): Magnet {
    return parseMagnet(formatMagnet({ ...more, infoHashes }))
  }

  /** Another engine, on a host of its own or on the given one. */
  async openEngine(host: SimHost, options: Partial<EngineOptions> = {}): Promise<Engine> {
    const log: Log = {
      ...SILENT_LOG,
      debug: (event, fields) => {
        if (event === 'peer left') this.reasons.push(String(fields?.['reason']))
      },
    }
    const engine = await openEngine({
      log,
      network: host.network,
      clock: this.clock,
      hash: nodeHash,
      random: new SeededRandom(`engine at ${host.address}`),
      disk: this.disk,
      folder: FOLDER,
      ...ENGINE_ADDRESS,
      host: host.address,
      ...options,
    })
    this.#engines.add(engine)
    return engine
  }

  /** A host at an address that nobody has. */
  host(options?: SimHostOptions): SimHost {
    this.#hosts++
    const address = `203.0.${113 + Math.floor(this.#hosts / 200)}.${10 + (this.#hosts % 200)}`
    return this.sim.host(address, options)
  }

  /** A simulated seed of the stage's torrent on a host of its own. */
  async seed(
    behaviour: SeedBehaviour = {},
    more: Partial<SeedOptions> & { readonly line?: SimHostOptions } = {},
  ): Promise<SeedPeer> {
    const host = this.host(more.line)
    const seed = await seedPeer({
      network: host.network,
      clock: this.clock,
      address: { host: host.address, port: 6881 },
      metainfo: this.made.metainfo,
      bytesAt: this.made.bytesAt,
      behaviour,
      name: `seed ${this.#hosts}`,
      ...more,
    })
    this.seeds.push(seed)
    return seed
  }

  /** Adds the torrent to the engine, with all seeds as its peers unless the options name others. */
  add(options: AddOptions = {}): Torrent {
    const { metainfo } = this.made
    return this.engine.add({ kind: 'metainfo', metainfo }, { peers: this.peers, ...options })
  }

  /** As {@link add}, by magnet link. */
  addMagnet(options: AddOptions = {}, magnet = this.magnet): Torrent {
    return this.engine.add({ kind: 'magnet', magnet }, { peers: this.peers, ...options })
  }

  get peers(): NonNullable<AddOptions['peers']> {
    return this.seeds.flatMap(({ address }) => (address ? peersAt(address) : []))
  }

  /** A peer that a test speaks for, dialing the engine from a host of its own. */
  async script(
    features: Partial<HandshakeFeatures> = {},
    { version = null, from = this.host() }: { version?: 'v1' | 'v2' | null; from?: SimHost } = {},
  ): Promise<ScriptedPeer> {
    const { layout, infoHashes } = this.made.metainfo
    const dialing = ScriptedPeer.dial(from.network, ENGINE_ADDRESS, layout.pieceCount)
    const peer = await this.clock.run(dialing)
    peer.greet(handshakeHash(infoHashes, version ?? (infoHashes.v1 ? 'v1' : 'v2')), features)
    await this.clock.run(peer.theirHandshake)
    return peer
  }

  /** Lets time pass until the promise settles. */
  run<T>(promise: Promise<T>, maxMs?: number): Promise<T> {
    return this.clock.run(promise, maxMs)
  }

  /** Reads a span of a file (default: all of it) as a player does. */
  read(torrent: Torrent, fileIndex = 0, span?: ByteSpan): Promise<Uint8Array> {
    return this.run(this.reading(torrent, fileIndex, span))
  }

  /** As {@link read}, without moving the clock. */
  async reading(torrent: Torrent, fileIndex = 0, span?: ByteSpan): Promise<Uint8Array> {
    const whole = { start: 0, end: this.made.contents[fileIndex]?.length ?? 0 }
    const chunks: Uint8Array[] = []
    await using reader = await torrent.openFile(fileIndex, span ?? whole)
    for await (const bytes of reader) chunks.push(bytes.slice())
    return concatBytes(chunks)
  }

  /** Reads every file to its end, and asserts that each byte is right. */
  async assertStreams(torrent: Torrent): Promise<void> {
    for (const [index, content] of this.made.contents.entries()) {
      const bytes = await this.read(torrent, index)
      this.assertRight(bytes, index, { start: 0, end: content.length })
    }
  }

  assertRight(bytes: Uint8Array, fileIndex: number, span: ByteSpan): void {
    const content = this.made.contents[fileIndex]
    assert.equal(bytes.length, span.end - span.start, `length of file ${fileIndex}`)
    assert.ok(content && equalBytes(bytes, content.bytesAt(span)), `bytes of file ${fileIndex}`)
  }

  /** Lets time pass until something is so, at most 60 s. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    for (let tick = 0; !isSo(); tick++) {
      assert.ok(tick < 6000, `never: ${what}`)
      await this.clock.advance(10)
    }
  }

  /** Ends the engine, in good order, and opens it anew on what is on the disk. */
  async restart(): Promise<void> {
    await this.endEngine(this.engine)
    this.#engine = await this.openEngine(this.us, this.#options.engine)
  }

  /** The power goes, and comes back: unsynced bytes are as chance wills. */
  async crash(seed: number): Promise<void> {
    this.disk = this.disk.crash(new SeededRandom(`crash/${seed}`))
    await this.disk.makeFolder(FOLDER)
    const { engine } = this
    await this.endEngine(engine)
    this.#engine = await this.openEngine(this.us, this.#options.engine)
  }

  async endEngine(engine: Engine): Promise<void> {
    this.#engines.delete(engine)
    await this.run(engine[Symbol.asyncDispose]())
  }

  /** Ends everything, and asserts that nothing is left: no timer, no open file, no connection. */
  async end(): Promise<void> {
    for (const engine of this.#engines) await this.endEngine(engine)
    assert.equal(this.us.streams.size, 0, 'connections that the engine left open')
    assert.equal(this.us.listeners.size, 0, 'ports that the engine still listens on')
    assert.equal(this.us.sockets.size, 0, 'datagram sockets that the engine left open')
    assert.equal(this.disk.openFiles, 0, 'files that the engine left open')
    for (const seed of this.seeds) await seed.close()
    await this.clock.advance(AFTERMATH_MS)
    assert.equal(this.clock.pendingTimers, 0, 'timers that are left')
  }
}

/** A test on a stage that leaves nothing behind. */
export function onStage(
  options: StageOptions,
  run: (stage: Stage) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const stage = await Stage.open(options)
    await run(stage)
    await stage.end()
  }
}

/** One explicit peer. */
export function peersAt(...addresses: readonly SocketAddress[]): NonNullable<AddOptions['peers']> {
  return addresses.map((address) => ({ address, learnedFrom: 'user' }) as const)
}

/** Why a torrent failed, or `null`. */
export function failureOf(torrent: Torrent): string | null {
  const { phase } = torrent.status()
  return phase.kind === 'failed' ? phase.code : null
}

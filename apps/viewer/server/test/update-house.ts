import { paths, updateSchema, type UpdateFetchState } from '#api'
import type { Network } from '@matinee/base'
import type { Engine } from '@matinee/engine'
import type { ViewerOptions } from '@matinee/viewer'
import type { Metainfo } from '@matinee/protocol'
import { makeTorrent } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { feedWhen, follow, openMirror, refreshed, type MadeMirror } from './follower-viewer.ts'
import { LoopbackDht } from './loopback-dht.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const PATIENCE_MS = 30_000

/** What a version is, and what the feed says of it besides the truth. */
export interface MadeVersion {
  readonly version: string
  /** Default: 300 000. */
  readonly length?: number
  /** Files of its torrent. Default: one, called as none of ours is. */
  readonly names?: readonly string[]
  /** Said in the place of the truth. */
  readonly said?: object
}

/** A viewer of version 0.1.0, the feed that it was published in, and people in a DHT on this computer. */
export class UpdateHouse implements AsyncDisposable {
  readonly publisher = new MadePublisher().put(...freeWorks(2))
  readonly dht: LoopbackDht
  /** The v2 info-hashes of what was announced. */
  readonly announced = new Set<string>()
  readonly #folder: string
  readonly #open = new AsyncDisposableStack()
  readonly #network: Network
  readonly #mirror: MadeMirror
  #giver: Engine | null = null
  #newest: { readonly metainfo: Metainfo; readonly bytes: Uint8Array } | null = null
  #viewer: CatalogueViewer | null = null

  private constructor(folder: string, dht: LoopbackDht, mirror: MadeMirror) {
    this.#folder = folder
    this.dht = this.#open.use(dht)
    this.#mirror = this.#open.use(mirror)
    this.#network = dht.network()
  }

  /** With one version that is announced, and given out unless it's told otherwise. */
  static async open(first: MadeVersion, isGiven = true): Promise<UpdateHouse> {
    const folder = await mkdtemp(join(tmpdir(), 'matinee-update-'))
    const dht = await LoopbackDht.open(folder)
    const house = new UpdateHouse(folder, dht, await openMirror(new Map()))
    await house.#announce(first, isGiven)
    house.#viewer = await house.#start()
    await follow(house.viewer, house.#mirror.url, house.publisher.fingerprint)
    await feedWhen(house.viewer, house.publisher, ({ state }) => state.kind === 'fresh')
    return house
  }

  get viewer(): CatalogueViewer {
    assert.ok(this.#viewer !== null)
    return this.#viewer
  }

  get dataFolder(): string {
    return join(this.viewer.folder, 'data')
  }

  /** Publishes another version, and has the viewer look. */
  async announce(version: MadeVersion, isGiven = true): Promise<void> {
    await this.#announce(version, isGiven)
    await refreshed(this.viewer, this.publisher)
  }

  /** Publishes without naming a source, and has the viewer look. */
  async announceNothing(): Promise<void> {
    this.publisher.source = null
    this.#mirror.files = this.publisher.publish().files
    await refreshed(this.viewer, this.publisher)
  }

  /** Somebody comes who has the newest version, and is found by whoever looks from now on. */
  async give(): Promise<void> {
    assert.ok(this.#newest !== null)
    const { metainfo, bytes } = this.#newest
    const folder = await mkdtemp(join(this.#folder, 'given-'))
    const filesFrom = metainfo.files.map(({ index }) => join(folder, String(index)))
    for (const path of filesFrom) await writeFile(path, bytes)
    this.#giver = await this.dht.engine(basename(folder))
    const torrent = this.#giver.add({ kind: 'metainfo', metainfo }, { filesFrom })
    const isKnown = (): boolean => torrent.status().searches.some(({ kind }) => kind === 'searched')
    for (const until = Date.now() + PATIENCE_MS; !isKnown(); await delay(20))
      assert.ok(Date.now() < until, 'nobody hears of who gives it')
  }

  /** Whoever gives it goes. */
  async leave(): Promise<void> {
    await this.#giver?.[Symbol.asyncDispose]()
    this.#giver = null
  }

  /** Ends the viewer, and opens it anew in the same folder. */
  async restart(options: Partial<ViewerOptions> = {}): Promise<void> {
    const { folder } = this.viewer
    await this.viewer.server.close()
    this.#viewer = await this.#start({ ...options, folder })
    await feedWhen(this.viewer, this.publisher, () => true)
  }

  ask(method: 'POST' | 'PUT' | 'DELETE', version = '0.2.0'): Promise<Response> {
    return this.viewer.ask(paths.updateFetch, method, { version })
  }

  /** How it stands; null = nothing newer is announced. */
  async state(): Promise<UpdateFetchState | null> {
    const update = await this.viewer.get(updateSchema, `${paths.update}?language=en`)
    return update.kind === 'newer' ? update.announced.fetch : null
  }

  async stateWhen<Kind extends UpdateFetchState['kind']>(
    kind: Kind,
  ): Promise<Extract<UpdateFetchState, { kind: Kind }>> {
    let last: UpdateFetchState | null = null
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await delay(50)) {
      last = await this.state()
      if (isOf(last, kind)) return last
    }
    return assert.fail(`it never was ${kind}: ${JSON.stringify(last)}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#viewer?.server.close()
    await this.leave()
    await this.#open.disposeAsync()
  }

  async #announce(made: MadeVersion, isGiven: boolean): Promise<void> {
    const { version, length = 300_000, names = ['.bashrc'], said = {} } = made
    const bytes = Buffer.alloc(length, `a made archive of ${version} `)
    const content = { length, bytesAt: ({ start, end }: Span) => bytes.subarray(start, end) }
    const files = names.map((name) => ({ path: [name], content }))
    const { metainfo } = makeTorrent({ files, kind: 'hybrid' })
    this.announced.add(metainfo.infoHashes.v2 ?? '')
    this.#newest = { metainfo, bytes }
    await this.leave()
    if (isGiven) await this.give()
    this.publisher.source = {
      version,
      infoHash: metainfo.infoHashes.v2,
      length,
      sha256: hash('sha256', bytes),
      notes: {},
      ...said,
    }
    this.#mirror.files = this.publisher.publish().files
  }

  async #start(options: Partial<ViewerOptions> & { folder?: string } = {}) {
    const folder = options.folder ?? join(this.#folder, 'viewer')
    await mkdir(folder, { recursive: true })
    return openCatalogueViewer({
      network: this.#network,
      dhtEntrances: this.dht.entrances,
      source: {
        version: '0.1.0',
        publishedIn: this.publisher.fingerprint,
        open: () => Promise.reject(new Error('no feed names ours')),
      },
      ...options,
      folder,
    })
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

function isOf<Kind extends UpdateFetchState['kind']>(
  state: UpdateFetchState | null,
  kind: Kind,
): state is Extract<UpdateFetchState, { kind: Kind }> {
  return state?.kind === kind
}

import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { KIB, MIB, equalBytes, type ByteSpan } from '@matinee/base'
import type { Torrent } from '@matinee/engine'
import { SeededRandom, type MadeTorrent } from '@matinee/testkit'
import type { SoakSample } from './flatness.ts'
import { effortOf, type SoakEffort } from './soak-effort.ts'
import { openLoopbackEngine, type OpenedEngine } from './opened-engine.ts'
import type { SoakCall, SoakNews } from './soak-peers.ts'
import { makeSoakTorrents } from './soak-torrents.ts'

/** How long a soak runs, and with how many torrents. */
export interface SoakOrder {
  readonly minutes: number
  readonly torrents: number
  /** How often the process is looked at. */
  readonly samples: number
  readonly seed: number
}

/** What a soak saw. */
export interface SoakReport {
  readonly samples: readonly SoakSample[]
  /** Between one sample and the next, viewers and all that compare what they read included. */
  readonly efforts: readonly SoakEffort[]
  readonly seeks: number
  readonly readBytes: number
  readonly sentBytes: number
  /** Torrents that were removed and begun again. */
  readonly churned: number
  readonly mostPeers: number
  /** When engine and network were disposed of. */
  readonly left: Pick<SoakSample, 'timers' | 'sockets' | 'descriptors'>
  readonly atFirst: Pick<SoakSample, 'timers' | 'sockets' | 'descriptors'>
}

const VIEWERS = 6
const LONGEST_LOOK_MS = 2500
const LONGEST_FILL_MS = 60_000
const LONGEST_PAUSE_MS = 1500
const CHURN_EVERY_MS = 1000
const SETTLES_MS = 3000

/** Runs one engine with many torrents, viewers who seek, and torrents that come and go; every byte read is compared. */
export async function runSoak(order: SoakOrder): Promise<SoakReport> {
  const made = makeSoakTorrents(order.torrents)
  const folder = await mkdtemp(join(tmpdir(), 'matinee-soak-'))
  const peers = fork(join(import.meta.dirname, 'soak-peers.ts'), [String(order.torrents)])
  try {
    const [{ ports }] = (await once(peers, 'message')) as [SoakNews]
    // Loads what is loaded late, so that it isn't taken for a leak.
    collectGarbage()
    await sleep(SETTLES_MS)
    const atFirst = sampleOf(null)
    const opened = await openLoopbackEngine(folder)
    assert.ok(opened.engine.port)
    const soak = new Soak(opened, { made, folder, ports, order })
    peers.send({ port: opened.engine.port } satisfies SoakCall)
    await soak.run()
    await opened[Symbol.asyncDispose]()
    await sleep(SETTLES_MS)
    return { ...soak.report, atFirst, left: sampleOf(opened) }
  } finally {
    peers.disconnect()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

interface SoakParts {
  readonly made: readonly MadeTorrent[]
  readonly folder: string
  readonly ports: readonly number[]
  readonly order: SoakOrder
}

class Soak {
  readonly #opened: OpenedEngine
  readonly #parts: SoakParts
  readonly #random: SeededRandom
  readonly #torrents: Torrent[]
  readonly #over = new AbortController()
  readonly #samples: SoakSample[] = []
  readonly #efforts: SoakEffort[] = []
  #seeks = 0
  #readBytes = 0
  #sentBytes = 0
  #churned = 0
  #mostPeers = 0

  constructor(opened: OpenedEngine, parts: SoakParts) {
    this.#opened = opened
    this.#parts = parts
    this.#random = new SeededRandom(`soak/${parts.order.seed}`)
    this.#torrents = parts.made.map((made) => this.#add(made))
  }

  get report(): Omit<SoakReport, 'left' | 'atFirst'> {
    const [seeks, readBytes, sentBytes] = [this.#seeks, this.#readBytes, this.#sentBytes]
    const [churned, mostPeers] = [this.#churned, this.#mostPeers]
    const [samples, efforts] = [this.#samples, this.#efforts]
    return { samples, efforts, seeks, readBytes, sentBytes, churned, mostPeers }
  }

  async run(): Promise<void> {
    const { minutes, samples } = this.#parts.order
    await this.#fillCaches()
    const working = [this.#churn(), ...Array.from({ length: VIEWERS }, () => this.#view())]
    const failed = Promise.all(working)
    for (let i = 0; i < samples; i++) {
      this.#efforts.push(
        await effortOf(() => Promise.race([sleep((minutes * 60_000) / samples), failed])),
      )
      collectGarbage()
      const all = this.#opened.engine.torrents.map((torrent) => torrent.status())
      const connected = all.reduce((sum, status) => sum + status.peers.connected, 0)
      this.#mostPeers = Math.max(this.#mostPeers, connected)
      const sample = { ...sampleOf(this.#opened), seconds: ((i + 1) * minutes * 60) / samples }
      this.#samples.push(sample)
      console.log(lineFor(sample, connected))
    }
    this.#over.abort()
    await failed
  }

  #add({ metainfo }: MadeTorrent): Torrent {
    const peers = this.#parts.ports.map(
      (port) => ({ address: { host: '127.0.0.1', port }, learnedFrom: 'own' }) as const,
    )
    return this.#opened.engine.add({ kind: 'metainfo', metainfo }, { peers })
  }

  /** Reads every film once, so that what each torrent keeps is kept before anything is compared. */
  async #fillCaches(): Promise<void> {
    const left = [...this.#torrents.keys()]
    const readAll = async (): Promise<void> => {
      for (let at = left.pop(); at !== undefined; at = left.pop()) {
        const film = this.#parts.made[at]?.contents[0]
        assert.ok(film)
        await this.#look(at, { start: 0, end: film.length }, AbortSignal.timeout(LONGEST_FILL_MS))
      }
    }
    await Promise.all(Array.from({ length: VIEWERS }, readAll))
    console.log(`every film was read once: ${(this.#readBytes / 1e6).toFixed(0)} MB`)
  }

  /** Torrents end and begin, half of them with what is on the disk, half of them anew. */
  async #churn(): Promise<void> {
    while (!this.#over.signal.aborted) {
      await sleep(CHURN_EVERY_MS)
      const at = this.#random.below(this.#torrents.length)
      const [torrent, made] = [this.#torrents[at], this.#parts.made[at]]
      if (torrent === undefined || made === undefined) continue
      this.#sentBytes += torrent.status().bytes.uploaded
      await this.#opened.engine.remove(torrent)
      if (this.#random.chance(0.5)) await this.#removeFiles(made)
      this.#torrents[at] = this.#add(made)
      this.#churned++
    }
    for (const torrent of this.#torrents) this.#sentBytes += torrent.status().bytes.uploaded
  }

  async #removeFiles({ metainfo: { infoHashes } }: MadeTorrent): Promise<void> {
    const name = infoHashes.v1 ?? infoHashes.v2
    assert.ok(name)
    await rm(join(this.#parts.folder, name), { recursive: true, force: true })
  }

  /** Somebody who looks into one film after another, and leaves again. */
  async #view(): Promise<void> {
    while (!this.#over.signal.aborted) {
      const at = this.#random.below(this.#torrents.length)
      const film = this.#parts.made[at]?.contents[0]
      assert.ok(film)
      const start = this.#random.below(film.length)
      const end = Math.min(film.length, start + 64 * KIB + this.#random.below(MIB))
      const patienceMs = 100 + this.#random.below(LONGEST_LOOK_MS)
      await this.#look(at, { start, end }, AbortSignal.timeout(patienceMs))
      this.#seeks++
      await sleep(this.#random.below(LONGEST_PAUSE_MS))
    }
  }

  /** Reads a part of a film until it's over, the viewer leaves, or the torrent is removed. */
  async #look(at: number, span: ByteSpan, leaving: AbortSignal): Promise<void> {
    const [torrent, film] = [this.#torrents[at], this.#parts.made[at]?.contents[0]]
    assert.ok(torrent && film)
    let position = span.start
    try {
      await using reader = await torrent.openFile(0, span, leaving)
      for await (const bytes of reader) {
        const right = film.bytesAt({ start: position, end: position + bytes.length })
        assert.ok(equalBytes(bytes, right), `wrong bytes at ${position} of torrent ${at}`)
        position += bytes.length
        this.#readBytes += bytes.length
      }
    } catch (error) {
      const isStopped = torrent.status().phase.kind === 'stopped'
      if (!leaving.aborted && !isStopped) throw error
    }
  }
}

/** What the process holds now. */
function sampleOf(opened: OpenedEngine | null): Omit<SoakSample, 'seconds'> {
  const { heapUsed, external, rss } = process.memoryUsage()
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
  return {
    heldBytes: heapUsed + external,
    residentBytes: rss,
    timers,
    sockets: opened?.network.openNow().length ?? 0,
    descriptors: readdirSync('/proc/self/fd').length,
  }
}

function lineFor(sample: SoakSample, connected: number): string {
  const held = (sample.heldBytes / 1e6).toFixed(1)
  const resident = (sample.residentBytes / 1e6).toFixed(0)
  return `${sample.seconds.toFixed(0).padStart(5)} s: ${held} MB held, ${resident} MB resident, ${sample.timers} timers, ${sample.sockets} sockets, ${sample.descriptors} descriptors, ${connected} peers`
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function collectGarbage(): void {
  // What finalizers let go of in the first pass goes in the second.
  collect()
  collect()
}

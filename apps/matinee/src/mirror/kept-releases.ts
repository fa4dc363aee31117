/** The releases that a mirror keeps: chosen by need, fetched whole, given out, and let go again. */
import {
  MINUTE_MS,
  ShortTurns,
  assert,
  messageOf,
  sortedInTurns,
  type Clock,
  type Log,
} from '@matinee/base'
import type { Engine, Torrent } from '@matinee/engine'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import { diskBytesOf } from '@matinee/viewer'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { byNeed, thoseThatFit, type Candidate } from './need.ts'
import { bytesOf, folderOf, magnetOf, type OfferedRelease } from './offered-release.ts'

/** How one that is kept stands. */
export interface KeptStatus {
  readonly title: string
  readonly infoHash: string
  readonly bytes: number
  readonly hereBytes: number
  readonly seeds: number | null
}

interface Kept {
  readonly offered: OfferedRelease
  readonly torrent: Torrent
  readonly stop: AbortController
  fetching: Promise<void>
  /** Null while its description isn't here. */
  metainfo: Metainfo | null
}

/** Asking trackers about what isn't kept: so many a round, those asked longest ago first. */
const SCRAPES_A_ROUND = 20
const SCRAPE_MS = MINUTE_MS / 4
/** Our own names of torrents' folders; nothing else is ever deleted. */
const FOLDER = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u

/** What keeping releases needs. */
export interface KeptReleasesParts {
  readonly engine: Engine
  /** The engine's. */
  readonly folder: string
  readonly budgetBytes: number
  readonly clock: Clock
  readonly log: Log
}

/** Keeps releases in the engine's folder, within a budget of bytes. */
export class KeptReleases implements AsyncDisposable {
  readonly #engine: Engine
  readonly #folder: string
  readonly #budgetBytes: number
  readonly #clock: Clock
  readonly #log: Log
  readonly #kept = new Map<string, Kept>()
  readonly #seeds = new Map<string, number | null>()
  #asked = new Map<string, number>()
  #round = 0

  constructor({ engine, folder, budgetBytes, clock, log }: KeptReleasesParts) {
    this.#engine = engine
    this.#folder = folder
    this.#budgetBytes = budgetBytes
    this.#clock = clock
    this.#log = log
  }

  /** Chooses anew, lets go of what isn't chosen, and begins to fetch what is. Throws the signal's reason. */
  async choose(offered: readonly OfferedRelease[], signal: AbortSignal): Promise<void> {
    const turns = new ShortTurns(this.#clock)
    const byKey = new Map<string, OfferedRelease>()
    for (const each of offered) {
      byKey.set(folderOf(each.release), each)
      await turns.rest(signal)
    }
    // At once: what may not be given out isn't for the time of asking trackers either.
    for (const key of this.#kept.keys()) if (!byKey.has(key)) await this.#letGo(key)
    await this.#ask(byKey, turns, signal)
    const here = new Set<string>(await readdir(this.#folder).catch(() => []))
    const candidates: Candidate[] = []
    for (const [key, { release }] of byKey) {
      const hereBytes = here.has(key) ? await diskBytesOf(join(this.#folder, key)) : 0
      const seeds = this.#seeds.get(key) ?? null
      candidates.push({ key, bytes: bytesOf(release), seeds, hereBytes })
      await turns.rest(signal)
    }
    const inOrder = await sortedInTurns(candidates, byNeed, turns, signal)
    const chosen = thoseThatFit(inOrder, this.#budgetBytes)
    const keys = new Set(chosen.map(({ key }) => key))
    for (const key of this.#kept.keys()) if (!keys.has(key)) await this.#letGo(key)
    await this.#makeRoom(
      keys,
      chosen.reduce((sum, { bytes }) => sum + bytes, 0),
    )
    for (const { key } of chosen) {
      const each = byKey.get(key)
      assert(each !== undefined, 'what was chosen is on offer')
      if (!this.#kept.has(key)) await this.#keep(key, each)
    }
  }

  /** Of each that is kept. */
  statuses(): KeptStatus[] {
    return [...this.#kept].map(([infoHash, { offered, torrent }]) => ({
      title: offered.title,
      infoHash,
      bytes: bytesOf(offered.release),
      hereBytes: torrent.status().bytes.verified,
      seeds: this.#seeds.get(infoHash) ?? null,
    }))
  }

  /** A file that is here whole, by its torrent's folder and the path that a web seed is asked by (BEP 19); `null` = none. */
  wholeFile(key: string, path: string): string | null {
    const kept = this.#kept.get(key)
    if (kept === undefined || kept.metainfo === null) return null
    const { torrent } = kept
    const { name, files } = kept.metainfo
    const isOne = files.length === 1 && files[0]?.path.join('/') === name
    const nameOf = ({ path: own }: TorrentFile): string =>
      isOne ? name : `${name}/${own.join('/')}`
    const file = files.find((each) => nameOf(each) === path)
    if (file === undefined) return null
    const isWhole = torrent.verifiedIn(file.index, { start: 0, end: file.length }) === file.length
    return isWhole ? join(this.#folder, key, String(file.index)) : null
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const key of this.#kept.keys()) await this.#letGo(key)
  }

  async #keep(key: string, offered: OfferedRelease): Promise<void> {
    const { release } = offered
    const source = (await offered.source()) ?? magnetOf(release)
    const torrent = this.#engine.add(source, {
      trackers: release.trackers,
      webSeeds: release.webSeeds.map((url) => ({ url, learnedFrom: 'magnet' })),
      trackersFrom: 'magnet',
    })
    const stop = new AbortController()
    const kept: Kept = { offered, torrent, stop, fetching: Promise.resolve(), metainfo: null }
    this.#kept.set(key, kept)
    kept.fetching = this.#fetch(kept, stop.signal).catch((error: unknown) => {
      if (!stop.signal.aborted)
        this.#log.warn('release not fetched', { torrent: key, reason: messageOf(error) })
    })
  }

  /** Reads it once from its beginning to its end: the engine keeps what it reads, and gives it out. */
  async #fetch(kept: Kept, signal: AbortSignal): Promise<void> {
    const { torrent } = kept
    kept.metainfo = await torrent.metainfo(signal)
    const { files } = kept.metainfo
    for (const { index, length } of files) {
      if (length === 0) continue
      await using reader = await torrent.openFile(index, { start: 0, end: length }, signal)
      for await (const _bytes of reader) signal.throwIfAborted()
    }
  }

  /** It's given out no more. Its files stay until their room is needed. */
  async #letGo(key: string): Promise<void> {
    const kept = this.#kept.get(key)
    if (kept === undefined) return
    this.#kept.delete(key)
    kept.stop.abort(new DOMException('it is not kept any more', 'AbortError'))
    await kept.fetching
    await this.#engine.remove(kept.torrent)
  }

  /** Deletes what isn't chosen, as far as the chosen ones need its room. */
  async #makeRoom(chosen: ReadonlySet<string>, chosenBytes: number): Promise<void> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => [])
    const others = entries.filter((entry) => entry.isDirectory() && FOLDER.test(entry.name))
    let left = this.#budgetBytes - chosenBytes
    for (const { name } of others) {
      // Other torrents of the engine, such as feeds', are nobody's to delete.
      const isOpen = this.#engine.torrents.some(
        ({ infoHashes }) => infoHashes.v1 === name || infoHashes.v2 === name,
      )
      if (chosen.has(name) || isOpen) continue
      const folder = join(this.#folder, name)
      const bytes = await diskBytesOf(folder)
      if (bytes <= left) left -= bytes
      else await rm(folder, { recursive: true, force: true })
    }
  }

  async #ask(
    offered: ReadonlyMap<string, OfferedRelease>,
    turns: ShortTurns,
    signal: AbortSignal,
  ): Promise<void> {
    this.#round++
    for (const [key, { torrent }] of this.#kept) await this.#scrape(key, torrent, 1, signal)
    const others: string[] = []
    for (const key of offered.keys()) {
      if (!this.#kept.has(key)) others.push(key)
      await turns.rest(signal)
    }
    const askedOf = (key: string): number => this.#asked.get(key) ?? 0
    const longest = await sortedInTurns(others, (a, b) => askedOf(a) - askedOf(b), turns, signal)
    for (const key of longest.slice(0, SCRAPES_A_ROUND)) {
      const release = offered.get(key)?.release
      if (release === undefined || release.trackers.length === 0) continue
      // Only its trackers are asked: nobody's time is taken for what may not be kept.
      const torrent = this.#engine.add(magnetOf({ ...release, webSeeds: [] }), {
        dht: false,
        trackersFrom: 'magnet',
      })
      try {
        await this.#scrape(key, torrent, 0, signal)
      } finally {
        await this.#engine.remove(torrent)
      }
    }
  }

  /** @param ours how many of those who have it whole are we */
  async #scrape(key: string, torrent: Torrent, ours: number, signal: AbortSignal): Promise<void> {
    this.#asked.set(key, this.#round)
    const until = AbortSignal.any([signal, AbortSignal.timeout(SCRAPE_MS)])
    const counts = await this.#engine.scrape(torrent, until).catch(() => {
      signal.throwIfAborted()
      return null
    })
    if (counts === null) return
    const { pieceCount, havePieces } = torrent.status()
    const isWhole = pieceCount > 0 && havePieces === pieceCount
    this.#seeds.set(key, Math.max(0, counts.seeders - (isWhole ? ours : 0)))
  }
}

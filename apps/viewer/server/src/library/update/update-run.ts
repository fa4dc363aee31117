/** One archive on its way: from a name in a feed to bytes that are compared and on the disk. */
import type { UpdateFetchState, UpdateHindrance } from '#api'
import { GIB, MIB, SECOND_MS, assert, messageOf, sleep, type Clock, type Log } from '@matinee/base'
import type { Engine, Torrent } from '@matinee/engine'
import { parseInfoHashV2, type TorrentFile } from '@matinee/protocol'
import { fetchPart, missingPart, type TorrentPart } from '../streams/torrent-part.ts'
import type { NamedArchive, UpdateFolder } from './update-folder.ts'

/** An archive of source has 20 MB; what is larger than this is none. */
const MOST_BYTES = GIB
/** Room that is left on a disk. */
const LEFT_FREE_BYTES = 256 * MIB
/** How often is looked whether what was in the way is gone, and whether it's still announced. */
const LOOK_AGAIN_MS = SECOND_MS

/** What fetching asks of the viewer. */
export interface UpdateRunParts {
  readonly folder: UpdateFolder
  /** Null = the viewer wants no swarm. Rejects when it can't open. */
  readonly engine: () => Promise<Engine | null>
  /** Why nobody can be asked, by the viewer's own word; null = somebody can. */
  readonly refusal: () => 'web-only' | 'dht-off' | null
  /** What the feed says of an archive now. */
  readonly standing: (archive: NamedArchive) => 'announced' | 'unconfirmed' | 'gone'
  /** Of the disks that it's fetched to, the fuller one; null = the system doesn't say. */
  readonly freeBytes: () => Promise<number | null>
  readonly clock: Clock
  readonly log: Log
}

/** What came of it; `stopped` = somebody stopped it, `gone` = it isn't announced any more. */
export type UpdateEnd = 'saved' | 'wrong-bytes' | 'in-use' | 'disk' | 'gone' | 'stopped'

/** Why an archive can't be fetched now; null = it can. */
export async function hindranceOf(
  archive: NamedArchive,
  hereBytes: number,
  parts: Pick<UpdateRunParts, 'standing' | 'refusal' | 'freeBytes'>,
): Promise<UpdateHindrance | null> {
  if (parts.standing(archive) !== 'announced') return 'unconfirmed'
  if (archive.length > MOST_BYTES) return 'too-large'
  const refusal = parts.refusal()
  if (refusal !== null) return refusal
  const free = await parts.freeBytes()
  // What came is copied when it's whole.
  const wanted = 2 * archive.length - hereBytes + LEFT_FREE_BYTES
  return free !== null && free < wanted ? 'no-room' : null
}

/** Fetches an archive to its end, unless it's stopped. */
export class UpdateRun {
  readonly #parts: UpdateRunParts
  readonly #archive: NamedArchive
  readonly #stop = new AbortController()
  readonly #watching: Promise<void>
  #engine: Engine | null = null
  #torrent: Torrent | null = null
  #file: TorrentFile | null = null
  #waitsFor: UpdateHindrance | null = null
  #isChecking = false
  #isGone = false
  /** Never rejects. */
  readonly ended: Promise<UpdateEnd>

  constructor(parts: UpdateRunParts, archive: NamedArchive) {
    this.#parts = parts
    this.#archive = archive
    this.#watching = this.#watch(this.#stop.signal)
    this.ended = this.#go(this.#stop.signal)
  }

  /** Verified bytes that are here; 0 while that isn't known. */
  get hereBytes(): number {
    const { length } = this.#archive
    return this.#file === null ? 0 : (this.#torrent?.verifiedIn(0, { start: 0, end: length }) ?? 0)
  }

  get state(): Extract<UpdateFetchState, { kind: 'fetching' | 'checking' }> {
    if (this.#isChecking) return { kind: 'checking' }
    return {
      kind: 'fetching',
      hereBytes: this.hereBytes,
      people: this.#torrent?.status().peers.connected ?? 0,
      waitsFor: this.#waitsFor,
    }
  }

  /** Fetches no more, and lets go of the torrent; what came stays. */
  async close(): Promise<void> {
    this.#stop.abort(new DOMException('it is not fetched any more', 'AbortError'))
    await this.ended
    await this.#watching
  }

  /** A feed may take its word back while it's fetched. */
  async #watch(signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await sleep(this.#parts.clock, LOOK_AGAIN_MS, signal)
        if (this.#parts.standing(this.#archive) !== 'gone') continue
        this.#isGone = true
        this.#stop.abort(new DOMException('it is not announced any more', 'AbortError'))
      }
    } catch {
      // It has ended, one way or another.
    }
  }

  async #go(signal: AbortSignal): Promise<UpdateEnd> {
    try {
      for (;;) {
        const end = await this.#try(signal)
        if (end !== 'again') return end
        await sleep(this.#parts.clock, LOOK_AGAIN_MS, signal)
      }
    } catch (error) {
      if (!signal.aborted) throw error
      return this.#isGone ? 'gone' : 'stopped'
    } finally {
      this.#stop.abort(new DOMException('it has ended', 'AbortError'))
    }
  }

  /** `again` = the engine was closed meanwhile, or can't be opened now. Throws the signal's reason. */
  async #try(signal: AbortSignal): Promise<UpdateEnd | 'again'> {
    try {
      return await this.#fetch(signal)
    } catch (error) {
      signal.throwIfAborted()
      const phase = this.#torrent?.status().phase ?? null
      const reason = messageOf(error)
      this.#parts.log.warn('newer version not fetched', { phase: phase?.kind ?? 'none', reason })
      if (phase === null || phase.kind === 'stopped') return 'again'
      return phase.kind === 'failed' && phase.code !== 'disk' ? 'wrong-bytes' : 'disk'
    } finally {
      this.#isChecking = false
      this.#file = null
      const torrent = this.#torrent
      this.#torrent = null
      if (torrent !== null) await this.#engine?.remove(torrent)
    }
  }

  async #fetch(signal: AbortSignal): Promise<UpdateEnd> {
    const { engine: open, clock, folder } = this.#parts
    const archive = this.#archive
    await this.#untilFree(signal)
    const engine = await open()
    if (engine === null) throw new Error('the viewer wants no swarm')
    const v2 = parseInfoHashV2(archive.infoHash)
    assert(v2 !== null, 'a feed names its source by 64 hexadecimal digits')
    // A film's torrent, or a feed's, is theirs: it would end with ours.
    if (engine.torrents.some(({ infoHashes }) => infoHashes.v2 === v2)) return 'in-use'
    const torrent = engine.add({ kind: 'magnet', magnet: magnetOf(v2) })
    this.#engine = engine
    this.#torrent = torrent
    torrent.keep(true)
    const { files } = await torrent.metainfo(signal)
    const [file, ...others] = files
    if (file === undefined || others.length > 0 || file.length !== archive.length)
      return 'wrong-bytes'
    this.#file = file
    const next = (): TorrentPart | null => missingPart(torrent, [file])
    for (let part = next(); part !== null; part = next()) {
      await this.#untilFree(signal)
      await fetchPart(torrent, part, clock, signal)
    }
    this.#isChecking = true
    await using reader = await torrent.openFile(0, { start: 0, end: file.length }, signal)
    return (await folder.take(archive, reader, signal)) ? 'saved' : 'wrong-bytes'
  }

  /** Waits until nothing is in the way. */
  async #untilFree(signal: AbortSignal): Promise<void> {
    const look = (): Promise<UpdateHindrance | null> =>
      hindranceOf(this.#archive, this.hereBytes, this.#parts)
    for (let found = await look(); found !== null; found = await look()) {
      this.#waitsFor = found
      await sleep(this.#parts.clock, LOOK_AGAIN_MS, signal)
    }
    this.#waitsFor = null
  }
}

/** Who has it is asked of the DHT: a feed names no trackers for its source. */
function magnetOf(v2: NonNullable<ReturnType<typeof parseInfoHashV2>>) {
  const infoHashes = { v1: null, v2 }
  const nobody = { trackers: [], webSeeds: [], peers: [] }
  return { infoHashes, displayName: null, ...nobody, files: [], exactSource: null }
}

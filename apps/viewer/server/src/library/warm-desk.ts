import type { Settings, WarmRequest, WorkHealth } from '#api'
import { KIB, MIB, MINUTE_MS, messageOf, type ByteSpan, type Log } from '@matinee/base'
import { spanOfSeconds } from '@matinee/media'
import { readFilmIndex } from '../media/film-index.ts'
import type { FilmChoice } from './film-choice.ts'
import type { FoundFilm, ProjectionRoom } from './projection-room.ts'
import type { Viewer } from './viewer.ts'
import { workHealth } from './work-health.ts'

/** Works that may be got ready at once; the one asked about longest ago gives way. */
const MOST_WARM = 4
/** A page that hasn't asked for so long is gone. */
const WARM_IDLE_MS = 2 * MINUTE_MS
/** The first seconds that are fetched. */
const WARM_SECONDS = 2
const LEAST_HEAD_BYTES = 256 * KIB
/** Whatever the record says, no more than this is fetched before Play. */
const MOST_BYTES = 8 * MIB
/** Of these, for the index, when the record doesn't say where it is or the film goes on somewhere. */
const MOST_INDEX_BYTES = 3 * MIB

interface WarmWork {
  readonly found: FoundFilm
  readonly workId: string
  readonly episodeId: string | null
  readonly stop: AbortController
  readonly sinceMs: number
  askedMs: number
  peakBytesPerSecond: number
}

/**
 * Gets the film ready whose page is open: finds who has it, and fetches its index and first seconds, so that Play is
 * quick. Ends when the page closes or falls silent.
 */
export class WarmDesk {
  readonly #room: ProjectionRoom
  readonly #settings: () => Pick<Settings, 'prepare'>
  readonly #nowMs: () => number
  readonly #log: Log
  readonly #warm = new Map<string, WarmWork>()
  readonly #beginning = new Map<string, symbol>()

  /** @param nowMs a clock that never goes back */
  constructor(
    room: ProjectionRoom,
    settings: () => Pick<Settings, 'prepare'>,
    nowMs: () => number,
    log: Log,
  ) {
    this.#room = room
    this.#settings = settings
    this.#nowMs = nowMs
    this.#log = log
  }

  /** Begins. Nothing when the viewer switched it off; false = there is no such film, or it isn't offered here. */
  async warm(workId: string, wish: WarmRequest, viewer: Viewer): Promise<boolean> {
    await this.closeIdle()
    if (!this.#settings().prepare) return true
    await this.cool(workId)
    const turn = Symbol(workId)
    this.#beginning.set(workId, turn)
    const found = await this.#room.begin(workId, wish, viewer)
    if (found === null) return false
    // The page may have closed in the meantime, or have asked again.
    if (this.#beginning.get(workId) !== turn) {
      await found.stream.close()
      return true
    }
    this.#beginning.delete(workId)
    const [oldest] = this.#warm.keys()
    if (this.#warm.size >= MOST_WARM && oldest !== undefined) await this.cool(oldest)
    const nowMs = this.#nowMs()
    const work: WarmWork = {
      found,
      workId,
      episodeId: wish.episodeId,
      stop: new AbortController(),
      sinceMs: nowMs,
      askedMs: nowMs,
      peakBytesPerSecond: 0,
    }
    this.#warm.set(workId, work)
    void this.#fetch(work)
    return true
  }

  /** Ends it. What was fetched stays; a film that plays goes on. */
  async cool(workId: string): Promise<void> {
    this.#beginning.delete(workId)
    const work = this.#warm.get(workId)
    if (work === undefined) return
    this.#warm.delete(workId)
    work.stop.abort(new DOMException('the page closed', 'AbortError'))
    await work.found.stream.close()
  }

  /** How a work would play now. */
  health(workId: string): WorkHealth {
    const work = this.#warm.get(workId)
    const nowMs = this.#nowMs()
    if (work === undefined) return NOTHING_ASKED[this.#settings().prepare ? 'measuring' : 'off']
    const { stream, choice } = work.found
    work.askedMs = nowMs
    const status = stream.status()
    work.peakBytesPerSecond = Math.max(work.peakBytesPerSecond, status.rates.downBytesPerSecond)
    const durationSeconds = stream.durationSeconds
    return workHealth({
      status,
      announced: Math.max(0, ...stream.statistics().trackers.map(({ people }) => people ?? 0)),
      webSeeds: choice.release.webSeeds.length,
      seeds: stream.seeds,
      peakBytesPerSecond: work.peakBytesPerSecond,
      neededBytesPerSecond: durationSeconds === null ? null : choice.video.length / durationSeconds,
      waitedMs: nowMs - work.sinceMs,
    })
  }

  async closeIdle(): Promise<void> {
    const sinceMs = this.#nowMs() - WARM_IDLE_MS
    for (const [id, { askedMs }] of this.#warm) if (askedMs < sinceMs) await this.cool(id)
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#warm.keys()].map((id) => this.cool(id)))
  }

  async #fetch(work: WarmWork): Promise<void> {
    const { found, stop } = work
    const { stream, choice } = found
    try {
      const spans = warmSpans(choice, stream.durationSeconds, await this.#beginOf(work))
      await stream.warm(spans, MOST_BYTES - MOST_INDEX_BYTES, stop.signal)
    } catch (error) {
      // Its status says it to whoever looks; a page that closed is no trouble at all.
      if (!stop.signal.aborted) this.#log.info('film not warmed', { reason: messageOf(error) })
    }
  }

  /** The first seconds from where the film goes on; null = they can't be told, or are its beginning. */
  async #beginOf({ found, workId, episodeId, stop }: WarmWork): Promise<ByteSpan | null> {
    const { stream } = found
    const { video } = found.choice
    const resumeSeconds = await this.#room.resumeSeconds(workId, episodeId)
    // At the beginning the record's word is enough, if it has one; reading the index fetches it.
    if (resumeSeconds === null && video.index !== undefined) return null
    const index = await readFilmIndex(stream.mediaFile(video), MOST_INDEX_BYTES, stop.signal)
    if (index === null || resumeSeconds === null) return null
    return spanOfSeconds(index, resumeSeconds, resumeSeconds + WARM_SECONDS, video.length)
  }
}

const NOBODY = { people: 0, connected: 0, webSeeds: 0, onDisk: 0 } as const
const NOTHING_ASKED = {
  off: { kind: 'off', ...NOBODY },
  measuring: { kind: 'measuring', ...NOBODY },
} as const satisfies Record<string, WorkHealth>

/** The parts of a film that a player asks for first: its index, and what the first seconds need. `begin`: those of a film that goes on. */
export function warmSpans(
  { video }: Pick<FilmChoice, 'video'>,
  durationSeconds: number | null,
  begin: ByteSpan | null,
): ByteSpan[] {
  const { length, index, head } = video
  const firstSeconds =
    durationSeconds === null ? 0 : Math.ceil((length / durationSeconds) * WARM_SECONDS)
  const start = { start: 0, end: Math.min(length, Math.max(LEAST_HEAD_BYTES, firstSeconds)) }
  return [index, begin ?? head ?? start].filter((span) => span !== undefined)
}

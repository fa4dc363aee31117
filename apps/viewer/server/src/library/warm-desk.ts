import type { Settings, WarmRequest, WorkHealth } from '#api'
import { MINUTE_MS, messageOf, type Log } from '@matinee/base'
import { fetchStart } from './film-start.ts'
import type { FoundFilm, ProjectionRoom } from './projection-room.ts'
import type { Viewer } from './viewer.ts'
import { workHealth } from './work-health.ts'

/** Works that may be got ready at once; the one asked about longest ago gives way. */
const MOST_WARM = 4
/** A page that hasn't asked for so long is gone. */
const WARM_IDLE_MS = 2 * MINUTE_MS

interface WarmWork {
  readonly found: FoundFilm
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
    const found = await this.#room.begin(workId, wish, viewer, 'ahead')
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
      stop: new AbortController(),
      sinceMs: nowMs,
      askedMs: nowMs,
      peakBytesPerSecond: 0,
    }
    this.#warm.set(workId, work)
    void this.#fetch(workId, wish.episodeId, work)
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

  async #fetch(workId: string, episodeId: string | null, { found, stop }: WarmWork): Promise<void> {
    try {
      const resumeSeconds = await this.#room.resumeSeconds(workId, episodeId)
      await fetchStart(found, resumeSeconds, stop.signal)
    } catch (error) {
      // Its status says it to whoever looks; a page that closed is no trouble at all.
      if (!stop.signal.aborted) this.#log.info('film not warmed', { reason: messageOf(error) })
    }
  }
}

const NOBODY = { people: 0, connected: 0, webSeeds: 0, onDisk: 0 } as const
const NOTHING_ASKED = {
  off: { kind: 'off', ...NOBODY },
  measuring: { kind: 'measuring', ...NOBODY },
} as const satisfies Record<string, WorkHealth>

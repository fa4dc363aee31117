import type { Settings } from '#api'
import { MINUTE_MS, SECOND_MS, messageOf, sleep, type Clock, type Log } from '@matinee/base'
import type { FilmWish } from './film-choice.ts'
import { fetchStart, type StartingFilm } from './film-start.ts'
import type { GivenFilm } from './projection-room.ts'
import type { Viewer } from './viewer.ts'

/** So often it's looked whether the film that plays has all that it needs. */
const LOOK_EVERY_MS = 500
/** Who stays at the end of a film for so long doesn't go on: nothing is held ready for ever. */
const MOST_HELD_MS = 10 * MINUTE_MS
/** So long after a stream's end what follows it still has its people, until it plays itself. */
const HANDOVER_MS = 10 * SECOND_MS

/** Somebody's interest in a film that may be played next. */
interface NextFilm extends StartingFilm {
  readonly stream: StartingFilm['stream'] & { close(): Promise<void> }
}

/** What it asks of the projection room. */
export interface NextRoom {
  given(streamId: string): GivenFilm | null
  begin(workId: string, wish: FilmWish, viewer: Viewer, when: 'ahead'): Promise<NextFilm | null>
  resumeSeconds(workId: string, episodeId: string): Promise<number | null>
}

/** How far the start of what follows a film is. */
export type NextStart = 'away' | 'coming' | 'here'

/**
 * What is done about the start of what follows a film. Nothing is fetched while anything is missing of the film that
 * plays, from where it's read to its end; so nothing can be taken from it.
 */
export function nextStep(start: NextStart, isRestHere: boolean): 'begin' | 'give-back' | 'wait' {
  if (start === 'away') return isRestHere ? 'begin' : 'wait'
  return start === 'coming' && !isRestHere ? 'give-back' : 'wait'
}

/**
 * Fetches the start of the episode that follows the one that plays, so that it begins at once. It belongs to the stream
 * of that one: with the stream it ends, whatever ended it, and what goes wrong with it the film that plays never hears of.
 */
export class NextDesk {
  readonly #room: NextRoom
  readonly #settings: () => Pick<Settings, 'prepare'>
  readonly #clock: Clock
  readonly #log: Log
  /** What ends each, by the stream that it follows. */
  readonly #following = new Map<string, { readonly stop: AbortController; over: Promise<void> }>()

  constructor(parts: {
    readonly room: NextRoom
    readonly settings: () => Pick<Settings, 'prepare'>
    readonly clock: Clock
    readonly log: Log
  }) {
    this.#room = parts.room
    this.#settings = parts.settings
    this.#clock = parts.clock
    this.#log = parts.log
  }

  /** Begins, once for each stream, and not when the viewer wants nothing prepared. False = the stream isn't open. */
  fetch(streamId: string, viewer: Viewer): boolean {
    const film = this.#room.given(streamId)
    if (film === null) return false
    const episodeId = film.nextEpisodeId
    if (episodeId === null || !this.#settings().prepare || this.#following.has(streamId))
      return true
    const stop = new AbortController()
    const over = this.#follow({ ...film, episodeId }, viewer, stop.signal).catch(
      (error: unknown) => {
        this.#log.info('next episode not fetched', { reason: messageOf(error) })
      },
    )
    const following = { stop, over: over.finally(() => this.#forget(streamId, stop)) }
    this.#following.set(streamId, following)
    return true
  }

  /** Ends it, and gives up what is held for it; what was fetched stays. Resolves when that is done. */
  async leave(streamId: string): Promise<void> {
    const following = this.#following.get(streamId)
    this.#following.delete(streamId)
    following?.stop.abort(new DOMException('not wanted any more', 'AbortError'))
    await following?.over
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#following.keys()].map((id) => this.leave(id)))
  }

  #forget(streamId: string, stop: AbortController): void {
    if (this.#following.get(streamId)?.stop === stop) this.#following.delete(streamId)
  }

  async #follow(
    film: GivenFilm & { readonly episodeId: string },
    viewer: Viewer,
    stopped: AbortSignal,
  ): Promise<void> {
    const over = AbortSignal.any([film.signal, stopped])
    const endMs = this.#clock.nowMs() + MOST_HELD_MS
    let ahead: Ahead | null = null
    try {
      while (!over.aborted && (ahead?.failure ?? null) === null && this.#clock.nowMs() < endMs) {
        const step = nextStep(ahead?.start ?? 'away', film.stream.isRestHere)
        if (step === 'give-back') {
          await ahead?.[Symbol.asyncDispose]()
          ahead = null
        } else if (step === 'begin') {
          const { workId, episodeId } = film
          const wish = { episodeId, releaseId: null }
          const found = await this.#room.begin(workId, wish, viewer, 'ahead')
          if (found === null) return
          ahead = new Ahead(found, await this.#room.resumeSeconds(workId, episodeId))
        }
        await sleep(this.#clock, LOOK_EVERY_MS, over).catch(() => undefined)
      }
      const reason = ahead?.failure ?? null
      if (reason !== null) return this.#log.info('next episode not fetched', { reason })
      ahead?.stop()
      // Who plays it now shares what is held, instead of looking for everybody anew.
      if (film.signal.aborted) await sleep(this.#clock, HANDOVER_MS, stopped).catch(() => undefined)
    } finally {
      await ahead?.[Symbol.asyncDispose]()
    }
  }
}

/** The start of a film that is being fetched. Disposed it's given up; what was fetched stays. */
class Ahead implements AsyncDisposable {
  readonly #found: NextFilm
  readonly #stop = new AbortController()
  start: Exclude<NextStart, 'away'> = 'coming'
  /** Why it won't come; null = it may. */
  failure: string | null = null

  constructor(found: NextFilm, resumeSeconds: number | null) {
    this.#found = found
    fetchStart(found, resumeSeconds, this.#stop.signal).then(
      () => {
        this.start = 'here'
      },
      (error: unknown) => {
        if (!this.#stop.signal.aborted) this.failure = messageOf(error)
      },
    )
  }

  /** Nothing more is asked for; who was found stays. */
  stop(): void {
    this.#stop.abort(new DOMException('not wanted any more', 'AbortError'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop()
    await this.#found.stream.close()
  }
}

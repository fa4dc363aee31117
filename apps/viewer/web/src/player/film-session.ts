import type { Film, StreamStatus } from '#api'
import type { ClientError } from '../api/client.ts'
import { Listeners } from '../api/listeners.ts'
import type { PlayerClock } from './media-port.ts'

/** What the page can't get from the server. */
export type FilmFailure = ClientError['code']

/** A film of the viewer's choice; null = the server picks. */
export interface FilmWish {
  readonly workId: string
  readonly episodeId: string | null
  readonly releaseId: string | null
}

export interface FilmSessionState {
  /** Null until it was opened first. Another object when it was opened anew: then its addresses are new. */
  readonly film: Film | null
  /** Null until the server told it for this film. */
  readonly status: StreamStatus | null
  /** Why it isn't open (any more); null when nothing is wrong. It's asked for again by itself. */
  readonly failure: FilmFailure | null
  /** Milliseconds of the clock at which it's asked for again by itself, or null. */
  readonly nextTryMs: number | null
}

/** The server, as a film needs it. All may reject. */
export interface FilmServer {
  open(wish: FilmWish): Promise<Film>
  status(streamId: string, signal: AbortSignal): Promise<StreamStatus>
  close(streamId: string): Promise<void>
}

export interface FilmSessionOptions {
  readonly server: FilmServer
  readonly clock: PlayerClock
  readonly wish: FilmWish
  /** The code of what the server's methods throw. */
  readonly codeOf: (error: unknown) => FilmFailure
  /** Nobody answers: whoever watches over the connection wants to know. */
  readonly onUnreachable: () => void
}

/** Between two questions what the swarm is doing. */
export const STATUS_EVERY_MS = 500
/** Until a film that couldn't be opened is asked for again; doubled each time, up to the longest. */
export const FIRST_RETRY_MS = 1000
export const LONGEST_RETRY_MS = 15_000

/**
 * A film's stream, kept open until it's closed. What ends it (the server was started anew, nobody answers, the
 * browser lost it) is no end: it's opened again, sooner at first, then every quarter of a minute.
 */
export class FilmSession {
  readonly #options: FilmSessionOptions
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #wish: FilmWish
  #state: FilmSessionState = { film: null, status: null, failure: null, nextTryMs: null }
  #callOff: () => void = () => undefined
  #retryMs = FIRST_RETRY_MS
  /** What is under way belongs to the attempt that has this number. */
  #attempt = 0
  #isClosed = false
  /** Ends the question that is under way: of a stream that is let go nobody knows the answer. */
  #asking = new AbortController()
  /** The stream that must be let go. */
  #heldStreamId: string | null = null

  constructor(options: FilmSessionOptions) {
    this.#options = options
    this.#wish = options.wish
  }

  /** The same object until something changes. */
  get state(): FilmSessionState {
    return this.#state
  }

  /** Opens the film, or opens it anew at once, because the viewer asks. */
  open(): void {
    this.#retryMs = FIRST_RETRY_MS
    void this.#open()
  }

  /** The same film from another release. */
  switchRelease(releaseId: string): void {
    this.#wish = { ...this.#wish, releaseId }
    this.open()
  }

  /** The browser lost the film: it's opened anew by itself, in a while. */
  lost(): void {
    if (!this.#isClosed && this.#state.nextTryMs === null) this.#openLater(null)
  }

  /** Somebody answers again: a film that waited for that is opened at once. */
  serverIsBack(): void {
    if (this.#state.failure === 'unreachable') this.open()
  }

  /** A picture came: the next trouble is a new one. */
  recovered(): void {
    this.#retryMs = FIRST_RETRY_MS
  }

  /** The page goes away: the stream is let go. A page that comes back finds it forgotten and opens it anew. */
  letGo(): void {
    const streamId = this.#heldStreamId
    this.#heldStreamId = null
    this.#asking.abort()
    // Nobody there, or forgotten: then there is nothing to close.
    if (streamId !== null) this.#options.server.close(streamId).catch(() => undefined)
  }

  /** Lets go of the stream. The session isn't used afterwards. */
  close(): void {
    this.#isClosed = true
    this.#attempt += 1
    this.#callOff()
    this.#listeners.clear()
    this.letGo()
  }

  async #open(): Promise<void> {
    const attempt = ++this.#attempt
    this.#callOff()
    this.letGo()
    this.#change({ nextTryMs: null, status: null })
    const { server, codeOf } = this.#options
    try {
      const film = await server.open(this.#wish)
      if (attempt !== this.#attempt) return void server.close(film.streamId).catch(() => undefined)
      this.#heldStreamId = film.streamId
      this.#change({ film, failure: null })
      void this.#watch(attempt)
    } catch (error) {
      if (attempt === this.#attempt) this.#openLater(codeOf(error))
    }
  }

  async #watch(attempt: number): Promise<void> {
    const { server, codeOf, clock } = this.#options
    const streamId = this.#state.film?.streamId ?? ''
    const { signal } = (this.#asking = new AbortController())
    try {
      const status = await server.status(streamId, signal)
      if (attempt !== this.#attempt) return
      this.#change({ status, failure: null })
    } catch (error) {
      if (attempt !== this.#attempt) return
      const code = signal.aborted ? null : codeOf(error)
      // The server was started anew and has forgotten the stream.
      if (code === 'not-found') return void this.#open()
      if (code === 'unreachable') this.#options.onUnreachable()
      if (code !== null) this.#change({ failure: code })
    }
    clock.after(STATUS_EVERY_MS, () => {
      if (attempt === this.#attempt) void this.#watch(attempt)
    })
  }

  #openLater(failure: FilmFailure | null): void {
    if (failure === 'unreachable') this.#options.onUnreachable()
    const { clock } = this.#options
    const retryMs = this.#retryMs
    this.#retryMs = Math.min(LONGEST_RETRY_MS, 2 * retryMs)
    this.#callOff()
    this.#callOff = clock.after(retryMs, () => void this.#open())
    this.#change({ failure, nextTryMs: clock.nowMs() + retryMs })
  }

  #change(part: Partial<FilmSessionState>): void {
    this.#state = { ...this.#state, ...part }
    this.#listeners.tell()
  }
}

import type { CastAct, CastCaptionsWish, CastRequest, CastStatus, Screens } from '#api'
import type { Clock, Log, Network, Timer } from '@matinee/base'
import { ScreenSearch, type DiscoveryPlaces, type FoundScreen } from '@matinee/cast'
import type { OpenedFilm } from '../library/streams/open-streams.ts'
import { CastSession } from './cast-session.ts'
import { homeAddresses, isHome } from './home-network.ts'

/** So long after a page asked last, nothing is looked for any more. A page that shows the list asks every second. */
export const SEARCH_IDLE_MS = 6000

/** What the casting of a viewer needs. */
export interface CastDeskParts {
  /** Opened when somebody looks for screens, not before. */
  readonly network: () => Promise<Network>
  readonly clock: Clock
  readonly log: Log
  /** For tests: asked on loopback in place of the home network's groups. */
  readonly discovery?: DiscoveryPlaces
}

/** Looks for screens while somebody wants to see them, and shows one film on one of them. */
export class CastDesk implements AsyncDisposable {
  readonly #parts: CastDeskParts
  #search: ScreenSearch | null = null
  #searchEnd: Timer | null = null
  #known: readonly FoundScreen[] = []
  #cast: { readonly streamId: string; readonly session: CastSession } | null = null
  #isOver = false

  constructor(parts: CastDeskParts) {
    this.#parts = parts
  }

  /** The screens that were found so far; the first question begins the search, the next ones keep it going. */
  async screens(): Promise<Screens> {
    const { clock, log, discovery } = this.#parts
    const hosts = discovery === undefined ? homeAddresses() : ['127.0.0.1']
    if (!this.#isOver) {
      this.#searchEnd?.cancel()
      this.#searchEnd = clock.setTimer(SEARCH_IDLE_MS, () => void this.#endSearch())
    }
    if (this.#search === null && !this.#isOver) {
      const network = await this.#parts.network()
      // Another question may have begun it meanwhile.
      if (this.#search === null && !this.#isOver) {
        this.#search = new ScreenSearch({
          network,
          clock,
          log,
          hosts,
          ...(discovery === undefined ? {} : { places: discovery }),
          mayBeScreen: (host) => isHome(host) || hosts.includes(host),
        })
        await this.#search.open()
      }
    }
    this.#known = this.#search?.screens ?? []
    return {
      hasNetwork: hosts.length > 0,
      screens: this.#known.map(({ id, kind, name, model, address }) => ({
        id,
        kind,
        name,
        model,
        address: address.host,
      })),
    }
  }

  /** Shows a film on a screen; what was shown before ends. Null = no such screen was found. Connects in the background. */
  async begin(
    streamId: string,
    { film, signal }: OpenedFilm,
    request: CastRequest,
  ): Promise<CastStatus | null> {
    const found = this.#known.find(({ id }) => id === request.screenId)
    if (found === undefined) return null
    const { clock, log } = this.#parts
    const network = await this.#parts.network()
    // L2: the stream may have ended meanwhile, and nobody would end what is begun now.
    if (this.#isOver || signal.aborted) return null
    // NOTE: nothing waits between here and the new one, so that each that was begun is ended by the next.
    const before = this.#cast
    const session = new CastSession({ network, clock, log, found, film, request })
    this.#cast = { streamId, session }
    // The stream's end is the end of what is made of it.
    signal.addEventListener('abort', () => void this.end(streamId), { once: true })
    await before?.session[Symbol.asyncDispose]()
    void session.open()
    return session.status
  }

  /** How a film's casting goes; null = it isn't cast. */
  status(streamId: string): CastStatus | null {
    return this.#of(streamId)?.status ?? null
  }

  /** Null = it isn't cast, or not on yet. */
  async act(streamId: string, act: CastAct): Promise<CastStatus | null> {
    const session = this.#of(streamId)
    return session !== null && (await session.act(act)) ? session.status : null
  }

  /** Null = it isn't cast, or not on yet. */
  async showCaptions(
    streamId: string,
    captions: CastCaptionsWish | null,
  ): Promise<CastStatus | null> {
    const session = this.#of(streamId)
    return session !== null && (await session.showCaptions(captions)) ? session.status : null
  }

  /** Ends a film's casting; how it went at last, or null when it wasn't cast. */
  async end(streamId: string): Promise<CastStatus | null> {
    const session = this.#of(streamId)
    if (session === null) return null
    this.#cast = null
    await session[Symbol.asyncDispose]()
    return session.status
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await this.#endSearch()
    await this.#cast?.session[Symbol.asyncDispose]()
  }

  #of(streamId: string): CastSession | null {
    return this.#cast?.streamId === streamId ? this.#cast.session : null
  }

  async #endSearch(): Promise<void> {
    this.#searchEnd?.cancel()
    const search = this.#search
    this.#search = null
    await search?.[Symbol.asyncDispose]()
  }
}

import type { CastAct, CastCaptionsWish, CastFault, CastRequest, CastStatus } from '#api'
import { messageOf, sleep, type Clock, type Log, type Network } from '@matinee/base'
import {
  CastError,
  openScreen,
  type CastFilm,
  type FoundScreen,
  type Screen,
  type ScreenStatus,
} from '@matinee/cast'
import type { MediaFile } from '../media/media-file.ts'
import { filmType } from './film-type.ts'
import { offeredCaptions } from './offered-captions.ts'
import { ownAddressTowards } from './own-address.ts'
import { openScreenListener, type ScreenListener } from './screen-listener.ts'

/** Between two questions how it goes. */
const ASK_EVERY_MS = 1000
/** So many questions in a row without an answer, and the screen is gone. */
const MISSED_ANSWERS = 3
/** A screen that doesn't let itself be stopped mustn't hold up the end. */
const GOODBYE_MS = 2000

/** What showing a film on a screen needs. */
export interface CastSessionParts {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly found: FoundScreen
  readonly film: MediaFile
  readonly request: CastRequest
}

type State =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'on'; readonly screen: Screen; readonly listener: ScreenListener }
  | { readonly kind: 'over'; readonly fault: CastFault | null }

/**
 * One film on one screen. The listener from which the screen fetches is there while this is on, and not a moment longer
 * (L2): whatever ends it closes both.
 */
export class CastSession implements AsyncDisposable {
  readonly #parts: CastSessionParts
  readonly #ending = new AbortController()
  #state: State = { kind: 'connecting' }
  #heard: ScreenStatus | null = null
  #heardMs = 0
  #positionSeconds: number
  #filmType = ''
  #captions: CastCaptionsWish | null

  constructor(parts: CastSessionParts) {
    this.#parts = parts
    this.#positionSeconds = parts.request.startSeconds
    this.#captions = parts.request.captions
  }

  /** How it goes, at this moment. */
  get status(): CastStatus {
    const { found } = this.#parts
    const state = this.#state
    const heard = this.#heard
    return {
      screen: { name: found.name, address: found.address.host },
      phase: state.kind === 'on' ? phaseOf(heard) : state.kind,
      fault: state.kind === 'over' ? state.fault : null,
      positionSeconds: this.#place(),
      durationSeconds: heard?.durationSeconds ?? null,
      volume: heard?.volume ?? null,
      isMuted: heard?.isMuted ?? false,
    }
  }

  /** Connects and shows. Resolves when the film is on, or isn't; {@link status} says which. */
  async open(): Promise<void> {
    const { network, clock, found, film, log } = this.#parts
    const { signal } = this.#ending
    await using opened = new AsyncDisposableStack()
    try {
      const type = await filmType(film, signal)
      if (type === null) return this.#over('film')
      this.#filmType = type
      const host = await ownAddressTowards(found, network, signal)
      const listener = opened.use(
        await openScreenListener({
          host,
          screenHost: found.address.host,
          isInBrowser: found.kind === 'chromecast',
          files: { film, filmType: type },
          log,
        }),
      )
      const screen = opened.use(await openScreen(found, { network, clock }, signal))
      signal.throwIfAborted()
      await screen
        .load(this.#castFilm(listener), this.#positionSeconds)
        .catch(async (error: unknown) => {
          // What was started there for this film isn't left behind.
          await screen.stop().catch(() => undefined)
          throw error
        })
      signal.throwIfAborted()
      opened.move()
      this.#state = { kind: 'on', screen, listener }
      this.#heardMs = clock.nowMs()
      void this.#watch()
    } catch (error) {
      this.#over(faultOf(error))
      log.info('film not cast', { kind: found.kind, reason: messageOf(error) })
    }
  }

  /** Does what the viewer asks; a screen that refuses stays as it is. False when the film isn't on. */
  async act(act: CastAct): Promise<boolean> {
    if (this.#state.kind !== 'on') return false
    const { screen } = this.#state
    try {
      switch (act.kind) {
        case 'play':
          await screen.play()
          break
        case 'pause':
          await screen.pause()
          break
        case 'seek':
          await screen.seek(act.seconds)
          break
        case 'volume':
          await screen.setVolume(act.volume, act.isMuted)
          break
      }
      await this.#ask(screen)
    } catch (error) {
      this.#parts.log.info('screen did not act', { act: act.kind, reason: messageOf(error) })
    }
    return true
  }

  /** Other subtitles, or none: the film is given to the screen anew, where it is. False when the film isn't on. */
  async showCaptions(captions: CastCaptionsWish | null): Promise<boolean> {
    if (this.#state.kind !== 'on') return false
    const { screen, listener } = this.#state
    this.#captions = captions
    const isPaused = this.#heard?.phase === 'paused'
    try {
      await screen.load(this.#castFilm(listener), this.#place())
      if (isPaused) await screen.pause()
      await this.#ask(screen)
    } catch (error) {
      await this.#end(faultOf(error))
    }
    return true
  }

  /** Ends it: the screen is told to stop, nothing can be fetched any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end(null)
  }

  async #watch(): Promise<void> {
    let missed = 0
    while (this.#state.kind === 'on') {
      const { screen } = this.#state
      try {
        await this.#ask(screen)
        missed = 0
      } catch (error) {
        if (++missed >= MISSED_ANSWERS) return this.#end(faultOf(error))
      }
      const phase = this.#heard?.phase
      if (phase === 'failed') return this.#end('film')
      if (phase === 'stopped') return this.#end('taken')
      // The end ends the waiting too.
      await sleep(this.#parts.clock, ASK_EVERY_MS, this.#ending.signal).catch(() => undefined)
    }
  }

  async #ask(screen: Screen): Promise<void> {
    const heard = await screen.status()
    if (this.#state.kind !== 'on') return
    // A film that is being given anew is at nothing yet.
    if (heard.phase !== 'buffering' || heard.positionSeconds > 0)
      this.#positionSeconds = heard.positionSeconds
    this.#heard = heard
    this.#heardMs = this.#parts.clock.nowMs()
  }

  /** Where the film is now: it ran on since the screen said where it was. */
  #place(): number {
    const isRunning = this.#state.kind === 'on' && this.#heard?.phase === 'playing'
    const ranSeconds = isRunning ? (this.#parts.clock.nowMs() - this.#heardMs) / 1000 : 0
    const end = this.#heard?.durationSeconds ?? Infinity
    return Math.min(end, this.#positionSeconds + Math.min(ranSeconds, 5))
  }

  #castFilm(listener: ScreenListener): CastFilm {
    const { film, request } = this.#parts
    return {
      url: listener.filmUrl,
      type: this.#filmType,
      lengthBytes: film.lengthBytes,
      title: request.title,
      subtitle: request.subtitle,
      durationSeconds: request.durationSeconds,
      captions: this.#captions === null ? null : offeredCaptions(this.#captions, listener),
    }
  }

  #over(fault: CastFault | null): void {
    this.#positionSeconds = this.#place()
    if (this.#state.kind !== 'over') this.#state = { kind: 'over', fault }
  }

  async #end(fault: CastFault | null): Promise<void> {
    const state = this.#state
    this.#over(fault)
    this.#ending.abort(new Error('casting ended'))
    if (state.kind !== 'on') return
    await using opened = new AsyncDisposableStack()
    const screen = opened.use(state.screen)
    await state.listener[Symbol.asyncDispose]()
    // Whoever took the screen wants it, and a screen that is gone hears nothing.
    if (fault === null || fault === 'film') await this.#sayGoodbye(screen)
  }

  async #sayGoodbye(screen: Screen): Promise<void> {
    const over = new AbortController()
    const waited = sleep(this.#parts.clock, GOODBYE_MS, over.signal).catch(() => undefined)
    await Promise.race([screen.stop().catch(() => undefined), waited])
    over.abort()
  }
}

function phaseOf(heard: ScreenStatus | null): CastStatus['phase'] {
  const phase = heard?.phase
  return phase === 'playing' || phase === 'paused' || phase === 'ended' ? phase : 'buffering'
}

function faultOf(error: unknown): CastFault {
  if (error instanceof CastError) return error.code === 'nonsense' ? 'refused' : error.code
  return 'no-way'
}

import type { CastAct, CastFault, CastStatus } from '#api'
import { Listeners } from '../../api/listeners.ts'
import type { MediaPort, PlayerClock } from '../media-port.ts'
import type { CastPlayer } from './cast-player.ts'
import type { CastServer } from './cast-server.ts'

/** Between two questions how the film goes. */
export const ASK_EVERY_MS = 1000
/** Subtitles that are moved step by step are sent when the viewer is done. */
export const CAPTIONS_AFTER_MS = 700

/** Where the film is shown. */
export type Casting =
  | { readonly kind: 'here' }
  /** Or being connected with. */
  | { readonly kind: 'there'; readonly screenId: string; readonly status: CastStatus }
  /** It was there, or should have been; the viewer decides how it goes on. */
  | {
      readonly kind: 'failed'
      readonly screenId: string
      readonly name: string
      readonly fault: CastFault
      readonly positionSeconds: number
    }

export interface CastState {
  readonly casting: Casting
}

/** Shows the film on another screen, and brings it back to its place. The player's own commands go there meanwhile. */
export class CastCore {
  readonly #server: CastServer
  readonly #clock: PlayerClock
  readonly #player: CastPlayer
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state: CastState = { casting: { kind: 'here' } }
  #streamId: string | null = null
  /** Answers that were asked for before the last act are old. */
  #acts = 0
  #own = { volume: 1, isMuted: false }
  #sentCaptions: string | null = null
  #callOffCaptions: () => void = () => undefined
  #isClosed = false

  constructor(server: CastServer, clock: PlayerClock, player: CastPlayer) {
    this.#server = server
    this.#clock = clock
    this.#player = player
  }

  /** The same object until something changes. */
  get state(): CastState {
    return this.#state
  }

  /** What the player's commands go to: the screen while the film is there. */
  get port(): MediaPort {
    const { local } = this.#player
    const isThere = (): boolean => this.#state.casting.kind === 'there'
    const isHere = (): boolean => this.#state.casting.kind === 'here'
    const send = (act: CastAct): void => void this.#act(act)
    return {
      play: () =>
        isThere() ? send({ kind: 'play' }) : isHere() ? local.play() : void this.comeBack(),
      pause: () => (isThere() ? send({ kind: 'pause' }) : local.pause()),
      seek: (seconds) => (isThere() ? send({ kind: 'seek', seconds }) : local.seek(seconds)),
      positionSeconds: () => (isThere() ? this.#positionSeconds() : local.positionSeconds()),
      setVolume: (volume, isMuted) =>
        isThere() ? send({ kind: 'volume', volume, isMuted }) : local.setVolume(volume, isMuted),
      setRate: (rate) => local.setRate(rate),
      setFullScreen: (isFull) => local.setFullScreen(isFull),
      setInWindow: (isInWindow) => local.setInWindow(isInWindow),
    }
  }

  /** Shows the film there, from where it is. */
  async begin(screenId: string, name: string): Promise<void> {
    const film = this.#player.film()
    if (film === null) return
    const before = this.#state.casting
    const { positionSeconds, volume, isMuted, playback } = this.#player.state()
    if (before.kind === 'here') this.#own = { volume, isMuted }
    const startSeconds =
      before.kind === 'failed'
        ? before.positionSeconds
        : playback.kind === 'ended'
          ? 0
          : positionSeconds
    // NOTE: the page's own pause isn't the film's.
    this.#player.setElsewhere(true)
    this.#player.local.pause()
    const captions = this.#player.captions()
    this.#sentCaptions = JSON.stringify(captions)
    const act = ++this.#acts
    this.#streamId = film.streamId
    try {
      const { title, subtitle, durationSeconds } = film
      const status = await this.#server.begin(film.streamId, {
        screenId,
        title,
        subtitle: subtitle ?? '',
        durationSeconds,
        startSeconds,
        captions,
      })
      if (act !== this.#acts) return
      this.#hear(screenId, status)
      void this.#watch(screenId)
    } catch {
      if (act === this.#acts) this.#fail(screenId, name, 'away', startSeconds)
    }
  }

  /** Brings the film back to this page, at the same place. */
  async comeBack(): Promise<void> {
    const { casting } = this.#state
    if (casting.kind === 'here') return
    const streamId = this.#streamId
    const act = ++this.#acts
    let positionSeconds =
      casting.kind === 'failed' ? casting.positionSeconds : this.#positionSeconds()
    const wasPaused = casting.kind === 'there' && casting.status.phase === 'paused'
    this.#callOffCaptions()
    try {
      const last = streamId === null ? null : await this.#server.end(streamId)
      if (casting.kind === 'there' && last !== null) positionSeconds = last.positionSeconds
    } catch {
      // The server has forgotten it, which is what was asked for.
    }
    if (act !== this.#acts || this.#isClosed) return
    this.#streamId = null
    const { local, tell } = this.#player
    tell({ kind: 'volume', ...this.#own })
    tell({ kind: 'sought', positionSeconds })
    tell({ kind: 'paused' })
    // NOTE: from here on only the page's own word counts.
    this.#player.setElsewhere(false)
    this.#change({ casting: { kind: 'here' } })
    local.seek(positionSeconds)
    if (!wasPaused) local.play()
  }

  /** The subtitles, or how they look, may have changed. */
  captionsChanged(): void {
    if (this.#state.casting.kind !== 'there') return
    this.#callOffCaptions()
    this.#callOffCaptions = this.#clock.after(CAPTIONS_AFTER_MS, () => void this.#sendCaptions())
  }

  /** The page goes away. The stream's end is the end of casting. */
  close(): void {
    this.#isClosed = true
    this.#acts++
    this.#callOffCaptions()
    this.#listeners.clear()
  }

  async #watch(screenId: string): Promise<void> {
    while (this.#state.casting.kind === 'there' && !this.#isClosed) {
      await new Promise<void>((resolve) => void this.#clock.after(ASK_EVERY_MS, resolve))
      const { casting } = this.#state
      const streamId = this.#streamId
      if (casting.kind !== 'there' || casting.screenId !== screenId || streamId === null) return
      const act = this.#acts
      const status = await this.#server.status(streamId).catch((error: unknown) => error)
      if (act !== this.#acts) continue
      if (isStatus(status)) this.#hear(screenId, status)
      else if (isForgotten(status))
        this.#fail(screenId, casting.status.screen.name, 'away', this.#positionSeconds())
    }
  }

  async #act(act: CastAct): Promise<void> {
    const { casting } = this.#state
    if (casting.kind !== 'there' || this.#streamId === null) return
    const number = ++this.#acts
    const status = await this.#server.act(this.#streamId, act).catch(() => null)
    if (status === null || number !== this.#acts) return
    this.#hear(casting.screenId, status)
    if (act.kind === 'seek')
      this.#player.tell({ kind: 'sought', positionSeconds: status.positionSeconds })
  }

  async #sendCaptions(): Promise<void> {
    const { casting } = this.#state
    if (casting.kind !== 'there' || this.#streamId === null) return
    // A screen that is being connected with has its film first.
    if (casting.status.phase === 'connecting') return this.captionsChanged()
    const captions = this.#player.captions()
    const sent = JSON.stringify(captions)
    if (sent === this.#sentCaptions) return
    this.#sentCaptions = sent
    const number = ++this.#acts
    const status = await this.#server.showCaptions(this.#streamId, captions).catch(() => null)
    if (status !== null && number === this.#acts) this.#hear(casting.screenId, status)
  }

  #hear(screenId: string, status: CastStatus): void {
    if (status.phase === 'over') {
      this.#fail(screenId, status.screen.name, status.fault ?? 'away', status.positionSeconds)
      return
    }
    this.#change({ casting: { kind: 'there', screenId, status } })
    const { tell } = this.#player
    const { phase, positionSeconds, volume, isMuted } = status
    const { kind } = this.#player.state().playback
    if (phase !== 'connecting') tell({ kind: 'time', positionSeconds })
    if (phase === 'playing' && kind !== 'playing') tell({ kind: 'playing' })
    if (phase === 'paused' && kind !== 'paused') tell({ kind: 'paused' })
    if (phase === 'ended' && kind !== 'ended') tell({ kind: 'ended' })
    if (volume !== null) tell({ kind: 'volume', volume, isMuted })
  }

  #fail(screenId: string, name: string, fault: CastFault, positionSeconds: number): void {
    this.#player.tell({ kind: 'time', positionSeconds })
    this.#player.tell({ kind: 'paused' })
    this.#change({ casting: { kind: 'failed', screenId, name, fault, positionSeconds } })
  }

  #positionSeconds(): number {
    return this.#player.state().positionSeconds
  }

  #change(state: CastState): void {
    this.#state = state
    this.#listeners.tell()
  }
}

function isStatus(value: unknown): value is CastStatus {
  return typeof value === 'object' && value !== null && 'phase' in value
}

/** The server was started anew, or another page took the screen. */
function isForgotten(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'not-found'
}

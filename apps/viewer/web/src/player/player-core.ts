import { Listeners } from '../api/listeners.ts'
import type { MediaPort, PlayerClock } from './media-port.ts'
import { possibleRate, rateAfter } from './play-rate.ts'
import {
  OPENING_STATE,
  type MediaAct,
  type MediaEvent,
  type Playback,
  type PlayerState,
} from './player-state.ts'
import { SeekGate } from './seek-gate.ts'
import { chapterStart } from './time-line.ts'

export interface PlayerCoreOptions {
  readonly media: MediaPort
  readonly clock: PlayerClock
}

/** visual.md 2.5: the controls go this long after the last sign of life. */
export const CONTROLS_HIDE_MS = 2800

/** What only the screen can tell on which the film is. */
const OF_THE_SCREEN: ReadonlySet<string> = new Set([
  'time',
  'sought',
  'playing',
  'paused',
  'waiting',
  'ended',
  'volume',
  'broken',
] satisfies readonly MediaEvent['kind'][])

/** A frame's length until the film shows its own. */
const USUAL_FRAME_SECONDS = 1 / 24

/**
 * A player without a picture: what the viewer asks for and what the media element tells become one state.
 * The view draws the state, tells it events, and does as {@link MediaPort} is told.
 */
export class PlayerCore {
  readonly #media: MediaPort
  readonly #clock: PlayerClock
  readonly #gate: SeekGate
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state = OPENING_STATE
  #chapterStarts: readonly number[] = []
  #frameSeconds = USUAL_FRAME_SECONDS
  #callOffHiding: () => void = () => undefined
  #isHeld = false
  #isElsewhere = false

  constructor({ media, clock }: PlayerCoreOptions) {
    this.#media = media
    this.#clock = clock
    this.#gate = new SeekGate((seconds) => media.seek(seconds), clock)
  }

  /** The same object until something changes. */
  get state(): PlayerState {
    return this.#state
  }

  /** The film is known: where its chapters begin (seconds, in order), and where to begin. */
  begin(chapterStarts: readonly number[], startSeconds: number): void {
    this.#chapterStarts = chapterStarts
    this.#change({ positionSeconds: startSeconds })
  }

  /** The viewer moved, touched or typed: the controls show, and hide again later. */
  stir(): void {
    this.#change({ areControlsShown: true })
    this.#callOffHiding()
    this.#callOffHiding = this.#clock.after(CONTROLS_HIDE_MS, () => this.hide())
  }

  /** The viewer is done with the controls, unless something keeps them. */
  hide(): void {
    if (!this.#mustShowControls()) this.#change({ areControlsShown: false })
  }

  /** The keyboard is in the controls: they stay until this is taken back. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.stir()
  }

  /** Does what the viewer asks. */
  act(act: MediaAct): void {
    this.#do(act)
    this.stir()
  }

  #do(act: MediaAct): void {
    const media = this.#media
    const state = this.#state
    switch (act.kind) {
      case 'toggle-play':
        return this.#do({ kind: state.wantsToPlay ? 'pause' : 'play' })
      case 'play':
        this.#change({ wantsToPlay: true })
        // Media elements that have ended begin anew by themselves.
        return media.play()
      case 'pause':
        this.#change({ wantsToPlay: false })
        return media.pause()
      case 'seek-by':
        return this.#seek(state.positionSeconds + act.seconds)
      case 'seek-to-fraction':
        return this.#seek(state.durationSeconds * act.fraction)
      case 'seek-to':
        return this.#seek(act.seconds)
      case 'chapter-by': {
        const { positionSeconds, durationSeconds } = state
        return this.#seek(
          chapterStart(this.#chapterStarts, positionSeconds, act.step, durationSeconds),
        )
      }
      case 'frame-by':
        if (state.wantsToPlay) this.#do({ kind: 'pause' })
        return this.#seek(
          (media.positionSeconds() ?? state.positionSeconds) + act.step * this.#frameSeconds,
        )
      case 'volume-by':
        return this.#do({ kind: 'volume-to', volume: state.volume + act.amount })
      case 'volume-to': {
        // Hundredths: twenty steps of 5 % must end at exactly nothing.
        const volume = Math.round(Math.min(1, Math.max(0, act.volume)) * 100) / 100
        return media.setVolume(volume, volume === 0)
      }
      case 'toggle-mute':
        return media.setVolume(
          state.volume === 0 ? 0.5 : state.volume,
          state.volume !== 0 && !state.isMuted,
        )
      case 'toggle-full-screen':
        return media.setFullScreen(!state.isFullScreen)
      case 'toggle-window':
        return media.setInWindow(!state.isInWindow)
      case 'rate-by':
        return this.#setRate(rateAfter(state.rate, act.step))
      case 'rate-tenth':
        return this.#setRate(possibleRate(state.rate + act.step * 0.1))
      case 'rate-to':
        return this.#setRate(possibleRate(act.rate))
      case 'toggle-panel':
        return this.#change({ panel: state.panel === act.panel ? null : act.panel })
      case 'close-panel':
        return this.#change({ panel: null })
      case 'toggle-statistics':
        return this.#change({ areStatisticsShown: !state.areStatisticsShown })
    }
  }

  /** The film is shown on another screen: what it does there counts, and not what the media element does meanwhile. */
  setElsewhere(isElsewhere: boolean): void {
    this.#isElsewhere = isElsewhere
    this.#gate.clear()
    this.stir()
  }

  /** Takes in what the media element tells, or another screen. */
  tell(event: MediaEvent, from: 'here' | 'elsewhere' = 'here'): void {
    if (OF_THE_SCREEN.has(event.kind) && (from === 'elsewhere') !== this.#isElsewhere) return
    const { playback } = this.#state
    switch (event.kind) {
      case 'index-read':
        return this.#change({ durationSeconds: event.durationSeconds })
      case 'time':
        if (this.#gate.isBehind) return
        return this.#change({ positionSeconds: event.positionSeconds })
      case 'sought':
        if (!this.#gate.isBehind) this.#change({ positionSeconds: event.positionSeconds })
        return this.#gate.arrived()
      case 'ready':
        return this.#change({ ready: event.spans })
      case 'playing':
        this.#change({ playback: { kind: 'playing' }, wantsToPlay: true })
        return this.stir()
      case 'paused':
        // A media element also pauses at its end and while it's broken; those say more.
        if (isFinal(playback)) return
        this.#change({ playback: { kind: 'paused' }, wantsToPlay: false })
        return this.stir()
      case 'waiting':
        if (playback.kind === 'stalled' || isFinal(playback)) return
        this.#change({ playback: this.#seen({ kind: 'stalled', sinceMs: this.#clock.nowMs() }) })
        return
      case 'ended':
        this.#change({ playback: { kind: 'ended' }, wantsToPlay: false })
        return this.stir()
      case 'volume':
        return this.#change({ volume: event.volume, isMuted: event.isMuted })
      case 'rate':
        return this.#change({ rate: event.rate })
      case 'full-screen':
        return this.#change({ isFullScreen: event.isFullScreen })
      case 'window':
        return this.#change({ isInWindow: event.isInWindow })
      case 'frame-length':
        this.#frameSeconds = event.seconds
        return
      case 'broken':
        this.#gate.clear()
        this.#change({ playback: { kind: 'broken', why: event.why } })
        return this.stir()
    }
  }

  /** The film was opened anew, as after a restart of the server: it goes on where it was. */
  reopen(): void {
    this.#gate.clear()
    this.#change({ playback: { kind: 'opening' }, ready: [] })
    this.stir()
  }

  /** Ends timers. The core isn't used afterwards. */
  close(): void {
    this.#callOffHiding()
    this.#gate.clear()
    this.#listeners.clear()
  }

  /** Before the first picture everything but the end is still opening. */
  #seen(playback: Playback): Playback {
    return this.#state.playback.kind === 'opening' ? this.#state.playback : playback
  }

  /** Known at once: the next press may come before the element tells. */
  #setRate(rate: number): void {
    this.#change({ rate })
    this.#media.setRate(rate)
  }

  #seek(seconds: number): void {
    const { durationSeconds, playback } = this.#state
    const target = Math.max(0, durationSeconds === 0 ? seconds : Math.min(durationSeconds, seconds))
    this.#change({
      positionSeconds: target,
      ...(playback.kind === 'ended' ? { playback: { kind: 'paused' } as const } : {}),
    })
    this.#gate.seek(target)
  }

  #mustShowControls(): boolean {
    const { playback, panel } = this.#state
    return this.#isHeld || panel !== null || playback.kind !== 'playing'
  }

  #change(part: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...part }
    this.#listeners.tell()
  }
}

function isFinal(playback: Playback): boolean {
  return playback.kind === 'ended' || playback.kind === 'broken'
}

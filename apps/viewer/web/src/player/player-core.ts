import type { MediaEvent, PlayerAct, PlayerState, Playback } from './player-state.ts'
import { chapterStart } from './time-line.ts'

/** What a player does to its media element. None of it throws. */
export interface MediaPort {
  play(): void
  pause(): void
  seek(seconds: number): void
  setVolume(volume: number, isMuted: boolean): void
  setRate(rate: number): void
  setFullScreen(isFull: boolean): void
}

/** Time and timers, as a player needs them. */
export interface PlayerClock {
  nowMs(): number
  /** Returns how to call it off. */
  after(delayMs: number, run: () => void): () => void
}

export interface PlayerCoreOptions {
  readonly media: MediaPort
  readonly clock: PlayerClock
  /** Where chapters begin, in seconds, in order. */
  readonly chapterStarts: readonly number[]
  /** Languages of the captions on offer, the viewer's own first. */
  readonly captionLanguages: readonly string[]
  /** Captions to begin with. */
  readonly captions: string | null
  /** Where to begin. */
  readonly startSeconds: number
}

/** visual.md 2.5: the controls go this long after the last sign of life. */
export const CONTROLS_HIDE_MS = 2800

/** Speeds that `<` and `>` step through. */
export const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2] as const

/**
 * A player without a picture: what the viewer asks for and what the media element tells become one state.
 * The view draws the state, tells it events, and does as {@link MediaPort} is told.
 */
export class PlayerCore {
  readonly #options: PlayerCoreOptions
  readonly #listeners = new Set<() => void>()
  #state: PlayerState
  #lastCaptions: string | null
  #callOffHiding: () => void = () => undefined
  #isHeld = false

  constructor(options: PlayerCoreOptions) {
    this.#options = options
    this.#lastCaptions = options.captions ?? options.captionLanguages[0] ?? null
    this.#state = {
      playback: { kind: 'opening' },
      wantsToPlay: true,
      positionSeconds: options.startSeconds,
      durationSeconds: 0,
      ready: [],
      volume: 1,
      isMuted: false,
      rate: 1,
      captions: options.captions,
      isFullScreen: false,
      areControlsShown: true,
      isKeyListShown: false,
    }
  }

  /** The same object until something changes. */
  get state(): PlayerState {
    return this.#state
  }

  /** Returns how to end it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The viewer moved, touched or typed: the controls show, and hide again later. */
  stir(): void {
    this.#change({ areControlsShown: true })
    this.#callOffHiding()
    this.#callOffHiding = this.#options.clock.after(CONTROLS_HIDE_MS, () => {
      if (!this.#mustShowControls()) this.#change({ areControlsShown: false })
    })
  }

  /** A menu is open, or the keyboard is in the controls: they stay until this is taken back. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return
    this.#isHeld = isHeld
    this.stir()
  }

  /** Does what the viewer asks. */
  act(act: PlayerAct): void {
    const { media } = this.#options
    const state = this.#state
    switch (act.kind) {
      case 'toggle-play':
        return this.act({ kind: state.wantsToPlay ? 'pause' : 'play' })
      case 'play':
        this.#change({ wantsToPlay: true })
        // Media elements that have ended begin anew by themselves.
        media.play()
        break
      case 'pause':
        this.#change({ wantsToPlay: false })
        media.pause()
        break
      case 'seek-by':
        return this.act({ kind: 'seek-to', seconds: state.positionSeconds + act.seconds })
      case 'seek-to-fraction':
        return this.act({ kind: 'seek-to', seconds: state.durationSeconds * act.fraction })
      case 'seek-to':
        this.#seek(act.seconds)
        break
      case 'chapter-by':
        this.#seek(
          chapterStart(
            this.#options.chapterStarts,
            state.positionSeconds,
            act.step,
            state.durationSeconds,
          ),
        )
        break
      case 'volume-by':
        return this.act({ kind: 'volume-to', volume: state.volume + act.amount })
      case 'volume-to': {
        // Hundredths: twenty steps of 5 % must end at exactly nothing.
        const volume = Math.round(Math.min(1, Math.max(0, act.volume)) * 100) / 100
        media.setVolume(volume, volume === 0)
        break
      }
      case 'toggle-mute':
        media.setVolume(
          state.volume === 0 ? 0.5 : state.volume,
          state.volume !== 0 && !state.isMuted,
        )
        break
      case 'toggle-captions':
        this.#change({ captions: state.captions === null ? this.#lastCaptions : null })
        break
      case 'captions-to':
        this.#lastCaptions = act.language ?? this.#lastCaptions
        this.#change({ captions: act.language })
        break
      case 'toggle-full-screen':
        media.setFullScreen(!state.isFullScreen)
        break
      case 'rate-by': {
        const at = RATES.findIndex((rate) => rate >= state.rate)
        media.setRate(RATES[Math.min(RATES.length - 1, Math.max(0, at + act.step))] ?? 1)
        break
      }
      case 'toggle-key-list':
        this.#change({ isKeyListShown: !state.isKeyListShown })
        break
      case 'close-key-list':
        this.#change({ isKeyListShown: false })
        break
    }
    this.stir()
  }

  /** Takes in what the media element tells. */
  tell(event: MediaEvent): void {
    switch (event.kind) {
      case 'index-read':
        return this.#change({ durationSeconds: event.durationSeconds })
      case 'time':
        return this.#change({ positionSeconds: event.positionSeconds })
      case 'ready':
        return this.#change({ ready: event.spans })
      case 'playing':
        this.#change({ playback: { kind: 'playing' }, wantsToPlay: true })
        return this.stir()
      case 'paused':
        // A media element also pauses at its end and while it's broken; those say more.
        if (isFinal(this.#state.playback)) return
        this.#change({ playback: { kind: 'paused' }, wantsToPlay: false })
        return this.stir()
      case 'waiting':
        if (this.#state.playback.kind === 'stalled' || isFinal(this.#state.playback)) return
        this.#change({
          playback: this.#seen({ kind: 'stalled', sinceMs: this.#options.clock.nowMs() }),
        })
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
      case 'broken':
        this.#change({ playback: { kind: 'broken', why: event.why } })
        return this.stir()
    }
  }

  /** The film was opened anew, as after a restart of the server: it goes on where it was. */
  reopen(): void {
    this.#change({ playback: { kind: 'opening' }, ready: [] })
    this.stir()
  }

  /** Ends timers. The core isn't used afterwards. */
  close(): void {
    this.#callOffHiding()
    this.#listeners.clear()
  }

  /** Before the first picture everything but the end is still opening. */
  #seen(playback: Playback): Playback {
    return this.#state.playback.kind === 'opening' ? this.#state.playback : playback
  }

  #seek(seconds: number): void {
    const { durationSeconds, playback } = this.#state
    const target = Math.min(durationSeconds, Math.max(0, seconds))
    this.#change({
      positionSeconds: target,
      ...(playback.kind === 'ended' ? { playback: { kind: 'paused' } as const } : {}),
    })
    this.#options.media.seek(target)
  }

  #mustShowControls(): boolean {
    const { playback, isKeyListShown } = this.#state
    return this.#isHeld || isKeyListShown || playback.kind !== 'playing'
  }

  #change(part: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...part }
    for (const listener of this.#listeners) listener()
  }
}

function isFinal(playback: Playback): boolean {
  return playback.kind === 'ended' || playback.kind === 'broken'
}

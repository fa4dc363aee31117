/** A run of film time: half open, in seconds. */
export interface TimeSpan {
  readonly start: number
  readonly end: number
}

/** What the film is doing, as far as the viewer can see. */
export type Playback =
  /** Nothing was seen yet. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'playing' }
  | { readonly kind: 'paused' }
  /** It should play, but has nothing to show. */
  | { readonly kind: 'stalled'; readonly sinceMs: number }
  | { readonly kind: 'ended' }
  /** The browser gave up. */
  | { readonly kind: 'broken'; readonly why: 'network' | 'format' }

export interface PlayerState {
  readonly playback: Playback
  /** Whether the viewer wants it to play, whatever it does now. */
  readonly wantsToPlay: boolean
  readonly positionSeconds: number
  /** 0 until the index was read. */
  readonly durationSeconds: number
  /** What could be shown without another byte. */
  readonly ready: readonly TimeSpan[]
  /** 0 to 1. */
  readonly volume: number
  readonly isMuted: boolean
  readonly rate: number
  /** Language of the captions, or null for none. */
  readonly captions: string | null
  readonly isFullScreen: boolean
  readonly areControlsShown: boolean
  readonly isKeyListShown: boolean
}

/** What the viewer asks for, by pointer, key or the system's media keys. */
export type PlayerAct =
  | { readonly kind: 'toggle-play' }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'seek-by'; readonly seconds: number }
  | { readonly kind: 'seek-to'; readonly seconds: number }
  | { readonly kind: 'seek-to-fraction'; readonly fraction: number }
  | { readonly kind: 'chapter-by'; readonly step: 1 | -1 }
  | { readonly kind: 'volume-by'; readonly amount: number }
  | { readonly kind: 'volume-to'; readonly volume: number }
  | { readonly kind: 'toggle-mute' }
  | { readonly kind: 'toggle-captions' }
  | { readonly kind: 'captions-to'; readonly language: string | null }
  | { readonly kind: 'toggle-full-screen' }
  | { readonly kind: 'rate-by'; readonly step: 1 | -1 }
  | { readonly kind: 'toggle-key-list' }
  | { readonly kind: 'close-key-list' }

/** What the media element tells. */
export type MediaEvent =
  | { readonly kind: 'index-read'; readonly durationSeconds: number }
  | { readonly kind: 'time'; readonly positionSeconds: number }
  | { readonly kind: 'ready'; readonly spans: readonly TimeSpan[] }
  | { readonly kind: 'playing' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'volume'; readonly volume: number; readonly isMuted: boolean }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'full-screen'; readonly isFullScreen: boolean }
  | { readonly kind: 'broken'; readonly why: 'network' | 'format' }

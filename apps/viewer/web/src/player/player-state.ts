import type { HeardLine } from './subtitle-timing.ts'

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

/** What stands beside the picture, one at a time. */
export const PANELS = [
  'cast',
  'subtitles',
  'transcript',
  'sound',
  'chapters',
  'speed',
  'sleep',
  'postcard',
  'remote',
  'keys',
  'more',
] as const
export type PlayerPanel = (typeof PANELS)[number]

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
  readonly isFullScreen: boolean
  /** In the system's own small window. */
  readonly isInWindow: boolean
  readonly areControlsShown: boolean
  readonly panel: PlayerPanel | null
  readonly areStatisticsShown: boolean
}

/** A player that has shown nothing yet. */
export const OPENING_STATE: PlayerState = {
  playback: { kind: 'opening' },
  wantsToPlay: true,
  positionSeconds: 0,
  durationSeconds: 0,
  ready: [],
  volume: 1,
  isMuted: false,
  rate: 1,
  isFullScreen: false,
  isInWindow: false,
  areControlsShown: true,
  panel: null,
  areStatisticsShown: false,
}

/** What the viewer asks of the film, by pointer, key or the system's media keys. */
export type MediaAct =
  | { readonly kind: 'toggle-play' }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'seek-by'; readonly seconds: number }
  | { readonly kind: 'seek-to'; readonly seconds: number }
  | { readonly kind: 'seek-to-fraction'; readonly fraction: number }
  | { readonly kind: 'chapter-by'; readonly step: 1 | -1 }
  | { readonly kind: 'frame-by'; readonly step: 1 | -1 }
  | { readonly kind: 'volume-by'; readonly amount: number }
  | { readonly kind: 'volume-to'; readonly volume: number }
  | { readonly kind: 'toggle-mute' }
  | { readonly kind: 'toggle-full-screen' }
  | { readonly kind: 'toggle-window' }
  /** To the next of the usual speeds. */
  | { readonly kind: 'rate-by'; readonly step: 1 | -1 }
  /** By a tenth. */
  | { readonly kind: 'rate-tenth'; readonly step: 1 | -1 }
  | { readonly kind: 'rate-to'; readonly rate: number }
  | { readonly kind: 'toggle-panel'; readonly panel: PlayerPanel }
  | { readonly kind: 'close-panel' }
  | { readonly kind: 'toggle-statistics' }

/** What the viewer asks of the subtitles. */
export type SubtitleAct =
  | { readonly kind: 'toggle-subtitles' }
  /** By a track's id; null = none. */
  | { readonly kind: 'subtitles-to'; readonly trackId: string | null }
  /** Besides the chosen one, for learners; by a track's id; null = none. */
  | { readonly kind: 'second-to'; readonly trackId: string | null }
  /** 1 = later, by 50 ms. */
  | { readonly kind: 'delay-by'; readonly step: 1 | -1 }
  | { readonly kind: 'stretch-to'; readonly stretch: number }
  | { readonly kind: 'reset-timing' }
  /** "This is the line that I hear." */
  | { readonly kind: 'heard'; readonly heard: HeardLine }
  /** How the letters of the viewer's own file are to be read; null = found out. */
  | { readonly kind: 'charset-to'; readonly charset: string | null }

/** What the viewer asks of the place where the film is. */
export type PlaceAct = { readonly kind: 'toggle-mini' } | { readonly kind: 'next-episode' }

export type PlayerAct = MediaAct | SubtitleAct | PlaceAct

const SUBTITLE_ACTS: ReadonlySet<string> = new Set([
  'toggle-subtitles',
  'subtitles-to',
  'second-to',
  'delay-by',
  'stretch-to',
  'reset-timing',
  'heard',
  'charset-to',
] satisfies readonly SubtitleAct['kind'][])

/** Which acts are the subtitles'. */
export function isSubtitleAct(act: PlayerAct): act is SubtitleAct {
  return SUBTITLE_ACTS.has(act.kind)
}

/** What the media element tells. */
export type MediaEvent =
  | { readonly kind: 'index-read'; readonly durationSeconds: number }
  | { readonly kind: 'time'; readonly positionSeconds: number }
  /** The last seek is done: there is a picture. */
  | { readonly kind: 'sought'; readonly positionSeconds: number }
  | { readonly kind: 'ready'; readonly spans: readonly TimeSpan[] }
  | { readonly kind: 'playing' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'volume'; readonly volume: number; readonly isMuted: boolean }
  | { readonly kind: 'rate'; readonly rate: number }
  | { readonly kind: 'full-screen'; readonly isFullScreen: boolean }
  | { readonly kind: 'window'; readonly isInWindow: boolean }
  | { readonly kind: 'frame-length'; readonly seconds: number }
  | { readonly kind: 'broken'; readonly why: 'network' | 'format' }

import type { SocketAddress } from '@matinee/base'

/** A screen that was found in the home network. What it says of itself is text to be shown, and nothing else. */
export interface FoundScreen {
  /** The same as long as it's at the same address: its kind and its address. */
  readonly id: string
  readonly kind: ScreenKind
  readonly name: string
  /** What it's made as; empty when it doesn't say. */
  readonly model: string
  /** Who answered, and its port: nobody else is talked to because of the answer (T8). */
  readonly address: SocketAddress
  /** Of a DLNA renderer, its services. */
  readonly services: RendererServices | null
}

/** Which language a screen speaks: CASTV2 or UPnP. */
export type ScreenKind = 'chromecast' | 'dlna'

/** Where the services of a DLNA renderer are told what to do: paths on its own address. */
export interface RendererServices {
  readonly transportPath: string
  /** Null = its loudness can't be changed from here. */
  readonly volumePath: string | null
}

/** A film and what is needed to show it, as addresses on this computer. */
export interface CastFilm {
  readonly url: string
  /** Such as `video/mp4`. */
  readonly type: string
  readonly lengthBytes: number
  readonly title: string
  /** Of an episode; empty for a film. */
  readonly subtitle: string
  /** Null = the file knows. */
  readonly durationSeconds: number | null
  readonly captions: CastCaptions | null
}

/** Subtitles at an address on this computer. */
export interface CastCaptions {
  /** WebVTT. */
  readonly vttUrl: string
  /** The same as SubRip, which televisions read. */
  readonly srtUrl: string
  readonly label: string
  /** BCP 47; empty = nobody knows. */
  readonly language: string
  readonly style: CaptionStyle
}

/** How subtitles are to look, where the screen lets us choose. */
export interface CaptionStyle {
  /** 1 = usual. */
  readonly scale: number
  /** `#rrggbb` */
  readonly colour: string
  readonly background: 'box' | 'shade' | 'outline'
}

/** What a screen is doing. */
export interface ScreenStatus {
  /**
   * - `buffering`: it fetches
   * - `ended`: the film is over
   * - `stopped`: somebody stopped it there, or shows something else
   * - `failed`: it can't play the film
   */
  readonly phase: 'playing' | 'paused' | 'buffering' | 'ended' | 'stopped' | 'failed'
  readonly positionSeconds: number
  /** Null = it doesn't know. */
  readonly durationSeconds: number | null
  /** From 0 to 1; null = it doesn't say. */
  readonly volume: number | null
  readonly isMuted: boolean
}

/** A screen that we tell what to do. Everything throws `CastError`. */
export interface Screen extends AsyncDisposable {
  /** Shows a film from a moment on, in place of what it shows. */
  load(film: CastFilm, startSeconds: number): Promise<void>
  play(): Promise<void>
  pause(): Promise<void>
  seek(seconds: number): Promise<void>
  /** @param volume from 0 to 1 */
  setVolume(volume: number, isMuted: boolean): Promise<void>
  /** Ends the film. */
  stop(): Promise<void>
  status(): Promise<ScreenStatus>
}

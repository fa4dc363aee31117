import type { CastCaptionsWish, Film } from '#api'
import type { MediaPort } from '../media-port.ts'
import type { MediaEvent } from '../player-state.ts'

/** The player, as casting needs it. */
export interface CastPlayer {
  /** What the player plays with in this page. */
  readonly local: MediaPort
  /** Tells the player's state what the screen does. */
  readonly tell: (event: MediaEvent) => void
  /** From now on the screen's word counts, or the page's again. */
  setElsewhere(isElsewhere: boolean): void
  /** The film that is open; null = none is. */
  film(): Pick<Film, 'streamId' | 'title' | 'subtitle' | 'durationSeconds'> | null
  state(): {
    readonly positionSeconds: number
    readonly volume: number
    readonly isMuted: boolean
    readonly playback: { readonly kind: string }
  }
  /** The subtitles that are shown now. */
  captions(): CastCaptionsWish | null
}

import type { Clock } from '@matinee/base'
import type { BuiltRelease, ReleaseOrder, ReleaseProgress } from '../release/release-order.ts'
import type { PoliteWeb } from './fetch/polite-web.ts'

/** How far a candidate is, for whoever watches. */
export type HarvestStep =
  | { readonly kind: 'reading' }
  | { readonly kind: 'fetching'; readonly doneBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'building'; readonly progress: ReleaseProgress }

/** What a harvest works with. */
export interface HarvestTools {
  readonly web: PoliteWeb
  readonly clock: Clock
  /** The Internet Archive, or a server of its shapes; without a slash at the end. */
  readonly archive: string
  readonly build: (
    order: ReleaseOrder,
    onProgress: (progress: ReleaseProgress) => void,
    signal: AbortSignal,
  ) => Promise<BuiltRelease>
  readonly ffmpeg: string | null
  readonly trackers: readonly string[]
  readonly webSeeds: readonly string[]
  /** The largest file that is fetched. */
  readonly maxFilmBytes: number
  readonly onStep: (key: string, step: HarvestStep) => void
}

import type { Withdrawal } from '#api'
import type { FeedId, WorkKey, WorkRecord } from '@matinee/catalogue'
import type { Viewer } from '../viewer.ts'
import type { WorkSafety } from './work-safety.ts'

/** What the window asks about decisions. */
export interface WindowSafety {
  safetyOf(feedId: FeedId, record: WorkRecord): WorkSafety
  /** A work that its feed has and offers no more; null = none. */
  keptWork(key: WorkKey): { readonly record: WorkRecord; readonly added: string } | null
  /** Whole days since its feed was last confirmed; null = it holds, or isn't a signed one. */
  expiredDays(feedId: FeedId): number | null
  /** Decisions in words, those that act first. */
  words(safety: WorkSafety, viewer: Viewer): Withdrawal[]
}

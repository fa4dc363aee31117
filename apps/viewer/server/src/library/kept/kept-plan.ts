import type { Settings } from '#api'
import type { Standing } from '@matinee/catalogue'
import type { KeptEntry } from './kept-file.ts'

/** What is known of something that is kept. */
export interface KeptFacts {
  readonly entry: Pick<KeptEntry, 'isPaused' | 'isWhole' | 'isAdopted'>
  /** Everything rests. */
  readonly isAllPaused: boolean
  /** Whether a feed that is followed offers it here; `null` = that isn't known yet. */
  readonly offer: { readonly isOffered: boolean; readonly standing: Standing } | null | 'none'
  readonly settings: Pick<Settings, 'sharing' | 'giveBack' | 'quietHours'>
  readonly isQuiet: boolean
}

/** What is done about something that is kept. */
export type KeptPlan =
  /** It's open: fetched to its end, and given out. */
  | 'work'
  /** What is missing waits for the end of the quiet hours. */
  | 'wait'
  /** It's here, and not given out. */
  | 'here'
  | 'paused'
  | 'web-only'
  | 'withdrawn'
  | 'gone'
  /** Nobody knows yet. */
  | 'unknown'

/**
 * What is done about something that is kept. Its feed's word comes first (feed-format 14.3), then the viewer's: what may not
 * be given out isn't, whatever is pressed.
 */
export function planKept(facts: KeptFacts): KeptPlan {
  const { entry, offer, settings } = facts
  if (offer === null) return 'unknown'
  if (offer === 'none') return 'gone'
  if (!offer.standing.isSeeded) return 'withdrawn'
  // Delisted at its maker's wish, it goes on where it is; what isn't free here isn't given out from here.
  if (!offer.isOffered && offer.standing.isOffered) return 'gone'
  if (facts.isAllPaused || entry.isPaused) return 'paused'
  if (settings.sharing === 'web-only') return entry.isWhole ? 'here' : 'web-only'
  if (entry.isWhole) return settings.giveBack ? 'work' : 'here'
  return facts.isQuiet && settings.quietHours?.keepsWait === true ? 'wait' : 'work'
}

import type { CalendarDate } from '../calendar-date.ts'

/** Why a feed takes a work back, and what follows for installed copies. */
export const WITHDRAWAL_EFFECTS = {
  /** A court or a notice that was upheld. */
  'court-or-notice': { mayPlay: false, maySeed: false },
  /** The rights were not what the record said. */
  'licence-error': { mayPlay: true, maySeed: false },
  /** The maker asked for it, under a licence that can't be taken back: it leaves the programme only. */
  'makers-wish': { mayPlay: true, maySeed: true },
} as const satisfies Record<string, { mayPlay: boolean; maySeed: boolean }>

/** One of {@link WITHDRAWAL_EFFECTS}: `mayPlay` and `maySeed` are about the copy one has. */
export type WithdrawalCause = keyof typeof WITHDRAWAL_EFFECTS

/** A feed's decision not to offer a work of its own any more. Whoever reads the feed checks who signed. */
export interface Withdrawal {
  /** The first day without an offer. */
  readonly on: CalendarDate
  readonly cause: WithdrawalCause
  /** One sentence. */
  readonly reason: string
  /** The notice, or `null` when it isn't public. */
  readonly noticeUrl: string | null
}

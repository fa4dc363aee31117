/** The card that offers the next episode. */
export type NextOffer =
  | { readonly kind: 'none' }
  /** `secondsLeft` until it starts by itself; null = only when the viewer says so. */
  | { readonly kind: 'offered'; readonly secondsLeft: number | null }
  | { readonly kind: 'now' }

/** The card comes so long before the end, but not before the last tenth of something very short. */
export const OFFER_BEFORE_END_SECONDS = 15

/** The card stands at least so long: also when the viewer went straight to the end. */
export const LEAST_OFFER_SECONDS = 8

/** The next episode's start is fetched so long before the end, but not before the last fifth of something short. */
export const FETCH_BEFORE_END_SECONDS = 120

/** What there is to know about the end of an episode. */
export interface EpisodeEnd {
  readonly hasNext: boolean
  /** The viewer's setting. */
  readonly playsNext: boolean
  /** "Stay with the credits" was said. */
  readonly stays: boolean
  readonly isEnded: boolean
  readonly durationSeconds: number
  /** Film time, by the clock on the wall: divided by the speed. */
  readonly remainingSeconds: number
  /** Since the card came; null = it hasn't. */
  readonly offeredForSeconds: number | null
}

/**
 * What happens at the end of an episode. Credits are never cut: the next one starts by itself only when the film
 * has ended and its card was there long enough to be refused.
 */
export function nextOffer(end: EpisodeEnd): NextOffer {
  const beforeEnd = Math.min(OFFER_BEFORE_END_SECONDS, end.durationSeconds / 10)
  const isNear = end.isEnded || end.remainingSeconds <= beforeEnd
  if (!end.hasNext || !isNear) return { kind: 'none' }
  if (end.stays) return end.isEnded ? { kind: 'offered', secondsLeft: null } : { kind: 'none' }
  if (!end.playsNext) return { kind: 'offered', secondsLeft: null }
  const stillOffered = Math.max(0, LEAST_OFFER_SECONDS - (end.offeredForSeconds ?? 0))
  const filmLeft = end.isEnded ? 0 : end.remainingSeconds
  if (end.isEnded && stillOffered === 0) return { kind: 'now' }
  return { kind: 'offered', secondsLeft: Math.ceil(Math.max(filmLeft, stillOffered)) }
}

/**
 * Whether the start of the next episode is wanted by now. Only where it may begin by itself: who wants to be asked, or
 * went to another screen, has nothing fetched for them that they may never see.
 */
export function wantsNextStart(
  end: Pick<
    EpisodeEnd,
    'hasNext' | 'playsNext' | 'isEnded' | 'durationSeconds' | 'remainingSeconds'
  >,
): boolean {
  const beforeEnd = Math.min(FETCH_BEFORE_END_SECONDS, end.durationSeconds / 5)
  const isNear = end.isEnded || end.remainingSeconds <= beforeEnd
  return end.hasNext && end.playsNext && end.durationSeconds > 0 && isNear
}

import { SECOND_MS, sleep, type Clock } from '@matinee/base'

/** What isn't there yet may be a moment later; nobody waits longer to be told that it doesn't exist. */
const PATIENCE_MS = 3 * SECOND_MS
const LOOK_EVERY_MS = 50

/**
 * Looks again while works are being loaded: a link may be opened in the moment in which the viewer starts.
 * Null = it isn't there. Rejects with the signal's reason.
 */
export async function lookPatiently<T>(
  look: () => Promise<T | null>,
  { isLoading, clock }: { readonly isLoading: () => boolean; readonly clock: Clock },
  signal: AbortSignal,
): Promise<T | null> {
  const sinceMs = clock.nowMs()
  for (;;) {
    // Asked before looking: what ends meanwhile may not have been seen.
    const mayCome = isLoading() && clock.nowMs() - sinceMs < PATIENCE_MS
    const found = await look()
    if (found !== null || !mayCome) return found
    await sleep(clock, LOOK_EVERY_MS, signal)
  }
}

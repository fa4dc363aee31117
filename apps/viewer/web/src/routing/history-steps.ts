import { useCallback, useEffect, useSyncExternalStore } from 'react'

/** How {@link useHistorySteps} is gone through. */
export interface HistorySteps {
  /** From 0. */
  readonly step: number
  readonly goTo: (step: number) => void
}

/**
 * Steps of a page that the browser's Back and Forward go through, as far as Back left it: they share the page's
 * address, and are gone from the history with the page. After a reload the first one is shown.
 */
export function useHistorySteps(): HistorySteps {
  const step = useSyncExternalStore(subscribe, historyStep)
  useEffect(() => {
    // What a reload forgot is asked again from its beginning.
    goTo(0)
    return () => goTo(0)
  }, [])
  return { step, goTo: useCallback(goTo, []) }
}

function goTo(wished: number): void {
  const from = historyStep()
  if (wished < from) {
    history.go(wished - from)
    return
  }
  // One entry for each, so that Back passes none of them over.
  for (let step = from + 1; step <= wished; step++) history.pushState({ step }, '')
  dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }))
}

function subscribe(onChange: () => void): () => void {
  addEventListener('popstate', onChange)
  return () => removeEventListener('popstate', onChange)
}

function historyStep(): number {
  const state: unknown = history.state
  if (typeof state !== 'object' || state === null || !('step' in state)) return 0
  return typeof state.step === 'number' ? state.step : 0
}

import type { Page } from 'playwright-core'

/** What a step of a visit cost the page. */
export interface StepCost {
  /** From what the viewer did to the next picture (Event Timing); 16 = it's too short to be told. */
  readonly toPaintMs: number
  /** The longest time that the page could answer nothing. */
  readonly longestTaskMs: number
}

declare global {
  var matineeClock: {
    drawnAtMs: number | null
    events: { startMs: number; durationMs: number }[]
    tasks: { startMs: number; durationMs: number }[]
  }
}

/** Shorter events aren't reported. */
const LEAST_EVENT_MS = 16

/** Puts a clock into every document of a page: when page one is drawn, how long events and tasks took. */
export async function putClock(page: Page): Promise<void> {
  await page.addInitScript((least) => {
    const clock: typeof matineeClock = { drawnAtMs: null, events: [], tasks: [] }
    globalThis.matineeClock = clock
    const watch = (type: string, into: typeof clock.events, options: object): void => {
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          into.push({ startMs: startTime, durationMs: duration })
      }).observe({ type, buffered: true, ...options })
    }
    watch('event', clock.events, { durationThreshold: least })
    watch('longtask', clock.tasks, {})
    const look = (): void => {
      const hero = document.querySelector('.hero h1')
      // Drawn, not a ground colour that waits: of the first row, as many as the window shows.
      const row = [...document.querySelectorAll('.row')].find((each) =>
        each.querySelector('.poster'),
      )
      const seen = [...(row?.querySelectorAll('.poster') ?? [])].filter((poster) => {
        const { left, right } = poster.getBoundingClientRect()
        return right > 0 && left < innerWidth
      })
      const isDrawn = seen.length > 0 && seen.every((poster) => poster.querySelector('svg, img'))
      if (hero === null || !isDrawn) return void requestAnimationFrame(look)
      // The frame in which it stands in the document is shown when the next one begins.
      requestAnimationFrame(() => (clock.drawnAtMs = performance.now()))
    }
    requestAnimationFrame(look)
  }, LEAST_EVENT_MS)
}

/** Waits until page one is drawn; milliseconds since the visit began, and when that was by the wall clock. */
export async function drawn(page: Page): Promise<{ readonly ms: number; readonly atMs: number }> {
  const handle = await page.waitForFunction(() => matineeClock.drawnAtMs, null, { timeout: 60_000 })
  const ms = (await handle.jsonValue()) ?? Number.NaN
  const beganAtMs = await page.evaluate(() => performance.timeOrigin)
  return { ms, atMs: beganAtMs + ms }
}

/** Watches what a page's main thread works; what it asks for gives milliseconds of CPU since, however busy the machine is. */
export async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    return seconds * 1000
  }
}

/** Does something to a page and says what that cost; what follows in `restMs` counts too. */
export async function stepCost(
  page: Page,
  act: () => Promise<unknown>,
  restMs: number,
): Promise<StepCost> {
  await page.evaluate(() => {
    matineeClock.events.length = 0
    matineeClock.tasks.length = 0
  })
  await act()
  await page.waitForTimeout(restMs)
  return page.evaluate((least) => {
    const longest = (entries: readonly { durationMs: number }[], floor: number): number =>
      Math.max(floor, ...entries.map(({ durationMs }) => durationMs))
    return {
      toPaintMs: longest(matineeClock.events, least),
      longestTaskMs: longest(matineeClock.tasks, 0),
    }
  }, LEAST_EVENT_MS)
}

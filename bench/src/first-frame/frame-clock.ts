import type { Page } from 'playwright-core'

/** When what a viewer did was answered by a picture. */
export interface FirstFrame {
  /** From the click or key to the first frame that was shown at or after the place. */
  readonly ms: number
  /** What happened on the way, in milliseconds from the click or key. */
  readonly steps: readonly (readonly [name: string, atMs: number])[]
}

declare global {
  var frameClock: {
    inputs: { kind: string; atMs: number }[]
    events: { kind: string; atMs: number; seconds: number }[]
    frames: { atMs: number; seconds: number }[]
  }
}

/** Nobody waits longer. */
const PATIENCE_MS = 60_000
const EVENTS = ['loadstart', 'loadedmetadata', 'loadeddata', 'canplay', 'seeking', 'seeked']

/** Puts a clock into every document of a page, for what is pressed and for what a `<video>` shows. */
export async function putFrameClock(page: Page): Promise<void> {
  await page.addInitScript((events) => {
    const clock: typeof frameClock = { inputs: [], events: [], frames: [] }
    globalThis.frameClock = clock
    for (const kind of ['pointerup', 'keydown'])
      addEventListener(kind, ({ timeStamp }) => clock.inputs.push({ kind, atMs: timeStamp }), true)
    const watched = new WeakSet<HTMLVideoElement>()
    const onEvent = ({ type: kind, target }: Event): void => {
      if (!(target instanceof HTMLVideoElement)) return
      clock.events.push({ kind, atMs: performance.now(), seconds: target.currentTime })
      if (watched.has(target)) return
      watched.add(target)
      const onFrame = (_: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
        clock.frames.push({ atMs: performance.now(), seconds: mediaTime })
        target.requestVideoFrameCallback(onFrame)
      }
      target.requestVideoFrameCallback(onFrame)
    }
    for (const kind of events) addEventListener(kind, onEvent, true)
  }, EVENTS)
}

/** Does something that begins a film or seeks in it, and waits for its picture. */
export async function firstFrame(
  page: Page,
  what: 'play' | 'seek',
  act: () => Promise<unknown>,
): Promise<FirstFrame> {
  const sinceMs = await page.evaluate(() => performance.now())
  await act()
  const found = await page.waitForFunction(
    ({ since, isSeek }) => {
      const { inputs, events, frames } = globalThis.frameClock
      const input = inputs.findLast(({ atMs }) => atMs >= since)
      if (input === undefined) return null
      const after = events.filter(({ atMs }) => atMs >= input.atMs)
      const seconds = isSeek ? after.find(({ kind }) => kind === 'seeking')?.seconds : 0
      if (seconds === undefined) return null
      // The frame that is shown at a place began up to a frame before it.
      const frame = frames.find(
        (each) =>
          each.atMs > input.atMs && each.seconds > seconds - 0.05 && each.seconds < seconds + 5,
      )
      if (frame === undefined) return null
      const steps: [string, number][] = after
        .filter(({ atMs }) => atMs <= frame.atMs)
        .map(({ kind, atMs }) => [kind, atMs - input.atMs])
      for (const each of performance.getEntriesByType('resource'))
        if (each instanceof PerformanceResourceTiming && each.startTime > input.atMs) {
          const name = new URL(each.name).pathname.replace(/^.*\/(?=[^/]+\/[^/]+$)/u, '')
          steps.push([`${name} asked`, each.startTime - input.atMs])
          steps.push([`${name} answered`, each.responseEnd - input.atMs])
        }
      return { ms: frame.atMs - input.atMs, steps }
    },
    { since: sinceMs, isSeek: what === 'seek' },
    { timeout: PATIENCE_MS, polling: 50 },
  )
  const answer = await found.jsonValue()
  if (answer === null) throw new Error('bug: waited for, and not there')
  return { ...answer, steps: answer.steps.toSorted(([, a], [, b]) => a - b) }
}

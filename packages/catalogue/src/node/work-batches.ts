import type { FeedInput } from './feed-input.ts'
import type { LoadBatch } from './loader-worker.ts'

/** Works in one message to another thread: a millisecond of this one's time. */
const BATCH_WORKS = 32

/** Sends works in batches, two on their way at a time, and waits for the last. */
export async function sendWorks(
  works: FeedInput['works'],
  add: (batch: LoadBatch) => Promise<void>,
): Promise<void> {
  let before: Promise<void> = Promise.resolve()
  let batch: LoadBatch[number][] = []
  const send = async (): Promise<void> => {
    const sent = add(batch)
    batch = []
    // Its failure is met by whoever waits for it.
    sent.catch(() => null)
    const previous = before
    before = sent
    await previous
  }
  for await (const work of works) {
    const { state, added } = work.entry
    batch.push({ record: work.json ?? JSON.stringify(work.record), entry: { state, added } })
    if (batch.length === BATCH_WORKS) await send()
  }
  await send()
  await before
}

import { LIMITS, intersect, type ByteSpan } from '@matinee/base'

/** Bytes on their way into a file. */
export interface QueuedWrite {
  /** In the file. */
  readonly span: ByteSpan
  readonly bytes: Uint8Array
  /** Tells the writer that the bytes are in the file, or why not. Called once. */
  settle(error: unknown): void
}

/** What waits for one file, and what is being written now. The later of two overlapping writes wins. */
export class WriteQueue {
  #waiting: QueuedWrite[] = []
  #writing: readonly QueuedWrite[] = []

  push(write: QueuedWrite): void {
    this.#waiting.push(write)
  }

  /** Takes all that waits. It still counts as pending, each until {@link finish}. */
  start(): readonly QueuedWrite[] {
    this.#writing = this.#waiting
    this.#waiting = []
    return this.#writing
  }

  /** These have been settled. */
  finish(writes: readonly QueuedWrite[]): void {
    const finished = new Set(writes)
    this.#writing = this.#writing.filter((write) => !finished.has(write))
  }

  /** Everything that may not be in the file yet, in the order in which it was asked for. */
  pending(): readonly QueuedWrite[] {
    return [...this.#writing, ...this.#waiting]
  }

  /** Copies what is pending of a span into `into`, and returns what isn't, in order. */
  overlay(span: ByteSpan, into: Uint8Array): readonly ByteSpan[] {
    let gaps: readonly ByteSpan[] = [span]
    for (const writes of [this.#writing, this.#waiting])
      for (const write of writes) {
        // Said first, because a reader passes hundreds of writes that are elsewhere.
        if (write.span.start >= span.end || span.start >= write.span.end) continue
        gaps = overlayOne(write, gaps, span.start, into)
      }
    return gaps
  }
}

/**
 * Orders a batch into runs of neighbours, each to be written at once, from the lowest position up.
 * Overlapping writes keep their order instead, one by one.
 */
export function toRuns(batch: readonly QueuedWrite[]): readonly (readonly QueuedWrite[])[] {
  const sorted = batch.toSorted((a, b) => a.span.start - b.span.start)
  const runs: QueuedWrite[][] = []
  let run: QueuedWrite[] = []
  let runStart = 0
  let end = -1
  for (const write of sorted) {
    if (write.span.start < end) return batch.map((single) => [single])
    if (write.span.start !== end || write.span.end - runStart > LIMITS.writeRunBytes) {
      run = []
      runs.push(run)
      runStart = write.span.start
    }
    run.push(write)
    end = write.span.end
  }
  return runs
}

/** Copies one write into `into`, which begins at `start`; returns what it leaves of the gaps. */
function overlayOne(
  write: QueuedWrite,
  gaps: readonly ByteSpan[],
  start: number,
  into: Uint8Array,
): readonly ByteSpan[] {
  const shared = intersect(write.span, { start, end: start + into.length })
  if (shared === null) return gaps
  const from = shared.start - write.span.start
  into.set(write.bytes.subarray(from, from + shared.end - shared.start), shared.start - start)
  return gaps.flatMap((gap) => without(gap, shared))
}

function without(gap: ByteSpan, taken: ByteSpan): ByteSpan[] {
  return [
    { start: gap.start, end: Math.min(gap.end, taken.start) },
    { start: Math.max(gap.start, taken.end), end: gap.end },
  ].filter(({ start, end }) => start < end)
}

import type { ByteSpan } from '@matinee/base'
import { planWarm } from './warm-plan.ts'
import { WarmReader, type WarmSource } from './warm-reader.ts'

/** The torrent that is got ready. */
export interface WarmHost extends WarmSource {
  /** Resolves when something was verified since the call, rejects when the torrent fails or the signal aborts. */
  nextChange(signal: AbortSignal): Promise<void>
  /** A reader has gone, or needs something new. */
  demandChanged(kind: 'closed' | 'moved'): void
}

/** The open readers of a torrent, as far as a warm one comes and goes. */
interface ReaderSet {
  add(reader: WarmReader): unknown
  delete(reader: WarmReader): boolean
}

/**
 * Fetches spans (bytes of the torrent) within a budget, and reads nothing. Resolves when what fits is
 * here. Throws the signal's reason, or what ended the torrent.
 */
export async function warmUp(
  host: WarmHost,
  open: ReaderSet,
  order: { readonly spans: readonly ByteSpan[]; readonly budgetBytes: number },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const parts = planWarm(order.spans, order.budgetBytes, (span) => host.toFetch(span))
  const readers = parts.map((part) => new WarmReader(host, part))
  for (const reader of readers) open.add(reader)
  // NOTE: not "opened", which would allow second copies beyond the budget.
  host.demandChanged('moved')
  const leave = (): void => {
    const gone = readers.filter((reader) => open.delete(reader))
    if (gone.length > 0) host.demandChanged('closed')
  }
  signal.addEventListener('abort', leave, { once: true })
  try {
    while (!readers.every((reader) => reader.isDone)) await host.nextChange(signal)
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

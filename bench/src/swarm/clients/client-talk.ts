import { flushCompileCache } from 'node:module'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { FilmPlayer, type OpenRange, type PlayOrder, type PlayResult } from '../film-player.ts'

/** What a client's process is told on its command line, as JSON. */
export interface ClientOrder extends PlayOrder {
  readonly torrentPath: string
  readonly trackerUrl: string
  /** An empty folder for what it downloads. */
  readonly folder: string
}

/** What it says, a line of JSON each. */
export type ClientNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'seek'; readonly start: number }
  | { readonly kind: 'result'; readonly result: PlayResult }

/** The order of this process. */
export function clientOrder(): ClientOrder {
  return JSON.parse(process.argv[2] ?? '') as ClientOrder
}

/**
 * Runs a client's process: says when it's ready, plays at the first line it reads, says what came of it,
 * and ends when there is no more to read. `start` adds the torrent, and resolves when ranges may be opened.
 */
export async function runClient(
  order: PlayOrder,
  start: () => Promise<(from: number) => OpenRange | Promise<OpenRange>>,
): Promise<void> {
  process.stdin.on('end', () => process.exit())
  const go = new Promise((resolve) => process.stdin.once('data', resolve))
  say({ kind: 'ready' })
  await go
  let startMs = performance.now()
  const open = await start()
  if (order.warmSeconds > 0) {
    await sleep(1000 * order.warmSeconds)
    startMs = performance.now()
  }
  const player = new FilmPlayer(order, {
    open,
    onSeek: (from) => say({ kind: 'seek', start: from }),
  })
  const result = await player.run(startMs)
  // What was compiled is kept for the next start, as the product's is; this process is killed, so it's said here.
  flushCompileCache()
  say({ kind: 'result', result })
}

function say(news: ClientNews): void {
  process.stdout.write(`${JSON.stringify(news)}\n`)
}

import { MINUTE_MS, type Clock } from '@matinee/base'
import type { Torrent } from '@matinee/engine'
import type { TorrentDesk } from '../streams/torrent-desk.ts'
import type { KeptTorrent } from './kept-torrent.ts'
import { uploadShares } from './upload-shares.ts'

/** How often trackers are asked who else has what was adopted. */
const ASK_OTHERS_MS = 30 * MINUTE_MS

/** So few others, and what was adopted comes before everything that doesn't play. */
export const FEW_OTHERS = 3

/** Lets what was adopted come first while few others have it. */
export class Adoptions {
  readonly #torrents: Pick<TorrentDesk, 'seedersOf' | 'uploadLimit'>
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #asked = new WeakMap<KeptTorrent, number>()

  /** @param signal ends all questions */
  constructor(
    torrents: Pick<TorrentDesk, 'seedersOf' | 'uploadLimit'>,
    clock: Clock,
    signal: AbortSignal,
  ) {
    this.#torrents = torrents
    this.#clock = clock
    this.#signal = signal
  }

  /** Divides what may be passed on among all torrents anew. */
  share(torrents: readonly Torrent[], adopted: readonly KeptTorrent[]): void {
    const preferred = new Set<Torrent>()
    for (const each of adopted) {
      const { torrent, others } = each
      if (torrent === null) continue
      this.#askOthers(each, torrent)
      // Nobody tells? It may be anywhere between well kept and lost.
      if (others === null || others <= FEW_OTHERS) preferred.add(torrent)
    }
    for (const torrent of torrents) torrent.prefer(preferred.has(torrent))
    const giving = torrents.map((torrent) => ({
      isPreferred: preferred.has(torrent),
      isWanted: torrent.status().uploadBytesPerSecond > 0,
    }))
    for (const [at, share] of uploadShares(giving, this.#torrents.uploadLimit).entries())
      torrents[at]?.limitUpload(share)
  }

  #askOthers(adopted: KeptTorrent, torrent: Torrent): void {
    const nowMs = this.#clock.nowMs()
    if (nowMs - (this.#asked.get(adopted) ?? Number.NEGATIVE_INFINITY) < ASK_OTHERS_MS) return
    this.#asked.set(adopted, nowMs)
    this.#torrents.seedersOf(torrent, this.#signal).then(
      (seeders) => {
        // We are one of them.
        const own = torrent.counters.left === 0 ? 1 : 0
        adopted.others = seeders === null ? null : Math.max(0, seeders - own)
      },
      // It's asked again, or nobody asks any more.
      () => undefined,
    )
  }
}

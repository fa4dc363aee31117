import type { StreamStatistics } from '#api'
import type { Release } from '@matinee/catalogue'
import type { Torrent } from '@matinee/engine'

const MOST_LINES = 50

/** What the statistics overlay shows of a torrent. */
export function streamStatistics(torrent: Torrent | null, release: Release): StreamStatistics {
  const { infoHashes } = release
  const status = torrent?.status()
  return {
    infoHash: ('v2' in infoHashes ? infoHashes.v2 : infoHashes.v1) ?? '',
    // The engine names web seeds one by one; of people it only says how many there are.
    peers: (status?.webSeeds ?? []).slice(0, MOST_LINES).map(({ url, state, isSending }) => ({
      kind: 'web-seed' as const,
      address: URL.parse(url)?.host ?? '',
      client: null,
      downBytesPerSecond: 0,
      upBytesPerSecond: 0,
      have: 1,
      state: isSending
        ? ('sending' as const)
        : state.kind === 'ready'
          ? ('idle' as const)
          : ('waiting' as const),
    })),
    trackers: (status?.trackers ?? []).map(({ url, state }) => ({
      host: URL.parse(url)?.host ?? '',
      state: state.kind,
      people: state.kind === 'answered' ? state.peers : null,
    })),
    pieceLength:
      status === undefined || status.pieceCount === 0
        ? 0
        : Math.ceil(status.bytes.total / status.pieceCount),
    pieceCount: status?.pieceCount ?? 0,
    piecesHad: status?.havePieces ?? 0,
    wastedBytes: status?.bytes.wasted ?? 0,
  }
}

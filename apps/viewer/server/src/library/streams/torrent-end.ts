import type { Torrent } from '@matinee/engine'

/** Whether a torrent will never do anything again. */
export function hasEnded(torrent: Torrent | null): boolean {
  const kind = torrent?.status().phase.kind
  return kind === 'failed' || kind === 'stopped'
}

/** Nobody is there and nobody is being asked: beginning anew asks everybody at once instead of at their time. */
export function isLost(torrent: Torrent | null): boolean {
  const status = torrent?.status()
  if (status === undefined || status.peers.connected > 0) return false
  if (status.phase.kind !== 'live' && status.phase.kind !== 'finding-metadata') return false
  if (status.pieceCount > 0 && status.havePieces === status.pieceCount) return false
  if (status.webSeeds.some(({ state }) => state.kind === 'ready')) return false
  if (status.searches.some(({ kind }) => kind === 'searching')) return false
  // Trackers of later tiers wait for their turn; where none has been asked, it has only just begun.
  const kinds = status.trackers.map(({ state }) => state.kind)
  return (
    !kinds.includes('asking') && (kinds.length === 0 || kinds.some((kind) => kind !== 'waiting'))
  )
}

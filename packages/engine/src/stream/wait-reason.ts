import type { TrackerState } from '../discovery/announcer.ts'
import type { DhtSearchState } from '../discovery/dht-announcer.ts'

/** Why nothing more comes at this moment, as far as we can tell; the nearest cause first. */
export type WaitReason =
  /** Nobody is known yet, and so many trackers, or the DHT, may still name somebody. */
  | { readonly kind: 'asking-trackers'; readonly asked: number }
  /** None of these trackers answers, nor any node of the DHT, and nobody is known from elsewhere. */
  | { readonly kind: 'no-tracker'; readonly asked: number }
  /** Trackers or nodes of the DHT answer, and know nobody. */
  | { readonly kind: 'nobody' }
  /** Addresses are known, and not all of them have been tried. */
  | { readonly kind: 'connecting'; readonly known: number }
  /** Addresses are known, and none of them could be reached so far; they are tried again. */
  | { readonly kind: 'unreachable'; readonly known: number }
  /** So many connected peers are asked for the description of the torrent (BEP 9). */
  | { readonly kind: 'metadata'; readonly peers: number }
  /** What is on the disk is compared with its hashes. */
  | { readonly kind: 'checking' }
  /** Nobody who is connected has what is needed. */
  | { readonly kind: 'part-missing'; readonly connected: number }
  /** They have it, and don't let us ask yet. */
  | { readonly kind: 'choked'; readonly connected: number }
  /** It is on its way from so many sources. */
  | { readonly kind: 'arriving'; readonly sources: number }

/** What is looked at. */
export interface WaitFacts {
  readonly phase: 'finding-metadata' | 'checking' | 'live' | 'over'
  /** A reader waits for bytes; before the metadata is here somebody always does. */
  readonly isWaiting: boolean
  readonly trackers: readonly TrackerState[]
  /** Searches in the DHT. */
  readonly searches: readonly DhtSearchState[]
  readonly known: number
  /** Of the known ones, those that never failed. */
  readonly untried: number
  readonly connected: number
  /** Connected peers that have the piece that is needed. */
  readonly having: number
  /** Of these, peers that let us ask. */
  readonly willing: number
  /** Web seeds that can be asked for it. */
  readonly webSeeds: number
}

/** The reason, or `null` when nobody waits. A decision over values. */
export function waitReason(facts: WaitFacts): WaitReason | null {
  const { phase, connected, having, willing, webSeeds } = facts
  if (phase === 'over') return null
  if (phase === 'checking') return { kind: 'checking' }
  if (phase === 'live' && !facts.isWaiting) return null
  const sources = willing + webSeeds
  if (phase === 'live' && sources > 0) return { kind: 'arriving', sources }
  if (connected === 0) return searching(facts)
  if (phase === 'finding-metadata') return { kind: 'metadata', peers: connected }
  if (having > 0) return { kind: 'choked', connected: having }
  return { kind: 'part-missing', connected }
}

/** Nobody is connected. */
function searching({ known, untried, trackers, searches }: WaitFacts): WaitReason {
  if (untried > 0) return { kind: 'connecting', known }
  const asked = trackers.length
  const isAsking = trackers.some(({ kind }) => kind === 'waiting' || kind === 'asking')
  const isSearching = searches.some(({ kind }) => kind === 'waiting' || kind === 'searching')
  if (isAsking || isSearching) return { kind: 'asking-trackers', asked }
  if (known > 0) return { kind: 'unreachable', known }
  const isAnswered =
    trackers.some(({ kind }) => kind === 'answered') ||
    searches.some(({ kind }) => kind === 'searched')
  return isAnswered ? { kind: 'nobody' } : { kind: 'no-tracker', asked }
}

import type { SocketAddress } from '@matinee/base'
import type { BlockFields } from '@matinee/protocol'

/** How a seed answers hash requests (BEP 52). `unsolicited`: honest, and sends hashes nobody asked for. */
export type HashManner =
  | 'honest'
  | 'wrong-hashes'
  | 'wrong-proof'
  | 'wrong-length'
  | 'rejects'
  | 'silent'
  | 'unsolicited'

/** How a seed answers metadata requests (BEP 9). `changing-size`: every piece tells another total. */
export type MetadataManner =
  | 'honest'
  | 'wrong-bytes'
  | 'wrong-size'
  | 'changing-size'
  | 'huge-size'
  | 'rejects'
  | 'silent'

/** What a simulated seed does otherwise than an honest one; everything is honest by default and combines. */
export interface SeedBehaviour {
  /** Of blocks, over all its connections. */
  readonly bytesPerSecond?: number
  /** Between a request and its answer. */
  readonly delayMs?: number
  /** Requests: served, taken and never answered, or rejected one and all. */
  readonly answers?: 'serves' | 'never' | 'rejects'
  /** False: never unchokes anybody. */
  readonly unchokes?: boolean
  /** Which blocks are sent with a flipped bit. */
  readonly corrupts?: (block: BlockFields) => boolean
  /** Which pieces it has. A fraction spreads them evenly over the torrent. */
  readonly has?: 'all' | { readonly fraction: number } | { readonly pieces: readonly number[] }
  /** Says that it has everything, whatever `has` says. */
  readonly claimsAll?: boolean
  readonly hashes?: HashManner
  readonly metadata?: MetadataManner
  /** Features it lacks. */
  readonly lacks?: readonly ('fast' | 'extension' | 'v2')[]
  /** Answers a v1 handshake of a hybrid torrent with the v2 hash (BEP 52, upgrade). Default true. */
  readonly upgrades?: boolean
  /** Peers it recommends once by ut_pex. */
  readonly recommends?: readonly SocketAddress[]
  /** Sends nothing at all after the connection stands, not even a handshake. */
  readonly isMute?: boolean
  /** Closes a connection after it has served so many blocks there. */
  readonly closesAfterBlocks?: number
}

/** Behaviours by name. They are plain values: `{ ...SEEDS.late(500), ...SEEDS.partial(0.5) }`. */
export const SEEDS = {
  honest: {},
  slow: (bytesPerSecond: number): SeedBehaviour => ({ bytesPerSecond }),
  silent: { answers: 'never' },
  choking: { unchokes: false },
  late: (delayMs: number): SeedBehaviour => ({ delayMs }),
  /** Has nothing, says it has everything, and rejects or ignores what is asked. */
  lying: (answers: 'never' | 'rejects'): SeedBehaviour => ({
    answers,
    claimsAll: true,
    has: { pieces: [] },
  }),
  corruptingPieces: (...pieces: readonly number[]): SeedBehaviour => ({
    corrupts: ({ piece }) => pieces.includes(piece),
  }),
  /** Counts blocks as they are served; the nth is the first bad one. */
  corruptingEvery: (n: number): SeedBehaviour => {
    let count = 0
    return { corrupts: () => ++count % n === 0 }
  },
  partial: (fraction: number): SeedBehaviour => ({ has: { fraction } }),
  hashLying: (hashes: HashManner): SeedBehaviour => ({ hashes }),
  metadataLying: (metadata: MetadataManner): SeedBehaviour => ({ metadata }),
  mute: { isMute: true },
} as const

/** Whether a seed of this behaviour really has a piece. */
export function hasPiece(behaviour: SeedBehaviour, piece: number): boolean {
  const has = behaviour.has ?? 'all'
  if (has === 'all') return true
  if ('pieces' in has) return has.pieces.includes(piece)
  // Evenly spread: piece i is had when the whole part of i × fraction grows with it.
  return Math.floor((piece + 1) * has.fraction) > Math.floor(piece * has.fraction)
}

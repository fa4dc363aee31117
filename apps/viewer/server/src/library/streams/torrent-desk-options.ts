import type { Clock, Disk, Hash, Log, Network, Random, SocketAddress } from '@matinee/base'
import type { HeadPack, Release } from '@matinee/catalogue'
import type { AddOptions, VerifySignature } from '@matinee/engine'
import type { Metainfo } from '@matinee/protocol'
import type { Sharing } from '#api'

/** A torrent that our own code gives out: the test reel, whose peers are on this computer, or what lies on a stick. */
export interface OwnTorrent {
  readonly metainfo: Metainfo
  /** Asked at each opening, so that what ended can begin again. */
  readonly startingPoints: () => Promise<
    Pick<AddOptions, 'peers' | 'trackers' | 'trackersFrom' | 'filesFrom' | 'dht'>
  >
}

/** What opening torrents needs of the world. */
export interface TorrentDeskOptions {
  /** Asked when the engine opens. */
  readonly network: () => Promise<Network>
  readonly disk: Disk
  readonly hash: Hash
  readonly verify: VerifySignature
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Absolute; where films are kept. */
  readonly mediaFolder: string
  /** Asked at each opening. */
  readonly sharing: () => Sharing
  /** Whether the DHT may be asked who has a film. Asked when the engine opens. */
  readonly dht: () => boolean
  /** `host:port` of nodes that show into the DHT. Default: the public ones. */
  readonly dhtEntrances?: readonly string[]
  /** Asked at each opening. */
  readonly diskBudgetBytes: () => number
  /** Of all torrents together; null = no limit. Asked when the engine opens. */
  readonly uploadBytesPerSecond: () => number | null
  /** Whether what was played is passed on when it isn't. Asked whenever somebody stops to play. */
  readonly givesBack: () => boolean
  /** Whether the viewer keeps a torrent, by the name of its folder: nothing of it is ever deleted to make room. */
  readonly isKept: (torrent: string) => boolean
  /** Whether a newer version of the program comes by a torrent, by the name of its folder. */
  readonly isUpdate: (torrent: string) => boolean
  /** Whether the viewer keeps a release that is here whole and isn't given out. */
  readonly playsAlone: (release: Release) => boolean
  /** Told of every block that was sent to somebody. */
  readonly onGiven: (to: SocketAddress, bytes: number) => void
  /** Told of everybody who dialed us about a torrent of ours. */
  readonly onReached: (by: SocketAddress) => void
  readonly ownTorrents: readonly OwnTorrent[]
  /** What a feed's copy or its sources have of a release before its first byte (feed-format 12.8); `null` = nothing. */
  readonly headPack: (
    feedId: string,
    release: Release,
    signal: AbortSignal,
  ) => Promise<HeadPack | null>
  /** Whether a feed's word about this computer counts: only that of testers'. */
  readonly isLocalFeed: (feedId: string) => boolean
}

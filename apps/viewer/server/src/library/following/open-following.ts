import { GIB, type Clock, type Hash, type Log, type Network, type Random } from '@matinee/base'
import { followedFeedId, type FeedId, type Standing } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import type { Engine } from '@matinee/engine'
import type { AskedCatalogue } from '../limited-catalogue.ts'
import { ChosenLists } from '../lists/chosen-lists.ts'
import { ListCounter } from '../lists/list-counter.ts'
import { ListDesk } from '../lists/list-desk.ts'
import type { FollowedCatalogue } from './catalogue-loads.ts'
import { CopyKeeper } from './copy-keeper.ts'
import type { FeedAddress } from './feed-address.ts'
import { FeedCounter } from './feed-counter.ts'
import type { FeedSource } from './feed-source.ts'
import { FeedSwarm } from './feed-swarm.ts'
import { FolderSource } from './folder-source.ts'
import { FollowedWorks } from './followed-works.ts'
import type { FollowingWorld } from './followed-feed.ts'
import { FollowingDesk } from './following-desk.ts'
import type { FollowingFile } from './following-file.ts'
import { SwarmSource } from './swarm-source.ts'
import { WebSource } from './web-source.ts'
import type { JudgedWork } from './work-safety.ts'

/** A viewer's copy of one feed, pictures and all; what is larger is fetched as it's needed. */
const LARGEST_COPY_BYTES = 2 * GIB

/** What following needs of the world. */
export interface FollowingOptions {
  /** Absolute. */
  readonly dataFolder: string
  readonly file: FollowingFile
  readonly store: FollowedCatalogue & Pick<AskedCatalogue, 'works' | 'sameWorks' | 'revision'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly network: () => Promise<Network>
  readonly hash: Hash
  /** Absolute; where the engine keeps what it fetches. */
  readonly mediaFolder: string
  /** Of one feed's copy; default 2 GiB. What is larger is followed, and not given out. */
  readonly largestCopyBytes?: number
  /** Null = the viewer wants no swarm. */
  readonly engine: () => Promise<Engine | null>
  /** Told when a decision came, was lifted, or begins or ceases to act. */
  readonly onSafety: (standingOf: (work: JudgedWork) => Standing) => Promise<void>
  /** Who publishes a bundled feed. */
  readonly operatorOf: (feedId: FeedId) => Promise<string>
}

/** What follows, and what pages ask. */
export interface OpenFollowing extends AsyncDisposable {
  readonly desk: FollowingDesk
  readonly lists: ListDesk
  /** The followed lists, as lists of a catalogue. */
  readonly chosen: ChosenLists
  readonly counter: FeedCounter
  readonly works: FollowedWorks
}

/** Opens what is followed, over HTTP, folders and the swarm. Nothing is asked for before the desk starts. */
export async function openFollowing(options: FollowingOptions): Promise<OpenFollowing> {
  const { clock, log, network } = options
  const crypto = systemFeedCrypto()
  const swarm = new FeedSwarm({
    engine: options.engine,
    crypto,
    log,
    mediaFolder: options.mediaFolder,
  })
  const openSource = (address: FeedAddress, isOwn: boolean): FeedSource => {
    switch (address.kind) {
      case 'folder':
        return new FolderSource(address.folder)
      case 'https': {
        // What a feed names is a stranger's word: no address of this computer or its network.
        const learnedFrom = isOwn ? 'user' : 'metainfo'
        const http = async (): Promise<Network['http']> => (await network()).http
        return new WebSource(address.url, learnedFrom, http, clock)
      }
      case 'swarm':
        return new SwarmSource(address, swarm, clock)
    }
  }
  const world: FollowingWorld = { clock, log, crypto, openSource, hasSwarm: true }
  const keeper = new CopyKeeper({
    swarm,
    clock,
    random: options.random,
    log,
    hash: options.hash,
    crypto,
    largestCopyBytes: options.largestCopyBytes ?? LARGEST_COPY_BYTES,
  })
  const desk = await FollowingDesk.open({ ...options, world, keeper })
  const lists = await ListDesk.open({ ...options, world })
  const chosen = new ChosenLists(lists, desk)
  const listCounter = new ListCounter(lists, chosen, options.store, world)
  const counter = new FeedCounter(desk, options.store, world, listCounter, options.operatorOf)
  const works = new FollowedWorks(desk, crypto)
  const close = async (): Promise<void> => {
    await lists[Symbol.asyncDispose]()
    await desk[Symbol.asyncDispose]()
    await keeper[Symbol.asyncDispose]()
  }
  return { desk, lists, chosen, counter, works, [Symbol.asyncDispose]: close }
}

/** Whether the catalogue has a feed because the viewer follows it. */
export function isFollowedId({ current }: FollowingFile, feedId: FeedId): boolean {
  return current.feeds.some(({ fingerprint }) => followedFeedId(fingerprint) === feedId)
}

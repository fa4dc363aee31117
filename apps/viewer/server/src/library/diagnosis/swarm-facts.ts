import { FOUND_BY, MOST_NAMED_SERVERS, type FoundBy, type SwarmFacts } from '#api'
import type { LearnedFrom } from '@matinee/base'
import type { DhtStatus, TorrentStatus } from '@matinee/engine'

/** What the engine says of one torrent. */
export interface TorrentFacts {
  readonly status: Pick<TorrentStatus, 'peers' | 'trackers' | 'webSeeds'>
  /** Who named each address that is known. */
  readonly learnedFrom: readonly LearnedFrom[]
}

/** What the ways to other people are told from. */
export interface SwarmState {
  readonly sharing: SwarmFacts['sharing']
  readonly port: number | null
  readonly reached: SwarmFacts['reached']
  readonly torrents: readonly TorrentFacts[]
  /** Whether the viewer lets the DHT be asked. */
  readonly usesDht: boolean
  /** Null = it isn't open. */
  readonly dht: DhtStatus | null
}

type TrackerFacts = SwarmFacts['trackers'][number]
type WebSeedFacts = SwarmFacts['webSeeds'][number]

/** One that answered for any film answers; one that failed for all of them fails. */
const TRACKER_RANK: Readonly<Record<TrackerFacts['state'], number>> = {
  answered: 2,
  failed: 1,
  waiting: 0,
}
/** What gave a wrong byte once is named for it. */
const WEB_SEED_RANK: Readonly<Record<WebSeedFacts['state'], number>> = {
  banned: 2,
  resting: 1,
  ready: 0,
}

/** Adds up what the torrents say. Servers are named by host alone: their addresses may hold keys. */
export function swarmFacts(state: SwarmState): SwarmFacts {
  const { sharing, port, reached, torrents, usesDht, dht } = state
  const sum = (of: (facts: TorrentFacts) => number): number =>
    torrents.reduce((total, facts) => total + of(facts), 0)
  return {
    sharing,
    port,
    reached,
    torrents: torrents.length,
    people: {
      connected: sum(({ status }) => status.peers.connected),
      known: sum(({ status }) => status.peers.known),
      foundBy: foundBy(torrents.flatMap(({ learnedFrom }) => learnedFrom)),
    },
    dht: {
      state: !usesDht || sharing === 'web-only' ? 'off' : dht === null ? 'resting' : 'open',
      nodes: (dht?.families ?? []).reduce((total, { nodes }) => total + nodes, 0),
      seenAs: dht?.families.find(({ seenAs }) => seenAs !== null)?.seenAs ?? null,
    },
    trackers: byHost(
      torrents.flatMap(({ status }) =>
        status.trackers.map(({ url, state: { kind } }) => ({
          host: hostOf(url),
          state: kind === 'asking' ? ('waiting' as const) : kind,
        })),
      ),
      TRACKER_RANK,
    ),
    webSeeds: byHost(
      torrents.flatMap(({ status }) =>
        status.webSeeds.map(({ url, state: { kind } }) => ({ host: hostOf(url), state: kind })),
      ),
      WEB_SEED_RANK,
    ),
  }
}

function foundBy(all: readonly LearnedFrom[]): SwarmFacts['people']['foundBy'] {
  const ways = all.map(wayOf)
  return FOUND_BY.flatMap((way) => {
    const count = ways.filter((each) => each === way).length
    return count === 0 ? [] : [{ way, count }]
  })
}

function wayOf(learnedFrom: LearnedFrom): FoundBy {
  switch (learnedFrom) {
    case 'user':
      return 'own'
    case 'metainfo':
    case 'magnet':
    case 'redirect':
      return 'else'
    case 'own':
    case 'lan':
    case 'incoming':
    case 'tracker':
    case 'pex':
    case 'dht':
    case 'remembered':
      return learnedFrom
  }
}

/** Each host once, in the order they came, with what ranks highest. */
function byHost<State extends string>(
  all: readonly { readonly host: string; readonly state: State }[],
  rank: Readonly<Record<State, number>>,
): { host: string; state: State }[] {
  const states = new Map<string, State>()
  for (const { host, state } of all) {
    const before = states.get(host)
    if (before === undefined || rank[state] > rank[before]) states.set(host, state)
  }
  return [...states].slice(0, MOST_NAMED_SERVERS).map(([host, state]) => ({ host, state }))
}

/** The host of an address without port, path or key. */
function hostOf(url: string): string {
  const { hostname } = URL.parse(url) ?? { hostname: '' }
  return hostname === '' ? '?' : hostname
}

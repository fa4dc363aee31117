// More lines than usual: the one place where searches, both families' nodes, and what is kept of them meet.
import {
  LIMITS,
  MINUTE_MS,
  SECOND_MS,
  assert,
  messageOf,
  untilAborted,
  type Clock,
  type Disk,
  type Hash,
  type LearnedFrom,
  type Log,
  type Network,
  type Random,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import {
  NODE_ID_BYTES,
  checkItem,
  itemTarget,
  mutableTarget,
  type AddressFamily,
  type DhtAnswer,
  type DhtContact,
  type DhtItem,
  type DhtQuery,
} from '@matinee/protocol'
import type { Dht, DhtItemName, DhtSearchEnd, DhtStatus } from './dht.ts'
import { DhtFile, type RememberedDht } from './dht-file.ts'
import { DhtNode } from './dht-node.ts'
import { Entrances } from './entrances.ts'
import { isSignedItem, type VerifySignature } from './item-shelf.ts'
import { CLOSEST_NODES, Lookup, type LookupNode } from './lookup.ts'
import { Responder } from './responder.ts'
import { runLookup } from './run-lookup.ts'

const TICK_MS = 5 * SECOND_MS
const EXPIRE_EVERY_MS = 1 * MINUTE_MS
const SAVE_EVERY_MS = 5 * MINUTE_MS
/** BEP 5: neighbours are looked for anew; sooner when there are few, with longer and longer waits. */
const JOIN_EVERY_MS = 15 * MINUTE_MS
const FIRST_REJOIN_MS = 15 * SECOND_MS
/** Known nodes that a search begins with. */
const FIRST_ASKED = 16

/** What a DHT is opened with. */
export interface MainlineOptions {
  readonly network: Network
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly hash: Hash
  readonly log: Log
  readonly verify: VerifySignature
  /** Where nodes are kept over a restart. */
  readonly folder: string
  /** Where it listens; of `0.0.0.0` IPv6 is opened too. Port 0 = any. */
  readonly at: SocketAddress
  /** `host:port` of nodes to begin with when nobody is remembered. */
  readonly bootstrap: readonly string[]
  /** BEP 43. Default false. */
  readonly isReadOnly?: boolean
}

/** Whose items are never too many of one network's. */
const OURSELVES: SocketAddress = { host: '127.0.0.1', port: 0 }

/** The mainline DHT (BEP 5, 32, 42, 43, 44) of IPv4 and IPv6. Opens its sockets at once. */
export class MainlineDht implements Dht {
  readonly #options: MainlineOptions
  readonly #nodes = new Map<AddressFamily, DhtNode>()
  readonly #file: DhtFile
  readonly #remembered = new Map<AddressFamily, readonly DhtContact[]>()
  readonly #responder: Responder
  readonly #entrances: Entrances
  /** Items that we put. */
  readonly #ours = new WeakSet<DhtItem>()
  readonly #closing = new AbortController()
  readonly #opened: Promise<void>
  #timer: Timer | null = null
  #expiredMs = 0
  #savedMs: number
  #joinMs = 0
  #rejoinMs = FIRST_REJOIN_MS

  constructor(options: MainlineOptions) {
    const { clock, random, hash, verify, network, log } = options
    this.#options = options
    this.#savedMs = clock.nowMs()
    this.#responder = new Responder({
      hash,
      random,
      verify,
      table: (family) => this.#nodes.get(family)?.table ?? null,
    })
    this.#entrances = new Entrances({
      names: options.bootstrap,
      resolver: network.resolver,
      clock,
      log,
    })
    this.#file = new DhtFile(options)
    this.#opened = this.#open()
  }

  get port(): number | null {
    return this.#nodes.get('ipv4')?.port ?? null
  }

  async findPeers(
    infoHash: Uint8Array,
    options: {
      readonly announcePort: number | null
      readonly onPeers: (peers: readonly SocketAddress[]) => void
      readonly signal: AbortSignal
    },
  ): Promise<DhtSearchEnd> {
    assert(infoHash.length === NODE_ID_BYTES, 'the DHT knows info-hashes of 20 bytes')
    const { announcePort, onPeers, signal } = options
    // We may be one of the nearest nodes ourselves: nobody else tells what was announced to us.
    const own = this.#responder.peers.of(infoHash, LIMITS.dhtPeers, this.#options.clock.nowMs())
    if (own.length > 0) onPeers(own)
    return this.#search(infoHash, { kind: 'get-peers', infoHash }, signal, {
      onAnswer: ({ peers }) => {
        if (peers.length > 0) onPeers(peers)
      },
      keep: (token) =>
        announcePort === null
          ? null
          : { kind: 'announce-peer', infoHash, port: announcePort, token },
    })
  }

  async get(name: DhtItemName, signal: AbortSignal): Promise<DhtItem | null> {
    const { hash, verify } = this.#options
    const target =
      name.kind === 'immutable' ? name.target : mutableTarget(name.publicKey, name.salt, hash)
    // What others want kept with us is known without asking; what we put ourselves is no news.
    const own = this.#responder.items.get(target, this.#options.clock.nowMs())
    let newest: DhtItem | null = own?.kind === name.kind && !this.#ours.has(own) ? own : null
    await this.#search(target, { kind: 'get', target, newerThan: null }, signal, {
      onAnswer: ({ item }) => {
        if (item === null || item.kind !== name.kind) return
        // An answer doesn't tell the salt: who asks knows it.
        const whole =
          item.kind === 'mutable' && name.kind === 'mutable' ? { ...item, salt: name.salt } : item
        const isRight = itemTarget(whole, hash).every((byte, i) => byte === target[i])
        if (!isRight || !isNewer(whole, newest) || !isSignedItem(whole, verify)) return
        newest = whole
      },
      keep: () => null,
    })
    return newest
  }

  async put(item: DhtItem, signal: AbortSignal): Promise<DhtSearchEnd> {
    checkItem(item)
    const target = itemTarget(item, this.#options.hash)
    // Where few are left, those who ask may know nobody but us.
    this.#ours.add(item)
    this.#responder.items.put(item, OURSELVES, null, this.#options.clock.nowMs())
    return this.#search(target, { kind: 'get', target, newerThan: null }, signal, {
      onAnswer: () => {},
      keep: (token) => ({ kind: 'put', item, token, replaces: null }),
    })
  }

  addNode(address: SocketAddress, learnedFrom: LearnedFrom): void {
    this.#options.log.debug('dht node named', { by: learnedFrom })
    const node = this.#nodes.get(address.host.includes(':') ? 'ipv6' : 'ipv4')
    // A well-known network needs nobody's help; strangers can't make us ask whom they like.
    if (node && node.table.size < 4 * CLOSEST_NODES) node.greet(address)
  }

  status(): DhtStatus {
    return {
      families: [...this.#nodes].map(([family, node]) => ({
        family,
        port: node.port,
        nodes: node.table.size,
        seenAs: node.seenAs,
      })),
      keptTorrents: this.#responder.peers.torrentCount,
      keptItems: this.#responder.items.count,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return
    this.#timer?.cancel()
    this.#closing.abort(new DOMException('the DHT closes', 'AbortError'))
    await this.#opened
    await this.#save()
    await Promise.all([...this.#nodes.values()].map((node) => node.close()))
  }

  async #open(): Promise<void> {
    const { at } = this.#options
    const remembered = await this.#file.load()
    const families: AddressFamily[] = []
    if (!at.host.includes(':')) families.push('ipv4')
    if (at.host === '0.0.0.0' || at.host.includes(':')) families.push('ipv6')
    for (const family of families) await this.#openFamily(family, families, remembered[family])
    if (this.#closing.signal.aborted) return
    this.#tick()
  }

  async #openFamily(
    family: AddressFamily,
    wants: readonly AddressFamily[],
    { ownId, contacts }: RememberedDht,
  ): Promise<void> {
    const { at, log, random, isReadOnly = false } = this.#options
    const node = new DhtNode({
      ...this.#options,
      family,
      isReadOnly,
      wants: wants.length > 1 ? wants : [],
      responder: this.#responder,
      ownId: ownId ?? random.bytes(NODE_ID_BYTES),
      onOthers: (others) => this.#introduce(others),
    })
    const host = family === 'ipv6' && !at.host.includes(':') ? '::' : at.host
    // The port of the BitTorrent listener where it is free, or any.
    for (const port of new Set([at.port, 0]))
      try {
        await node.bind({ host, port })
        this.#nodes.set(family, node)
        this.#remembered.set(family, contacts)
        return
      } catch (error) {
        log.debug('dht socket not opened', { family, reason: messageOf(error) })
      }
  }

  /** Searches in both families, then has the nearest nodes keep something. */
  async #search(
    target: Uint8Array,
    query: DhtQuery,
    signal: AbortSignal,
    acts: {
      readonly onAnswer: (answer: DhtAnswer) => void
      /** What is asked of each of the nearest nodes at the end; `null` = nothing. */
      readonly keep: (token: Uint8Array) => DhtQuery | null
    },
  ): Promise<DhtSearchEnd> {
    const either = AbortSignal.any([signal, this.#closing.signal])
    await untilAborted(this.#opened, signal)
    const ends = await Promise.all(
      [...this.#nodes.values()].map(async (node) => {
        const lookup = await this.#lookUp(node, target, query, either, acts.onAnswer)
        const kept = await this.#keep(node, lookup.closest(), acts.keep, either)
        return { asked: lookup.askedCount, answered: lookup.answeredCount, kept }
      }),
    )
    signal.throwIfAborted()
    return ends.reduce(
      (sum, one) => ({
        asked: sum.asked + one.asked,
        answered: sum.answered + one.answered,
        kept: sum.kept + one.kept,
      }),
      { asked: 0, answered: 0, kept: 0 },
    )
  }

  async #lookUp(
    node: DhtNode,
    target: Uint8Array,
    query: DhtQuery,
    signal: AbortSignal,
    onAnswer: (answer: DhtAnswer) => void,
  ): Promise<Lookup> {
    const lookup = new Lookup(target, node.ownId)
    lookup.hear(node.table.closest(target, FIRST_ASKED))
    // Nodes of an earlier run may be gone; as long as few are known to be there, they are tried too.
    if (node.table.size < FIRST_ASKED) lookup.hear(this.#remembered.get(node.family) ?? [])
    const isRemembering = lookup.knownCount > 0
    const run = runLookup({
      node,
      lookup,
      query,
      signal,
      onAnswer,
      entrance: (enter) =>
        this.#entrances.open({
          isRemembering,
          hasAnswer: () => lookup.answeredCount > 0,
          enter,
          signal,
        }),
    })
    await run
    return lookup
  }

  /** Asks each of the nearest nodes to keep something. Resolves with how many do. */
  async #keep(
    node: DhtNode,
    closest: readonly LookupNode[],
    keep: (token: Uint8Array) => DhtQuery | null,
    signal: AbortSignal,
  ): Promise<number> {
    if (signal.aborted) return 0
    const kept = await Promise.all(
      closest.map(async ({ address, token }) => {
        const query = token === null ? null : keep(token)
        if (query === null) return false
        const { promise, resolve } = Promise.withResolvers<boolean>()
        node.ask(address, query, { onOutcome: ({ kind }) => resolve(kind === 'answered') })
        return promise
      }),
    )
    return kept.filter(Boolean).length
  }

  /** Nodes of one family were told of by the other (BEP 32). */
  #introduce(contacts: readonly DhtContact[]): void {
    const family: AddressFamily = contacts[0]?.address.host.includes(':') ? 'ipv6' : 'ipv4'
    const node = this.#nodes.get(family)
    if (!node || node.table.size >= LIMITS.dhtIntroduced) return
    for (const { address } of contacts.slice(0, LIMITS.dhtIntroduced)) node.greet(address)
  }

  #tick(): void {
    const { clock } = this.#options
    const nowMs = clock.nowMs()
    for (const node of this.#nodes.values()) node.tick(nowMs)
    if (nowMs - this.#expiredMs >= EXPIRE_EVERY_MS) {
      this.#expiredMs = nowMs
      this.#responder.expire(nowMs)
    }
    if (nowMs - this.#savedMs >= SAVE_EVERY_MS) {
      this.#savedMs = nowMs
      void this.#save()
    }
    if (nowMs >= this.#joinMs) this.#join(nowMs)
    this.#timer = clock.setTimer(TICK_MS, () => this.#tick())
  }

  /** Looks for our own neighbours, which fills the table. */
  #join(nowMs: number): void {
    const isFew = [...this.#nodes.values()].every(({ table }) => table.size < CLOSEST_NODES)
    this.#rejoinMs = isFew ? Math.min(2 * this.#rejoinMs, JOIN_EVERY_MS) : FIRST_REJOIN_MS
    this.#joinMs = nowMs + (isFew ? this.#rejoinMs : JOIN_EVERY_MS)
    for (const node of this.#nodes.values()) {
      const target = node.ownId
      void this.#lookUp(node, target, { kind: 'find-node', target }, this.#closing.signal, () => {})
    }
  }

  async #save(): Promise<void> {
    const families = new Map(
      [...this.#nodes].map(([family, node]) => {
        const contacts = [...node.table.nodes()].toSorted((a, b) => b.seenMs - a.seenMs)
        // Nobody answered this time: those of the last time are still the best guess.
        const best = contacts.length > 0 ? contacts : (this.#remembered.get(family) ?? [])
        return [family, { ownId: node.ownId, contacts: best }] as const
      }),
    )
    await this.#file.save(families)
  }
}

/** Whether an item is to take the place of another: any in place of none, and a later one. */
function isNewer(item: DhtItem, than: DhtItem | null): boolean {
  if (than === null) return true
  return item.kind === 'mutable' && than.kind === 'mutable' && item.sequence > than.sequence
}

import { LIMITS, MINUTE_MS, addressKey, equalBytes, type SocketAddress } from '@matinee/base'
import { compareDistance, isSecureId, sharedBits, type DhtContact } from '@matinee/protocol'
import { addressBlock, isLocalHost } from './address-block.ts'

/** A node that has answered us. */
export interface KnownNode extends DhtContact {
  readonly block: string | null
  /** BEP 42: its id belongs to its address. */
  readonly isSecure: boolean
  /** When it last answered. */
  seenMs: number
  /** Questions in a row that it left unanswered. */
  failures: number
}

/** The first buckets hold half, a quarter, an eighth of all nodes: knowing many of them saves a hop of every search. */
const WIDE_BUCKETS = [64, 32, 16]
/** BEP 5. */
const BUCKET_NODES = 8
/** BEP 5: who was silent for so long is questionable. */
const FRESH_MS = 15 * MINUTE_MS

/**
 * The nodes we know by their answers (BEP 5), in buckets by how many bits their id shares with ours. One node
 * per address, and one per block of addresses in a bucket: who has one network doesn't fill our table. Where
 * there is no room, an id that belongs to its address (BEP 42) takes the place of one that doesn't.
 */
export class NodeTable {
  readonly ownId: Uint8Array
  readonly #buckets = new Map<number, KnownNode[]>()
  readonly #byAddress = new Map<string, KnownNode>()

  constructor(ownId: Uint8Array) {
    this.ownId = ownId
  }

  get size(): number {
    return this.#byAddress.size
  }

  nodes(): Iterable<KnownNode> {
    return this.#byAddress.values()
  }

  /** Whether a node would get a place if it answered: worth a question. */
  hasRoomFor(contact: DhtContact, nowMs: number): boolean {
    if (this.#byAddress.has(addressKey(contact.address))) return false
    return this.#placeFor(toNode(contact, nowMs), nowMs) !== null
  }

  /** A node has answered a question of ours. */
  answered(contact: DhtContact, nowMs: number): void {
    if (equalBytes(contact.id, this.ownId)) return
    const key = addressKey(contact.address)
    const known = this.#byAddress.get(key)
    if (known && equalBytes(known.id, contact.id)) {
      known.seenMs = nowMs
      known.failures = 0
      return
    }
    // Another id than before: whoever it was is gone.
    if (known) this.#drop(known)
    const node = toNode(contact, nowMs)
    const place = this.#placeFor(node, nowMs)
    if (place === null) return
    if (place.instead) this.#drop(place.instead)
    place.bucket.push(node)
    this.#buckets.set(place.index, place.bucket)
    this.#byAddress.set(key, node)
  }

  /** A node has left a question unanswered. */
  lost(address: SocketAddress): void {
    const node = this.#byAddress.get(addressKey(address))
    if (node && ++node.failures >= LIMITS.dhtFailures) this.#drop(node)
  }

  /** The `most` nodes nearest to a target, the nearest first; those that failed lately are left out. */
  closest(target: Uint8Array, most: number): KnownNode[] {
    const live: KnownNode[] = []
    for (const node of this.#byAddress.values()) if (node.failures === 0) live.push(node)
    return live.sort((a, b) => compareDistance(target, a.id, b.id)).slice(0, most)
  }

  /** Nodes that haven't answered for long, the longest first: to be asked whether they are still there. */
  stale(most: number, nowMs: number): KnownNode[] {
    const old: KnownNode[] = []
    for (const node of this.#byAddress.values())
      if (nowMs - node.seenMs > FRESH_MS || node.failures > 0) old.push(node)
    return old.sort((a, b) => a.seenMs - b.seenMs).slice(0, most)
  }

  #placeFor(
    node: KnownNode,
    nowMs: number,
  ): {
    readonly index: number
    readonly bucket: KnownNode[]
    readonly instead: KnownNode | null
  } | null {
    const index = sharedBits(this.ownId, node.id)
    const bucket = this.#buckets.get(index) ?? []
    const twin = bucket.find(({ id }) => equalBytes(id, node.id))
    const neighbour = twin ?? bucket.find(({ block }) => block !== null && block === node.block)
    if (neighbour) return neighbour.failures > 0 ? { index, bucket, instead: neighbour } : null
    if (bucket.length < (WIDE_BUCKETS[index] ?? BUCKET_NODES))
      return { index, bucket, instead: null }
    const instead =
      bucket.find(({ failures }) => failures > 0) ??
      bucket.find(({ seenMs }) => nowMs - seenMs > 2 * FRESH_MS) ??
      (node.isSecure ? bucket.find(({ isSecure }) => !isSecure) : undefined)
    return instead ? { index, bucket, instead } : null
  }

  #drop(node: KnownNode): void {
    this.#byAddress.delete(addressKey(node.address))
    const bucket = this.#buckets.get(sharedBits(this.ownId, node.id))
    const at = bucket?.indexOf(node) ?? -1
    if (at >= 0) bucket?.splice(at, 1)
  }
}

function toNode({ id, address }: DhtContact, nowMs: number): KnownNode {
  const { host } = address
  const isSecure = isLocalHost(host) || isSecureId(id, host)
  return { id, address, block: addressBlock(host), isSecure, seenMs: nowMs, failures: 0 }
}

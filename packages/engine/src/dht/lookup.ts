import { LIMITS, addressKey, equalBytes, type SocketAddress } from '@matinee/base'
import { compareDistance, type DhtContact } from '@matinee/protocol'
import { addressBlock } from './address-block.ts'

/** How far a search has come with one node. */
type AskedState = 'heard-of' | 'asked' | 'slow' | 'answered' | 'lost'

/** A node in a search. */
export interface LookupNode extends DhtContact {
  readonly block: string | null
  state: AskedState
  /** What lets us announce there; `null` = none given. */
  token: Uint8Array | null
}

/** BEP 5: so many nearest nodes keep what is announced. */
export const CLOSEST_NODES = 8
/** Questions out at once, the slow ones not counted: three would do, eight find a fast way around dead nodes. */
const PARALLEL = 8

/**
 * One search in the DHT (Kademlia): asks the nearest nodes it has heard of until the nearest eight that
 * answer are known. Decides only; somebody else asks. Of a block of addresses one node takes part, so that
 * who owns one network can't surround a target (threats.md T5). Who is slow is asked no more and not waited
 * for, but still heard.
 */
export class Lookup {
  readonly target: Uint8Array
  readonly #ownId: Uint8Array
  /** The nearest first. */
  #nodes: LookupNode[] = []
  readonly #addresses = new Set<string>()
  readonly #blocks = new Set<string>()
  #asked = 0

  constructor(target: Uint8Array, ownId: Uint8Array) {
    this.target = target
    this.#ownId = ownId
  }

  /** How many were heard of. */
  get knownCount(): number {
    return this.#nodes.length
  }

  /** How many were asked. */
  get askedCount(): number {
    return this.#asked
  }

  get answeredCount(): number {
    return this.#nodes.filter(({ state }) => state === 'answered').length
  }

  /** Somebody has told of nodes. */
  hear(contacts: readonly DhtContact[]): void {
    for (const { id, address } of contacts) {
      const key = addressKey(address)
      if (this.#addresses.has(key) || equalBytes(id, this.#ownId)) continue
      const block = addressBlock(address.host)
      if (block !== null && this.#blocks.has(block)) continue
      if (block !== null) this.#blocks.add(block)
      this.#addresses.add(key)
      this.#insert({ id, address, block, state: 'heard-of', token: null })
    }
  }

  /** Somebody of whom only the address was known has answered. */
  entered(contact: DhtContact, token: Uint8Array | null): void {
    this.hear([contact])
    const key = addressKey(contact.address)
    const node = this.#nodes.find(({ address }) => addressKey(address) === key)
    if (node) this.answered(node, token)
  }

  /** The next node to ask; it counts as asked from here on. `null` = none now. */
  next(): LookupNode | null {
    const asking = this.#nodes.filter(({ state }) => state === 'asked').length
    if (asking >= PARALLEL || this.#asked >= LIMITS.dhtAsked) return null
    const node = this.#front().find(({ state }) => state === 'heard-of')
    if (!node) return null
    node.state = 'asked'
    this.#asked++
    return node
  }

  /** It has answered; what it told of others is for {@link hear}. */
  answered(node: LookupNode, token: Uint8Array | null): void {
    node.state = 'answered'
    node.token = token
  }

  /** It takes longer than others: others are asked in its place. */
  slow(node: LookupNode): void {
    if (node.state === 'asked') node.state = 'slow'
  }

  /** It doesn't answer, or wrongly. Its block may send another. */
  lost(node: LookupNode): void {
    node.state = 'lost'
    if (node.block !== null) this.#blocks.delete(node.block)
  }

  /** Nobody nearer is left to ask or to wait for. */
  get isDone(): boolean {
    const front = this.#front()
    const isWaiting = front.some(({ state }) => state === 'asked')
    const mayAsk = this.#asked < LIMITS.dhtAsked && front.some(({ state }) => state === 'heard-of')
    if (isWaiting || mayAsk) return false
    const answered = front.filter(({ state }) => state === 'answered').length
    // Too few: then even the slow ones are waited for.
    return answered >= CLOSEST_NODES || !this.#nodes.some(({ state }) => state === 'slow')
  }

  /** The nearest nodes that have answered. */
  closest(): LookupNode[] {
    return this.#nodes.filter(({ state }) => state === 'answered').slice(0, CLOSEST_NODES)
  }

  isKnown(address: SocketAddress): boolean {
    return this.#addresses.has(addressKey(address))
  }

  /** The nearest nodes that are neither lost nor slow: the ones that matter. */
  #front(): LookupNode[] {
    const front: LookupNode[] = []
    for (const node of this.#nodes) {
      if (node.state === 'lost' || node.state === 'slow') continue
      front.push(node)
      if (front.length === CLOSEST_NODES) break
    }
    return front
  }

  #insert(node: LookupNode): void {
    let low = 0
    let high = this.#nodes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#nodes[middle]
      if (other && compareDistance(this.target, other.id, node.id) <= 0) low = middle + 1
      else high = middle
    }
    this.#nodes.splice(low, 0, node)
    if (this.#nodes.length <= LIMITS.dhtHeardOf) return
    const last = this.#nodes.findLastIndex(({ state }) => state === 'heard-of')
    if (last >= 0) this.#nodes.splice(last, 1)
  }
}

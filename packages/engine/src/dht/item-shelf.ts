import {
  LIMITS,
  HOUR_MS,
  addressKey,
  equalBytes,
  toHex,
  type Hash,
  type Signatures,
  type SocketAddress,
} from '@matinee/base'
import { itemTarget, signedBytes, type DhtItem } from '@matinee/protocol'
import { addressBlock } from './address-block.ts'

/** Whether an Ed25519 signature (64 bytes) of a key (32 bytes) is right. Never throws. */
export type VerifySignature = Signatures['verifyEd25519']

/** What became of an item somebody wants kept; codes of BEP 44. */
export type PutOutcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly code: 206 | 301 | 302 }

/** BEP 44: kept for two hours unless put again. */
const LIFETIME_MS = 2 * HOUR_MS

interface KeptItem {
  readonly item: DhtItem
  readonly block: string
  readonly untilMs: number
}

/** Items that others keep with us (BEP 44): right signatures only, and never an older one in place of a newer (T7). */
export class ItemShelf {
  readonly #hash: Hash
  readonly #verify: VerifySignature
  /** By target, the one that was put longest ago first. */
  readonly #items = new Map<string, KeptItem>()

  constructor(hash: Hash, verify: VerifySignature) {
    this.#hash = hash
    this.#verify = verify
  }

  get count(): number {
    return this.#items.size
  }

  /**
   * @param from who wants it kept
   * @param replaces the sequence number that must be there now; `null` = any older one
   */
  put(item: DhtItem, from: SocketAddress, replaces: number | null, nowMs: number): PutOutcome {
    const key = toHex(itemTarget(item, this.#hash))
    const before = this.#at(key, nowMs)
    if (item.kind === 'mutable') {
      if (before?.kind === 'mutable') {
        if (replaces !== null && before.sequence !== replaces) return { kind: 'refused', code: 301 }
        const isTwin = before.sequence === item.sequence
        if (item.sequence < before.sequence) return { kind: 'refused', code: 302 }
        if (isTwin && !equalBytes(before.value, item.value)) return { kind: 'refused', code: 302 }
      }
      if (!isSignedItem(item, this.#verify)) return { kind: 'refused', code: 206 }
    }
    this.#items.delete(key)
    const block = addressBlock(from.host) ?? addressKey(from)
    const ofBlock = [...this.#items].filter(([, kept]) => kept.block === block)
    const [oldest] = this.#items.keys()
    const [oldestOfBlock] = ofBlock[0] ?? []
    if (ofBlock.length >= LIMITS.dhtItemsOfNetwork && oldestOfBlock !== undefined)
      this.#items.delete(oldestOfBlock)
    else if (this.#items.size >= LIMITS.dhtItems && oldest !== undefined) this.#items.delete(oldest)
    this.#items.set(key, { item, block, untilMs: nowMs + LIFETIME_MS })
    return { kind: 'kept' }
  }

  get(target: Uint8Array, nowMs: number): DhtItem | null {
    return this.#at(toHex(target), nowMs)
  }

  expire(nowMs: number): void {
    for (const [key, { untilMs }] of this.#items) if (untilMs <= nowMs) this.#items.delete(key)
  }

  #at(key: string, nowMs: number): DhtItem | null {
    const kept = this.#items.get(key)
    return kept && kept.untilMs > nowMs ? kept.item : null
  }
}

/** Whether an item proves itself: an immutable one by its place, a mutable one by its signature. */
export function isSignedItem(item: DhtItem, verify: VerifySignature): boolean {
  return item.kind === 'immutable' || verify(item.publicKey, signedBytes(item), item.signature)
}

import { LIMITS, addressKey, type Disk, type Log, type SocketAddress } from '@matinee/base'
import {
  BencodeDictionary,
  decodeCompactAddresses,
  encodeCompactAddresses,
} from '@matinee/protocol'
import { loadBencoded, saveBencoded, type BencodedPlace } from '../store/bencoded-file.ts'

/**
 * The peers of a torrent that we reached, kept in its folder over a restart: with a few of them a film begins
 * without any tracker. The last reached come first; whoever isn't reached again falls off the end.
 */
export class RememberedPeers {
  readonly #place: BencodedPlace
  /** The last reached at the end. */
  readonly #reached = new Map<string, SocketAddress>()
  #before: readonly SocketAddress[] = []
  #isSaved = true

  constructor(parts: { readonly disk: Disk; readonly folder: string; readonly log: Log }) {
    this.#place = { ...parts, name: 'peers', mostBytes: LIMITS.rememberedPeersBytes }
  }

  /** Those of the last run, unchecked but for their form: a file of ours may be damaged. Never throws. */
  async load(): Promise<readonly SocketAddress[]> {
    this.#before = decodePeers(await loadBencoded(this.#place))
    return this.#before
  }

  /** A handshake was made with somebody whom we dialed. */
  reached(address: SocketAddress): void {
    const key = addressKey(address)
    this.#reached.delete(key)
    this.#reached.set(key, address)
    const [oldest] = this.#reached.keys()
    if (this.#reached.size > LIMITS.rememberedPeers && oldest !== undefined)
      this.#reached.delete(oldest)
    this.#isSaved = false
  }

  /** Forgets somebody who lied. */
  forget(host: string): void {
    this.#before = this.#before.filter((address) => address.host !== host)
    for (const [key, address] of this.#reached) if (address.host === host) this.#reached.delete(key)
    this.#isSaved = false
  }

  /** Writes what has changed. Never throws. */
  async save(): Promise<void> {
    if (this.#isSaved) return
    this.#isSaved = true
    const all = new Map(
      [...[...this.#reached.values()].toReversed(), ...this.#before].map((address) => [
        addressKey(address),
        address,
      ]),
    )
    await saveBencoded(this.#place, encodePeers([...all.values()].slice(0, LIMITS.rememberedPeers)))
  }
}

function encodePeers(addresses: readonly SocketAddress[]): BencodeDictionary {
  const { ipv4, ipv6 } = encodeCompactAddresses(addresses)
  return BencodeDictionary.from({ peers: ipv4, peers6: ipv6 })
}

function decodePeers(dictionary: BencodeDictionary): SocketAddress[] {
  const run = (key: string, family: 'ipv4' | 'ipv6') =>
    decodeCompactAddresses(
      dictionary.bytes(key) ?? new Uint8Array(0),
      family,
      LIMITS.rememberedPeers,
    ) ?? []
  return [...run('peers', 'ipv4'), ...run('peers6', 'ipv6')].filter((one) => one !== null)
}

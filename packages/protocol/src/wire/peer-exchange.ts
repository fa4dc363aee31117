import { LIMITS, NO_BYTES, assert } from '@matinee/base'
import type { SocketAddress } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { decodeCompactAddresses, encodeCompactAddresses, mixFamilies } from '../compact-address.ts'
import type { AddressFamily } from '../compact-address.ts'
import { decodeExtensionDictionary } from './extension-message.ts'
import { WireError } from './wire-error.ts'

/** A peer that somebody recommends, and what they say of it (BEP 11, added.f). */
export interface ExchangedPeer {
  readonly address: SocketAddress
  /** 0x01: prefers encryption. */
  readonly prefersEncryption: boolean
  /** 0x02: a seed, or one that only uploads. */
  readonly isSeed: boolean
  /** 0x04: speaks uTP. */
  readonly utp: boolean
  /** 0x08: speaks the holepunch extension. */
  readonly holepunch: boolean
  /** 0x10: the sender has reached it by dialing. */
  readonly reachable: boolean
}

/** A peer exchange message: who has come and who has gone since the last one. */
export interface PeerExchange {
  /** At most `LIMITS.pexPeers`, both families together. */
  readonly added: readonly ExchangedPeer[]
  /** At most `LIMITS.pexPeers`. */
  readonly dropped: readonly SocketAddress[]
}

/** The payload of an `extended` message with the id the peer gave to `ut_pex`. */
export function encodePeerExchange(exchange: PeerExchange): Uint8Array {
  assert(exchange.added.length <= LIMITS.pexPeers, 'a peer exchange message adds at most 50')
  assert(exchange.dropped.length <= LIMITS.pexPeers, 'a peer exchange message drops at most 50')
  const ipv4 = exchange.added.filter((peer) => !peer.address.host.includes(':'))
  const ipv6 = exchange.added.filter((peer) => peer.address.host.includes(':'))
  const added4 = encodeCompactAddresses(ipv4.map((peer) => peer.address)).ipv4
  const added6 = encodeCompactAddresses(ipv6.map((peer) => peer.address)).ipv6
  const dropped = encodeCompactAddresses(exchange.dropped)
  return encodeBencode(
    BencodeDictionary.from({
      added: added4,
      'added.f': Uint8Array.from(ipv4, flagsOf),
      added6,
      'added6.f': Uint8Array.from(ipv6, flagsOf),
      dropped: dropped.ipv4,
      dropped6: dropped.ipv6,
    }),
  )
}

/**
 * Reads the payload of a `ut_pex` message. Addresses beyond the caps, and those with port 0, are left
 * out; missing flags are 0.
 * Throws {@link WireError} `bad-extension` when a run of addresses has a wrong length.
 */
export function decodePeerExchange(payload: Uint8Array): PeerExchange {
  const dictionary = decodeExtensionDictionary(payload)
  return {
    added: mixFamilies(
      addedPeers(dictionary, 'added', 'ipv4'),
      addedPeers(dictionary, 'added6', 'ipv6'),
      LIMITS.pexPeers,
    ),
    dropped: mixFamilies(
      addresses(dictionary, 'dropped', 'ipv4').filter((address) => address !== null),
      addresses(dictionary, 'dropped6', 'ipv6').filter((address) => address !== null),
      LIMITS.pexPeers,
    ),
  }
}

function addedPeers(
  dictionary: BencodeDictionary,
  key: string,
  family: AddressFamily,
): ExchangedPeer[] {
  const flags = dictionary.bytes(`${key}.f`) ?? NO_BYTES
  const peers: ExchangedPeer[] = []
  for (const [i, address] of addresses(dictionary, key, family).entries()) {
    const bits = flags[i] ?? 0
    if (address !== null)
      peers.push({
        address,
        prefersEncryption: (bits & 0x01) !== 0,
        isSeed: (bits & 0x02) !== 0,
        utp: (bits & 0x04) !== 0,
        holepunch: (bits & 0x08) !== 0,
        reachable: (bits & 0x10) !== 0,
      })
  }
  return peers
}

function addresses(
  dictionary: BencodeDictionary,
  key: string,
  family: AddressFamily,
): (SocketAddress | null)[] {
  const bytes = dictionary.bytes(key) ?? NO_BYTES
  const decoded = decodeCompactAddresses(bytes, family, LIMITS.pexPeers)
  if (decoded === null)
    throw new WireError('bad-extension', `a peer exchange with ${bytes.length} bytes of addresses`)
  return decoded
}

function flagsOf(peer: ExchangedPeer): number {
  return (
    (peer.prefersEncryption ? 0x01 : 0) |
    (peer.isSeed ? 0x02 : 0) |
    (peer.utp ? 0x04 : 0) |
    (peer.holepunch ? 0x08 : 0) |
    (peer.reachable ? 0x10 : 0)
  )
}

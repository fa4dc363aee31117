import { concatBytes, type SocketAddress } from '@matinee/base'
import {
  COMPACT_BYTES,
  decodeCompactAddresses,
  encodeCompactAddress,
  type AddressFamily,
} from '../compact-address.ts'
import { NODE_ID_BYTES } from './node-id.ts'

/** A node of the DHT: 20 bytes of id, and where it is. */
export interface DhtContact {
  readonly id: Uint8Array
  readonly address: SocketAddress
}

/** The first `limit` nodes of a run (BEP 5 `nodes`, BEP 32 `nodes6`), or `null` when its length is no whole number of them. */
export function decodeCompactNodes(
  bytes: Uint8Array,
  family: AddressFamily,
  limit: number,
): DhtContact[] | null {
  const size = NODE_ID_BYTES + COMPACT_BYTES[family]
  if (bytes.length % size !== 0) return null
  const nodes: DhtContact[] = []
  for (let at = 0; at < bytes.length && at < limit * size; at += size) {
    const id = bytes.slice(at, at + NODE_ID_BYTES)
    const place = bytes.subarray(at + NODE_ID_BYTES, at + size)
    const address = decodeCompactAddresses(place, family, 1)?.[0] ?? null
    // An address of the other family in IPv6's clothes is nobody's.
    const isOther = family === 'ipv6' && address?.host.includes(':') === false
    if (address !== null && !isOther) nodes.push({ id, address })
  }
  return nodes
}

/** The run of nodes, each address of the same family. */
export function encodeCompactNodes(nodes: readonly DhtContact[]): Uint8Array {
  return concatBytes(nodes.flatMap(({ id, address }) => [id, encodeCompactAddress(address)]))
}

import { SHA1_BYTES } from '@matinee/base'

/** Bytes of a node's id, and of everything that is looked up in the DHT (BEP 5). */
export const NODE_ID_BYTES = SHA1_BYTES

/**
 * Whether `a` or `b` is nearer to `target` by XOR (BEP 5): negative for `a`, 0 when they are the same.
 * All three have 20 bytes.
 */
export function compareDistance(target: Uint8Array, a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < NODE_ID_BYTES; i++) {
    const bits = target[i] ?? 0
    const order = ((a[i] ?? 0) ^ bits) - ((b[i] ?? 0) ^ bits)
    if (order !== 0) return order
  }
  return 0
}

/** How many leading bits two ids share, 0 to 160. */
export function sharedBits(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < NODE_ID_BYTES; i++) {
    const difference = (a[i] ?? 0) ^ (b[i] ?? 0)
    if (difference !== 0) return 8 * i + Math.clz32(difference) - 24
  }
  return 8 * NODE_ID_BYTES
}

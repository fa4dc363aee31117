/** What stands for an identity in an index: 64 bits, as two numbers. */
export interface IdentityNumber {
  readonly high: number
  readonly low: number
}

/**
 * The number of an identity, such as `imdb tt0000001` or `root …`. Two identities by accident alike would make one work of
 * two, so both halves are mixed by factors of their own. Whoever looks for such a pair gains nothing: a feed may carry any id.
 */
export function identityNumber(identity: string): IdentityNumber {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < identity.length; at++) {
    const code = identity.charCodeAt(at)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  return { high: mixed(high, low), low: mixed(low, high) }
}

function mixed(number: number, other: number): number {
  const own = Math.imul(number ^ (number >>> 16), 2246822507)
  return (own ^ Math.imul(other ^ (other >>> 13), 3266489909)) >>> 0
}

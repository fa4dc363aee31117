import { type IdentityNumber, type TextSha256, identityNumber } from './identity-number.ts'
import type { NumberLists } from './number-lists.ts'

/** A work that carries an identity, by the identity's place among those that were looked for. */
export interface IdentityFound {
  readonly identity: number
  readonly work: number
}

/** The works that carry some of these identities, in one walk over all lists. */
export function findIdentities(
  { offsets, values }: NumberLists,
  identities: readonly string[],
  sha256: TextSha256,
): IdentityFound[] {
  // In order, as a map's places could be chosen by whoever chose the identities.
  const wanted = identities
    .map((text, identity) => ({ ...identityNumber(text, sha256), identity }))
    .toSorted((a, b) => a.low - b.low || a.high - b.high || a.identity - b.identity)
  const found: IdentityFound[] = []
  for (let work = 0; work < offsets.length - 1; work++) {
    const end = offsets[work + 1] ?? 0
    for (let at = offsets[work] ?? 0; at < end; at += 2) {
      const [high, low] = [values[at] ?? 0, values[at + 1] ?? 0]
      let place = firstFrom(wanted, high, low)
      for (; wanted[place]?.low === low && wanted[place]?.high === high; place++)
        found.push({ identity: wanted[place]?.identity ?? 0, work })
    }
  }
  return found
}

/** The place of the first number that isn't before this one. */
function firstFrom(sorted: readonly IdentityNumber[], high: number, low: number): number {
  let [start, end] = [0, sorted.length]
  while (start < end) {
    const middle = (start + end) >>> 1
    const number = sorted[middle]
    if (number === undefined || number.low > low || (number.low === low && number.high >= high))
      end = middle
    else start = middle + 1
  }
  return start
}

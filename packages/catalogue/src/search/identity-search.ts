import { identityNumber } from './identity-number.ts'
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
): IdentityFound[] {
  const numbers = identities.map((text, identity) => ({ ...identityNumber(text), identity }))
  const byLow = Map.groupBy(numbers, ({ low }) => low)
  const found: IdentityFound[] = []
  for (let work = 0; work < offsets.length - 1; work++) {
    const end = offsets[work + 1] ?? 0
    for (let at = offsets[work] ?? 0; at < end; at += 2)
      for (const { high, identity } of byLow.get(values[at + 1] ?? 0) ?? [])
        if (high === values[at]) found.push({ identity, work })
  }
  return found
}

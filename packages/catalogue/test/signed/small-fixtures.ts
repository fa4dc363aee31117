import { readFixture } from '../fixture-record.ts'

/** What every case of these files has. */
interface SmallCase {
  readonly name: string
  readonly row: string
  readonly step: string
}

/** A case of signed/packs.json. `code` `null` = it's read, and has works of these ids. */
export interface PackCase extends SmallCase {
  readonly text: string
  readonly code: string | null
  readonly ids: readonly string[]
}

/** A case of signed/revocations-invalid.json. */
export interface RevocationCase extends SmallCase {
  readonly entry: Readonly<Record<string, unknown>>
  readonly code: string
}

/** A case of signed/envelopes.json. `code` `null` = it's opened, and these makers signed it. */
export interface EnvelopeCase extends SmallCase {
  readonly text: string
  readonly code: string | null
  readonly payload: string
  readonly makers: readonly string[]
}

/** Every case of signed/packs.json. */
export function packCases(): readonly PackCase[] {
  return cases<PackCase>('signed/packs.json').map((each) => ({ ...each, code: each.code ?? null }))
}

/** Every case of signed/revocations-invalid.json. */
export function revocationCases(): readonly RevocationCase[] {
  return cases<RevocationCase>('signed/revocations-invalid.json')
}

/** Every case of signed/envelopes.json. */
export function envelopeCases(): readonly EnvelopeCase[] {
  return cases<EnvelopeCase>('signed/envelopes.json')
}

function cases<T>(path: string): readonly T[] {
  const file: unknown = readFixture(path)
  return (file as { readonly cases: readonly T[] }).cases
}

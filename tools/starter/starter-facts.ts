/** What facts.json holds: fields of records, and where each is known from. */
import type { JsonObject, JsonValue } from '@matinee/catalogue'

/** One field of one record. */
export interface Fact {
  /** JSON Pointer into the record. */
  readonly at: string
  readonly value: JsonValue
  /** Ids of sources. */
  readonly from: readonly string[]
  readonly note?: string
}

/** One work: everything that is known about it. */
export interface WorkFacts {
  readonly id: string
  readonly state: 'offered' | 'candidate'
  readonly added: string
  readonly waitsFor?: readonly string[]
  readonly facts: readonly Fact[]
}

/** A source, with more fields by its kind. */
export type Source = JsonObject & { readonly id: string }

/** The whole file. */
export interface StarterFacts {
  /** Fields of the manifest. */
  readonly feed: JsonObject
  readonly sources: readonly Source[]
  readonly works: readonly WorkFacts[]
}

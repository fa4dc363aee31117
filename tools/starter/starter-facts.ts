/** What facts.json holds: fields of records, and where each is known from. */
import { readFile } from 'node:fs/promises'
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
  /** Files of this repository, from its root: the pictures that records name by their hash. */
  readonly pictures: readonly string[]
  readonly sources: readonly Source[]
  readonly works: readonly WorkFacts[]
}

/** Reads facts.json, and the pictures that it names. Throws what the disk throws. */
export async function readStarterFacts(): Promise<{
  readonly facts: StarterFacts
  readonly pictures: readonly Uint8Array[]
}> {
  const text = await readFile(new URL('facts.json', import.meta.url), { encoding: 'utf8' })
  const read: unknown = JSON.parse(text)
  const facts = read as StarterFacts
  const files = facts.pictures.map((path) => readFile(new URL(`../../${path}`, import.meta.url)))
  const pictures = (await Promise.all(files)).map((bytes) => new Uint8Array(bytes))
  return { facts, pictures }
}

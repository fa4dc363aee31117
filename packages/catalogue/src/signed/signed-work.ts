import { CatalogueError } from '../catalogue-error.ts'
import type { CalendarDate } from '@matinee/rights'
import { type ParsedRecord, parseRecord } from '../record/record-parser.ts'
import { deniesRights } from '../record/rights-entry.ts'
import type { WorkRecord } from '../record/work-record.ts'
import { openEnvelope } from './maker-envelope.ts'
import type { FeedCrypto } from './role-key.ts'
import { TrustError, type TrustRefusal } from './trust-error.ts'
import { refuse } from './tuf-json.ts'
import type { PackedWork } from './work-pack.ts'

/** A work as a role of a signed feed admits it. */
export interface SignedWork {
  readonly record: WorkRecord
  /** The day it came into the feed. */
  readonly added: CalendarDate
  /** The record's own bytes, out of its envelope. */
  readonly bytes: Uint8Array
  /** Public keys of the makers who signed it, in hexadecimal digits; empty = none did. */
  readonly makers: readonly string[]
}

/** What the record of a work is for this reader. */
export type ReadWork =
  | { readonly kind: 'work'; readonly work: SignedWork }
  /** It needs a reader of version `minVersion`. */
  | { readonly kind: 'newer'; readonly minVersion: number }
  /** It's left out; the feed goes on without it (feed-format 12.5). */
  | { readonly kind: 'wrong'; readonly refusal: TrustRefusal }

/**
 * Reads what a pack has of one work: a record, or a maker's envelope around one (feed-format 12.4, 12.5).
 *
 * @param file where it stands, for people
 */
export function readSignedWork(
  { id, added, bytes }: PackedWork,
  file: string,
  crypto: FeedCrypto,
): ReadWork {
  try {
    const { payload, makers } = opened(bytes, file, crypto)
    const parsed = parsedRecord(payload, file)
    if (parsed.kind === 'newer') return { kind: 'newer', minVersion: parsed.minVersion }
    const { record } = parsed
    if (record.id !== id) refuse(file, 'id', "carries another work's id")
    if (!isOfferable(record))
      refuse(file, 'not-offerable', 'has no release, or no verified right to show the film')
    return { kind: 'work', work: { record, added, bytes: payload, makers } }
  } catch (error) {
    if (error instanceof TrustError) return { kind: 'wrong', refusal: error.refusal }
    throw error
  }
}

/** feed-format 12.5: whether a work has a release, and an entry that somebody verified and that lets the film be shown somewhere. */
export function isOfferable({
  rights,
  releases,
}: Pick<WorkRecord, 'rights' | 'releases'>): boolean {
  const isFree = rights.some(
    (entry) => entry.component === 'film' && entry.verified && !deniesRights(entry),
  )
  return isFree && releases.length > 0
}

function opened(
  bytes: Uint8Array,
  file: string,
  crypto: FeedCrypto,
): { readonly payload: Uint8Array; readonly makers: readonly string[] } {
  // Canonical records and envelopes both name their type; only an envelope names its payload's before it.
  if (!startsAsEnvelope(bytes)) return { payload: bytes, makers: [] }
  return openEnvelope(bytes, 'matinee-record', file, crypto)
}

const ENVELOPE_START = new TextEncoder().encode('{"payload":"')

/** An envelope in its canonical form, in which packs hold them; a record has no field of that name. */
function startsAsEnvelope(bytes: Uint8Array): boolean {
  return ENVELOPE_START.every((byte, index) => bytes[index] === byte)
}

function parsedRecord(bytes: Uint8Array, file: string): ParsedRecord {
  try {
    return parseRecord(bytes)
  } catch (error) {
    if (error instanceof CatalogueError) return refuse(file, error.code, error.message)
    throw error
  }
}

/** What changed between two versions of a record about who stands behind it (feed-format 9.3). */
export interface MakerChange {
  /** `same` also when nobody signed either. */
  readonly signers: 'same' | 'added' | 'others' | 'gone'
  /** Whether a gift would go another way. */
  readonly channels: 'same' | 'others'
}

/** Compares a record with the version before it. */
export function makerChange(before: SignedWork, now: SignedWork): MakerChange {
  const kept = before.makers.filter((key) => now.makers.includes(key))
  const channels = [before, now].map(({ record }) => JSON.stringify(record.donations))
  return {
    signers: signersChange(before.makers.length, now.makers.length, kept.length),
    channels: channels[0] === channels[1] ? 'same' : 'others',
  }
}

function signersChange(before: number, now: number, kept: number): MakerChange['signers'] {
  if (before === 0) return now === 0 ? 'same' : 'added'
  if (now === 0) return 'gone'
  return kept > 0 ? 'same' : 'others'
}

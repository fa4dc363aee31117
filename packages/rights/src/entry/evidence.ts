import type { CalendarDate } from '../calendar-date.ts'

/** What a piece of evidence is. */
export const EVIDENCE_KINDS = [
  'page',
  'email',
  'contract',
  'registry',
  'deposit',
  'submission',
] as const

/**
 * One of {@link EVIDENCE_KINDS}: a public page; a letter; a contract; an entry in a copyright registry;
 * a deposit; a form that the maker filled in and signed.
 */
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** Whose word it is. */
export const EVIDENCE_SPEAKERS = ['rightholder', 'institution', 'third-party'] as const

/**
 * One of {@link EVIDENCE_SPEAKERS}: who holds or gave the rights; a registry, court, library or archive;
 * anybody else (an encyclopaedia, a newspaper, a mirror).
 */
export type EvidenceSpeaker = (typeof EVIDENCE_SPEAKERS)[number]

/** Why a rights entry is believed. Nothing personal: documents stay with the curator. */
export interface Evidence {
  readonly kind: EvidenceKind
  readonly speaker: EvidenceSpeaker
  /** Where it can be read, or `null` when it isn't public. */
  readonly url: string | null
  /** The day on which it was read. */
  readonly on: CalendarDate
  /** SHA-256 of the copy that was kept, 64 lower-case hexadecimal digits, or `null` when none was. */
  readonly sha256: string | null
}

/** A person's check of an entry. */
export interface Check {
  /** A pseudonym, which stays the same for one person. */
  readonly by: string
  readonly on: CalendarDate
}

/** Whether anybody but a third party says so. */
export function isFirstHand(evidence: Evidence): boolean {
  return evidence.speaker !== 'third-party'
}

/** How many different people checked. */
export function countCheckers(checks: readonly Check[]): number {
  return new Set(checks.map((check) => check.by)).size
}

import { utf8Bytes } from '@matinee/base'
import {
  MANIFEST_LIMITS,
  type Revocation,
  TrustError,
  type WorkId,
  parseRevocations,
} from '@matinee/catalogue'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

const FILE = 'revocations.json'

/** The newest decision about each work of which there was ever one. Throws {@link PublisherError} `damaged`. */
export async function readDecisions(folder: PublisherFolder): Promise<readonly Revocation[]> {
  const bytes = await folder.read(FILE, MANIFEST_LIMITS.bytes)
  if (bytes === null) return []
  try {
    const entries = parseRevocations(bytes, FILE)
    if (entries !== null) return entries
    throw new PublisherError('damaged', `${FILE} needs a newer Matinee`)
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new PublisherError('damaged', `${error.message}: restore it, or mend it`, {
      cause: error,
    })
  }
}

/** A decision to be made; its number is given to it. */
export type Decision = Omit<Revocation, 'serial'>

/**
 * Decides about a work: the decision before is replaced, and has a lower number for ever. Throws {@link PublisherError}
 * `refused` when a work that isn't withdrawn would be taken back.
 */
export async function decide(folder: PublisherFolder, decision: Decision): Promise<Revocation> {
  const entries = await readDecisions(folder)
  const before = decisionAbout(entries, decision.work)
  if (decision.state === 'reinstated' && before?.state !== 'revoked')
    throw new PublisherError('refused', `${decision.work} isn't withdrawn`)
  const entry: Revocation = { ...decision, serial: (before?.serial ?? 0) + 1 }
  const others = entries.filter(({ work }) => work !== decision.work)
  const json = { type: 'matinee-revocations', version: 1, entries: [...others, entry] }
  const bytes = utf8Bytes(`${JSON.stringify(json, null, 2)}\n`)
  await folder.write(FILE, bytes)
  return entry
}

/** The decision about a work; `null` = there never was one. */
export function decisionAbout(entries: readonly Revocation[], work: WorkId): Revocation | null {
  return entries.find((entry) => entry.work === work) ?? null
}

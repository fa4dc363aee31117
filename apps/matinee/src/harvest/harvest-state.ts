/**
 * Where a harvest stands, in one file of its folder that is replaced whole: a run that is killed at any moment goes on
 * from the last thing that was finished.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { systemDisk } from '@matinee/engine/system'
import { UsageError } from '../command.ts'
import { candidateKey, parseCandidates, type Candidate } from './candidate.ts'
import { writeDurably } from '../publisher/durable-file.ts'
import { fieldOf, lineOf, listOf, wholeOf } from './loose-field.ts'

/** A page that was kept, as evidence names it. */
export interface KeptPage {
  readonly url: string
  /** Its file in the candidate's folder. */
  readonly path: string
  readonly sha256: string
  /** The day on which it was read. */
  readonly on: string
}

/** How far a candidate is. */
export type CandidateState =
  | { readonly kind: 'waiting' }
  /** Its sheet is written; a person decides. */
  | { readonly kind: 'ready' }
  /** It can't become a work, and asking again changes nothing. */
  | { readonly kind: 'refused'; readonly code: string; readonly why: string }
  /** It didn't work this time. */
  | { readonly kind: 'failed'; readonly code: string; readonly why: string; readonly times: number }

/** A candidate of a harvest. */
export interface HarvestEntry {
  readonly key: string
  readonly candidate: Candidate
  state: CandidateState
  /** What was kept of it so far, in the order of reading. */
  pages: KeptPage[]
}

/** A harvest of a folder. */
export interface HarvestState {
  readonly entries: HarvestEntry[]
}

const STATE_FILE = 'harvest.json'
const STATE_BYTES = 64 * 2 ** 20

/** Reads the state of a folder; an empty one when none was kept. Throws {@link UsageError} when it's damaged. */
export async function readHarvestState(folder: string): Promise<HarvestState> {
  const path = join(folder, STATE_FILE)
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (bytes === null) return { entries: [] }
  const state = bytes.length > STATE_BYTES ? null : parseState(bytes.toString('utf8'))
  if (state === null) throw new UsageError(`${path} is damaged; take it away to begin anew`)
  return state
}

function parseState(text: string): HarvestState | null {
  try {
    const value: unknown = JSON.parse(text)
    if (fieldOf(value, 'type') !== 'matinee-harvest' || fieldOf(value, 'version') !== 1) return null
    const entries = listOf(fieldOf(value, 'entries'), Number.MAX_SAFE_INTEGER).map(parseEntry)
    return entries.every((entry) => entry !== null) ? { entries } : null
  } catch {
    return null // JSON.parse names what it refuses in its message only
  }
}

function parseEntry(value: unknown): HarvestEntry | null {
  const candidate = fieldOf(value, 'candidate')
  const list = { type: 'matinee-candidates', version: 1, candidates: [candidate] }
  const parsed = parseCandidates(new TextEncoder().encode(JSON.stringify(list)))
  const state = parseCandidateState(fieldOf(value, 'state'))
  const [known] = parsed.kind === 'candidates' ? parsed.candidates : []
  if (known === undefined || state === null) return null
  const pages = listOf(fieldOf(value, 'pages'), 100).flatMap((page) => parsePage(page) ?? [])
  return { key: candidateKey(known), candidate: known, state, pages }
}

function parseCandidateState(value: unknown): CandidateState | null {
  const kind = fieldOf(value, 'kind')
  if (kind === 'waiting' || kind === 'ready') return { kind }
  const [code, why] = [lineOf(fieldOf(value, 'code')), lineOf(fieldOf(value, 'why'))]
  if (code === null || why === null) return null
  if (kind === 'refused') return { kind, code, why }
  return kind === 'failed'
    ? { kind, code, why, times: wholeOf(fieldOf(value, 'times')) ?? 1 }
    : null
}

function parsePage(value: unknown): KeptPage | null {
  const [url, path] = [lineOf(fieldOf(value, 'url')), lineOf(fieldOf(value, 'path'))]
  const [sha256, on] = [lineOf(fieldOf(value, 'sha256')), lineOf(fieldOf(value, 'on'))]
  if (url === null || path === null || sha256 === null || on === null) return null
  return /^evidence\/[0-9a-f]{64}\.[a-z]+$/u.test(path) ? { url, path, sha256, on } : null
}

/** Replaces the state: after a crash the old or the new one is there, never a part. */
export async function writeHarvestState(folder: string, state: HarvestState): Promise<void> {
  const text = JSON.stringify({ type: 'matinee-harvest', version: 1, entries: state.entries })
  await writeDurably(systemDisk(), join(folder, STATE_FILE), utf8Bytes(`${text}\n`))
}

/** Adds candidates that aren't there yet. Returns how many were new. */
export function addCandidates(state: HarvestState, candidates: readonly Candidate[]): number {
  const known = new Map(state.entries.map((entry) => [entry.key, entry]))
  let added = 0
  for (const candidate of candidates) {
    const key = candidateKey(candidate)
    const entry: HarvestEntry = { key, candidate, state: { kind: 'waiting' }, pages: [] }
    const before = known.get(key)
    // What a person wrote anew about a candidate counts, and it is looked at again.
    if (before !== undefined) {
      if (JSON.stringify(before.candidate) === JSON.stringify(candidate)) continue
      state.entries.splice(state.entries.indexOf(before), 1)
    }
    state.entries.push(entry)
    known.set(key, entry)
    added++
  }
  return added
}

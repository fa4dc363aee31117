import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import assert from 'node:assert/strict'
import { type WorkRecord, parseRecord } from '@matinee/catalogue'
import { MADE_BOOK, madeRecord, runCommand } from '@matinee/testkit'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { UsageError } from '../../src/command.ts'
import { feedCommand } from '../../src/commands/feed.ts'

/** Of every key in these tests, but where another is the point. */
export const PASSPHRASE = 'six words nobody would ever guess'

/** What a command came to. */
export interface Run {
  readonly code: number
  /** Lines on standard output. */
  readonly out: string
  /** What it was refused with. */
  readonly err: string
}

/** Runs a test in a folder that is gone afterwards. */
export async function inTemporaryFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-publisher-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs `matinee feed …` in this process, with passphrases, one a line, from a file descriptor; `null` = it takes none. */
export async function feed(
  args: readonly string[],
  passphrases: string | null = PASSPHRASE,
): Promise<Run> {
  const { code, out, error } = await runCommand(feedCommand, args, passphrases)
  if (code !== null) return { code, out, err: '' }
  if (!(error instanceof Error)) throw error
  return { code: error instanceof UsageError ? 2 : 1, out, err: error.message }
}

/** The same, which must end well. */
export async function well(
  args: readonly string[],
  passphrases: string | null = PASSPHRASE,
): Promise<Run> {
  const result = await feed(args, passphrases)
  assert.equal(result.code, 0, `feed ${args.join(' ')}: ${result.err}`)
  return result
}

/** A command that takes no passphrase, which must end well. */
export function plainly(args: readonly string[]): Promise<Run> {
  return well(args, null)
}

/** Begins a feed of that name. Resolves with its fingerprint. */
export async function begin(path: string): Promise<string> {
  const { out } = await well([
    'init',
    path,
    '--name',
    'Night Reels',
    '--operator',
    'The Gasworks Cinema',
    '--json',
  ])
  return String((JSON.parse(out) as { readonly fingerprint: unknown }).fingerprint)
}

/** Signs and publishes. */
export async function release(path: string, passphrases = PASSPHRASE): Promise<void> {
  await well(['sign', path], passphrases)
  await plainly(['publish', path])
}

/** Records of the made-up book that are on offer, with changes. */
export function bookRecords(
  changes: Readonly<Record<string, unknown>> = {},
): readonly WorkRecord[] {
  return MADE_BOOK.works
    .filter(({ state }) => state !== 'candidate')
    .map((work) => recordOf({ ...madeRecord(work), ...changes }))
}

/** Puts works into a publisher's folder as whoever makes releases does. */
export async function putWorks(path: string, records: readonly WorkRecord[]): Promise<void> {
  const folder = await PublisherFolder.open(path)
  for (const record of records) await folder.putWork({ id: record.id, record, images: new Map() })
}

/** A record from its JSON. */
export function recordOf(json: unknown): WorkRecord {
  const parsed = parseRecord(new TextEncoder().encode(JSON.stringify(json)))
  assert.equal(parsed.kind, 'record')
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

/** Paths of all files below a folder, sorted. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted()
}

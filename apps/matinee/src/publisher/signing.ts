/**
 * Makes the next version of a feed and signs it: works, decisions and curators of the folder as they are now, on top of what is
 * published. It comes into `feed.next/`, is read there as a stranger would, and waits to be published.
 */
import type { Signer } from '@matinee/base'
import {
  type PublishedWork,
  type SignedTargets,
  type WorkRecord,
  POINTER_FILE,
  PUBLISHER,
  TIMESTAMP_FILE,
  TrustError,
  draftPath,
  draftPublisher,
  draftSnapshot,
  draftTimestamp,
  signDraft,
} from '@matinee/catalogue'
import { systemDeflate, systemFeedCrypto } from '@matinee/catalogue/node'
import { assert } from '@matinee/base'
import { readDecisions } from './decisions.ts'
import { folderSource, overlaySource } from './feed-source.ts'
import type { KeyRing } from './key-ring.ts'
import { NextFiles } from './next-files.ts'
import { planNext } from './next-plan.ts'
import { settle } from './publication.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'
import { roleOf, snapshotMeta } from './published-state.ts'
import { type SigningBasis, readBasis, signersOf } from './signing-basis.ts'
import { takenCurators } from './taken-curator.ts'
import { type GoodVersion, checkVersion } from './version-check.ts'
import { pointerFor } from './version-pointer.ts'
import { type CollectedWork, collectWorks, readWorkFile } from './work-files.ts'
import { readLists } from './work-lists.ts'

/** What signing is given. */
export interface SigningParts {
  readonly folder: PublisherFolder
  readonly ring: KeyRing
  readonly nowMs: number
}

/** What was signed. */
export interface SignedVersion {
  /** The timestamp's. */
  readonly version: number
  /** Whether a work changed since what is published. */
  readonly isNewEdition: boolean
  readonly works: number
  /** Bytes of files that are new. */
  readonly newBytes: number
  /** How long readers trust it, in milliseconds since 1970, and which role ends first. */
  readonly untilMs: number
  /** What readers leave out of curators' works, and why. */
  readonly leftOut: readonly string[]
  /** False = the timestamp is too long for the DHT. */
  readonly hasPointer: boolean
  /** False = the feed's torrent has no pictures and head packs: there are too many. */
  readonly hasWorkFiles: boolean
}

const TOOLS = { ...systemFeedCrypto(), ...systemDeflate() }

/** Signs the next version. Throws {@link PublisherError}. */
export async function signNext({ folder, ring, nowMs }: SigningParts): Promise<SignedVersion> {
  await settle(folder)
  const basis = await readBasis(folder, nowMs)
  const works = await collectWorks(folder)
  const curators = await takenCurators(folder, basis.settings.curators)
  const next = await NextFiles.begin(folder)
  for (const [index, bytes] of basis.chain.roots.entries())
    await next.add(`metadata/${index + 1}.root.json`, bytes)
  const own = await signTargets({ folder, ring, nowMs }, basis, works, next)
  for (const curator of curators) await curator.copyTo(next)
  const roles = [own.signed, ...curators.map(({ signed }) => signed)]
  const top = await signTops(ring, basis, roles, nowMs, next)
  for (const file of works.flatMap(({ files }) => files))
    if (!(await next.has(file.path))) await next.add(file.path, await readWorkFile(folder, file))

  const source = overlaySource(folderSource(folder.disk, folder.nextFolder), basis.source)
  const known = basis.published?.edition ?? null
  const checked = await checkVersion(source, basis.fingerprint, known, nowMs)
  if (checked.kind === 'refused')
    throw new PublisherError(
      'refused',
      `readers would refuse what was signed: ${checked.refusal.file} ${checked.refusal.why}`,
    )
  const records = recordsOf(checked, works)
  const { fingerprint } = basis
  const pointer = await pointerFor({ ...top, fingerprint, source, feed: checked.feed, records })
  if (pointer.bytes !== null) await next.add(POINTER_FILE, pointer.bytes)
  await planNext(folder, next, basis, checked, {
    records,
    version: top.version,
    nowMs,
  })
  return {
    version: top.version,
    isNewEdition: own.isNewEdition,
    works: checked.works,
    newBytes: next.bytes,
    untilMs:
      checked.freshness.kind === 'fresh' ? checked.freshness.untilMs : checked.freshness.sinceMs,
    leftOut: checked.leftOut.map(({ file, why }) => `${file} ${why}`),
    hasPointer: pointer.bytes !== null,
    hasWorkFiles: pointer.hasWorkFiles,
  }
}

async function signTargets(
  { folder, ring, nowMs }: SigningParts,
  basis: SigningBasis,
  works: readonly CollectedWork[],
  next: NextFiles,
): Promise<{ readonly signed: SignedTargets; readonly isNewEdition: boolean }> {
  const { settings, root, published } = basis
  const order = {
    role: PUBLISHER,
    published: roleOf(published, 'targets', root.signers.targets),
    edition: published?.edition ?? null,
    works: works.map(({ work }) => work),
    added: new Map(),
    revocations: await readDecisions(folder),
    days: settings.days.targets,
    nowMs,
  }
  const head = {
    fields: { ...settings.head, lists: await readLists(folder) },
    published: published?.head ?? null,
  }
  const { draft, files, isNewEdition } = drafted(() =>
    draftPublisher(order, head, settings.curators, TOOLS),
  )
  const signers = draft.kind === 'kept' ? [] : await signersOf('targets', basis, ring)
  const bytes = signDraft(draft, signers, TOOLS)
  for (const [path, content] of files) await next.add(path, content)
  await next.add(draftPath(PUBLISHER, draft), bytes)
  return { signed: { role: PUBLISHER, version: draft.version, bytes }, isNewEdition }
}

/** A timestamp that was signed, and who signed it first. */
interface SignedTop {
  readonly version: number
  readonly timestamp: Uint8Array
  readonly signer: Signer
}

async function signTops(
  ring: KeyRing,
  basis: SigningBasis,
  roles: readonly SignedTargets[],
  nowMs: number,
  next: NextFiles,
): Promise<SignedTop> {
  const { settings, root, published } = basis
  const snapshotDraft = draftSnapshot(
    {
      published: roleOf(published, 'snapshot', root.signers.snapshot),
      meta: snapshotMeta(published),
      days: settings.days.snapshot,
      nowMs,
    },
    roles,
    TOOLS,
  )
  const isKept = snapshotDraft.kind === 'kept'
  const snapshot = signDraft(
    snapshotDraft,
    isKept ? [] : await signersOf('snapshot', basis, ring),
    TOOLS,
  )
  await next.add(draftPath('snapshot', snapshotDraft), snapshot)
  const draft = draftTimestamp(
    {
      published: roleOf(published, 'timestamp', root.signers.timestamp),
      days: settings.days.timestamp,
      nowMs,
    },
    { version: snapshotDraft.version, bytes: snapshot },
    TOOLS,
  )
  const signers = await signersOf('timestamp', basis, ring)
  const [signer] = signers
  assert(signer !== undefined, 'a role is signed by somebody')
  const timestamp = signDraft(draft, signers, TOOLS)
  await next.add(TIMESTAMP_FILE, timestamp)
  return { version: draft.version, timestamp, signer }
}

/** The publisher's works are known; those of curators were just read. */
function recordsOf(
  { records }: GoodVersion,
  works: readonly CollectedWork[],
): readonly WorkRecord[] {
  const own = works.map(({ work }: { readonly work: PublishedWork }) => work.record)
  const ids = new Set(own.map(({ id }) => id))
  return [...own, ...records.filter(({ id }) => !ids.has(id))]
}

function drafted<T>(draft: () => T): T {
  try {
    return draft()
  } catch (error) {
    if (!(error instanceof TrustError)) throw error
    throw new PublisherError('refused', `publisher.json or lists.json: ${error.message}`, {
      cause: error,
    })
  }
}

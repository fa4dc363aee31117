/**
 * Puts what was signed into the feed's place. Files with a hash or version in their names come first: nobody asks for them yet. Then
 * the timestamp switches every reader to the new version, in one renaming. After a crash at any moment a reader finds the old version
 * whole or the new one whole; where a new root can't be part of one renaming (its timestamp key was lost), the next command ends what
 * was begun.
 */
import { dirname, join } from 'node:path'
import { ROLE_LIMITS, TIMESTAMP_FILE } from '@matinee/catalogue'
import * as z from 'zod/mini'
import { readCapped } from './durable-file.ts'
import { PublisherError } from './publisher-error.ts'
import { NextFiles, type PublishingPlan, foldersOf } from './next-files.ts'
import type { PublisherFolder } from './publisher-folder.ts'

const versionSchema = z.object({ signed: z.object({ version: z.int() }) })

/** Publishes what was signed. Throws {@link PublisherError} `nothing-signed`. */
export async function publishNext(folder: PublisherFolder): Promise<PublishingPlan> {
  const plan = await NextFiles.plan(folder)
  if (plan === null)
    throw new PublisherError(
      'nothing-signed',
      'nothing is signed that could be published: "matinee feed sign" first',
    )
  const { disk, feedFolder, nextFolder } = folder
  await refuseOlder(folder, plan)
  for (const path of foldersOf([...plan.files, ...plan.switches]))
    await disk.makeFolder(join(feedFolder, path))
  for (const path of plan.files) await moveIn(folder, path)
  await syncFolders(folder, plan.files)
  await NextFiles.setBegun(folder)
  for (const path of plan.switches) {
    await moveIn(folder, path)
    await disk.syncFolder(dirname(join(feedFolder, path)))
  }
  for (const path of plan.stale) await disk.remove(join(feedFolder, path))
  await syncFolders(folder, plan.stale)
  await disk.syncFolder(nextFolder)
  await NextFiles.clear(folder)
  return plan
}

/** Brings to its end what a crash interrupted behind the switch. */
export async function settle(folder: PublisherFolder): Promise<void> {
  if ((await NextFiles.isBegun(folder)) && (await NextFiles.plan(folder)) !== null)
    await publishNext(folder)
}

/**
 * A version that was published is never replaced by another of its number or an older one: followers would refuse the feed. That would
 * be so when `feed/` came from a mirror after this was signed.
 */
async function refuseOlder(folder: PublisherFolder, { version }: PublishingPlan): Promise<void> {
  const { disk, feedFolder, nextFolder } = folder
  if ((await disk.facts(join(nextFolder, TIMESTAMP_FILE))) === null) return
  const published = await readCapped(
    disk,
    join(feedFolder, TIMESTAMP_FILE),
    ROLE_LIMITS.timestamp.bytes,
  )
  if (published === null) return
  const now = versionOf(published)
  if (now >= version)
    throw new PublisherError(
      'refused',
      `version ${now} is published already, and ${version} was signed before it: "matinee feed sign" again`,
    )
}

function versionOf(timestamp: Uint8Array): number {
  const parsed = versionSchema.safeParse(JSON.parse(new TextDecoder().decode(timestamp)))
  return parsed.success ? parsed.data.signed.version : 0
}

/** Moves a file into the feed. One that isn't there any more was moved before a crash. */
async function moveIn(
  { disk, feedFolder, nextFolder }: PublisherFolder,
  path: string,
): Promise<void> {
  const [from, to] = [join(nextFolder, path), join(feedFolder, path)]
  if ((await disk.facts(from)) !== null) await disk.rename(from, to)
  else if ((await disk.facts(to)) === null)
    throw new PublisherError('damaged', `feed.next/${path} is gone: "matinee feed sign" again`)
}

/** Folders from the innermost out, so that none is named before what is in it. */
async function syncFolders(
  { disk, feedFolder }: PublisherFolder,
  files: readonly string[],
): Promise<void> {
  for (const path of foldersOf(files).toReversed()) await disk.syncFolder(join(feedFolder, path))
  await disk.syncFolder(feedFolder)
  await disk.syncFolder(dirname(feedFolder))
}

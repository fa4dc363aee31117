import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sha256Text, WorkRecord } from '@matinee/catalogue'
import { systemClock, systemDisk } from '@matinee/engine/system'
import { UsageError } from '../command.ts'
import { type FeedSource, fingerprintOf, folderSource } from '../publisher/feed-source.ts'
import { type CheckedVersion, checkVersion } from '../publisher/version-check.ts'

/** A signed feed that somebody has in a folder. */
export interface SignedFolder {
  /** The feed's own folder. */
  readonly path: string
  readonly source: FeedSource
  readonly fingerprint: Sha256Text
}

/** The signed feed in a folder, or in the publisher's folder around it; `null` = there is none. Throws {@link UsageError} when nothing is published there yet. */
export async function findSignedFolder(path: string): Promise<SignedFolder | null> {
  for (const folder of [join(path, 'feed'), path]) {
    const root = join(folder, 'metadata/1.root.json')
    if ((await stat(root).catch(() => null))?.isFile() !== true) continue
    const source = folderSource(systemDisk(), folder)
    const fingerprint = await fingerprintOf(source)
    if (fingerprint !== null) return { path: folder, source, fingerprint }
  }
  if ((await stat(join(path, 'publisher.json')).catch(() => null))?.isFile() === true)
    throw new UsageError(
      `nothing is published in ${path} yet: "matinee feed sign", "publish"; of a curator's folder the publisher's is looked at`,
    )
  return null
}

/** Reads all of it, as somebody does who trusts its fingerprint. */
export function checkSignedFolder({ source, fingerprint }: SignedFolder): Promise<CheckedVersion> {
  return checkVersion(source, fingerprint, null, systemClock().wallMs())
}

/** The works of a feed that was read, by id. */
export function worksById({
  records,
}: {
  readonly records: readonly WorkRecord[]
}): readonly WorkRecord[] {
  return records.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

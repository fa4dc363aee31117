import { offeredReleases, type Release, type WorkRecord } from '@matinee/catalogue'
import type { WorkSafety } from './following/work-safety.ts'
import type { Viewer } from './viewer.ts'

/**
 * Whether a work that was withdrawn may be played from the copy that is here, if there is one (feed-format 14.3).
 *
 * @param hasCopy whether anything of a release is on the disk
 */
export async function playsFromCopy(
  { record, safety }: { readonly record: WorkRecord; readonly safety: WorkSafety },
  { territory, today }: Pick<Viewer, 'territory' | 'today'>,
  hasCopy: (release: Release) => Promise<boolean>,
): Promise<boolean> {
  const { isOffered, isPlayed } = safety.standing
  if (isOffered || !isPlayed) return false
  for (const release of offeredReleases(record, territory, today))
    if (await hasCopy(release)) return true
  return false
}

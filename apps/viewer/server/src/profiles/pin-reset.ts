import { SILENT_LOG } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import { FolderClaim } from '../session/folder-claim.ts'
import { FIRST_PROFILE } from './profile-file.ts'
import { ProfileStore } from './profile-store.ts'

/** A profile, for whoever sits at this computer. */
export interface NamedProfile {
  /** Null = the first one, which nobody named yet. */
  readonly name: string | null
  readonly hasPin: boolean
  /** Null = a grown-up's. */
  readonly ageLimit: number | null
}

/**
 * The profiles in a data folder in which no Matinee runs. `reset` names one whose PIN is taken away, with what was counted of
 * wrong ones; null = none. `first` always names the first one.
 *
 * Throws `FolderClaimedError` while Matinee runs there, `NewerDataError`, and what the file system throws.
 *
 * @returns null when nobody is called so
 */
export async function openProfileList(
  dataFolder: string,
  reset: string | null,
): Promise<readonly NamedProfile[] | null> {
  using _untilThen = await FolderClaim.open(dataFolder)
  const clock = systemClock()
  const store = await ProfileStore.open(dataFolder, SILENT_LOG, () => clock.wallMs())
  if (reset !== null) {
    const wanted = reset.normalize('NFC')
    const found =
      store.all.find(({ name }) => name === wanted) ??
      (wanted === FIRST_PROFILE ? store.find(FIRST_PROFILE) : null)
    if (found === null) return null
    await store.setPin(found.id, null)
  }
  return store.all.map(({ name, pin, ageLimit }) => ({
    name: name === '' ? null : name,
    hasPin: pin !== null,
    ageLimit,
  }))
}

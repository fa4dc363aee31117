import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Disk } from '@matinee/base'
import { PublisherError } from './publisher-error.ts'

/** What version control keeps in the folder whose history it is. */
const HISTORIES = ['.git/HEAD', '.hg/requires', '.jj/repo', '.git'] as const

/**
 * Refuses a folder that lies in a work tree of version control: what is added there by habit is public the day it is pushed.
 *
 * Throws {@link PublisherError} `place`, and DiskError.
 */
export async function refuseHistory(disk: Disk, folder: string): Promise<void> {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of HISTORIES)
      if ((await disk.facts(join(at, name))) !== null)
        throw new PublisherError(
          'place',
          `${folder} lies in ${at}, which is under version control: keys and evidence must not be committed; choose a folder outside of it`,
        )
    if (dirname(at) === at) return
  }
}

/** Refuses a folder that other users of the computer can look into. Throws {@link PublisherError} `place`. */
export async function refuseOpenFolder(folder: string): Promise<void> {
  // Windows has no such bits; a user's own folders are theirs there.
  if (process.platform === 'win32') return
  const facts = await stat(folder).catch(() => null)
  if (facts !== null && (facts.mode & 0o077) !== 0)
    throw new PublisherError(
      'place',
      `${folder} can be read by other users of this computer: "chmod 700 ${folder}" closes it`,
    )
}

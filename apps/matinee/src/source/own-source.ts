import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OwnSource, SourceTorrent } from '@matinee/viewer'
import { OWN_ROOT, publishedIn, versionOf } from './own-root.ts'

/**
 * The source of this copy, whose archive is kept in the viewer's data folder. It is made when it's first named by a feed, and
 * not again for the same version.
 */
export async function ownSource(dataFolder: string): Promise<OwnSource> {
  const version = await versionOf(OWN_ROOT)
  const folder = join(dataFolder, 'source')
  const find = async (): Promise<SourceTorrent | undefined> => {
    const { findSources } = await import('./found-source.ts')
    return (await findSources(folder)).find(({ path }) => path.endsWith(`-${version}.tar`))
  }
  return {
    version,
    publishedIn: await publishedIn(OWN_ROOT),
    open: async (signal) => {
      const kept = await find()
      if (kept !== undefined) return kept
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Not loaded at every start of the viewer.
      const { makeSourceRelease } = await import('./source-release.ts')
      await makeSourceRelease(OWN_ROOT, folder, signal)
      const made = await find()
      if (made === undefined) throw new Error(`the archive of source was not kept in ${folder}`)
      return made
    },
  }
}

import {
  POINTER_FILE,
  TIMESTAMP_FILE,
  type WorkRecord,
  signedPaths,
  workPaths,
} from '@matinee/catalogue'
import { type FeedSource, folderSource, overlaySource } from './feed-source.ts'
import { type NextFiles, feedFileNames } from './next-files.ts'
import type { PublisherFolder } from './publisher-folder.ts'
import type { SigningBasis } from './signing-basis.ts'
import { type GoodVersion, checkVersion } from './version-check.ts'

/** Says in which order everything goes into the feed's folder, and what nobody needs afterwards. */
export async function planNext(
  folder: PublisherFolder,
  next: NextFiles,
  { source, fingerprint, published }: SigningBasis,
  { feed }: GoodVersion,
  {
    records,
    version,
    nowMs,
  }: {
    readonly records: readonly WorkRecord[]
    readonly version: number
    readonly nowMs: number
  },
): Promise<void> {
  const roots = next.files.filter((path) => /^metadata\/\d+\.root\.json$/u.test(path))
  const switching = new Set([...roots, TIMESTAMP_FILE, POINTER_FILE])
  const withoutRoots = hiding(
    new Set(roots),
    overlaySource(folderSource(folder.disk, folder.nextFolder), source),
  )
  const early =
    roots.length === 0
      ? null
      : await checkVersion(withoutRoots, fingerprint, published?.edition ?? null, nowMs)
  // Under both roots the same version: then its timestamp alone is the switch, and the root behind it changes nothing.
  const isTimestampFirst = early?.kind === 'good' && early.feed.timestamp.version === version
  const switches = isTimestampFirst ? [TIMESTAMP_FILE, ...roots] : [...roots, TIMESTAMP_FILE]
  const pointer = next.files.filter((path) => path === POINTER_FILE)
  const needed = new Set([
    ...signedPaths(feed),
    ...records.flatMap(workPaths),
    TIMESTAMP_FILE,
    ...pointer,
  ])
  // Whoever is in the middle of reading the version before finds it whole.
  if (published !== null) for (const path of signedPaths(published.feed)) needed.add(path)
  const there = await feedFileNames(folder, folder.feedFolder)
  await next.finish({
    files: next.files.filter((path) => !switching.has(path)),
    switches: [...switches, ...pointer],
    stale: there.filter((path) => !needed.has(path)),
    version,
  })
}

function hiding(paths: ReadonlySet<string>, source: FeedSource): FeedSource {
  return (path, maxBytes) => (paths.has(path) ? Promise.resolve(null) : source(path, maxBytes))
}

import { parseSettings, writeSettings } from '../publisher/publisher-settings.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import type { SourceRelease } from './source-release.ts'

/** Where a publisher keeps the archive of the source and its torrent. */
export const SOURCE_FOLDER = 'source'

/** Names an archive of source in the feed, from the next version on: feed-format 12.7. Throws PublisherError. */
export async function nameSource(
  folder: PublisherFolder,
  { version, infoHash, lengthBytes, sha256 }: SourceRelease,
  notes: Readonly<Record<string, string>> = {},
): Promise<void> {
  const settings = parseSettings(await folder.settings())
  const source = {
    version,
    infoHash,
    length: lengthBytes,
    sha256,
    ...(Object.keys(notes).length === 0 ? {} : { notes }),
  }
  await folder.writeSettings(writeSettings({ ...settings, head: { ...settings.head, source } }))
}

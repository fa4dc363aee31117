import { PublisherFolder } from '../src/publisher/publisher-folder.ts'
import { PublisherSeed } from '../src/seed/publisher-seed.ts'

/**
 * Gives out a publisher's folder on this computer alone, at ports that are free.
 *
 * @param entrances to the DHT; `null` = it isn't used
 */
export async function openLocalSeed(
  path: string,
  entrances: readonly string[] | null,
): Promise<PublisherSeed> {
  return await PublisherSeed.open({
    folder: await PublisherFolder.open(path),
    host: '127.0.0.1',
    ports: { bittorrent: 0, http: 0, tracker: 0 },
    dhtEntrances: entrances,
    allowLocal: true,
    uploadBytesPerSecond: null,
  })
}

import assert from 'node:assert/strict'
import { runCommand } from '@matinee/testkit'
import { feedCommand } from '../apps/matinee/src/commands/feed.ts'
import { PublisherFolder } from '../apps/matinee/src/publisher/publisher-folder.ts'
import { PublisherSeed } from '../apps/matinee/src/seed/publisher-seed.ts'

/** Of the publisher's only key. */
export const PASSPHRASE = 'six words nobody would ever guess'

/**
 * Runs `matinee feed …` in this process, which must end well. Resolves with what it said.
 *
 * @param passphrase null = it takes none
 */
export async function feed(
  args: readonly string[],
  passphrase: string | null = null,
): Promise<string> {
  const { code, out, error } = await runCommand(feedCommand, args, passphrase)
  if (error instanceof Error) throw error
  assert.equal(code, 0, args.join(' '))
  return out
}

/** Signs a publisher's next version and publishes it. */
export async function publish(publisher: string): Promise<void> {
  await feed(['sign', publisher], PASSPHRASE)
  await feed(['publish', publisher])
}

/**
 * Gives a publisher's folder out on this computer alone, at ports that are free.
 *
 * @param entrances to the DHT; `null` = it isn't used
 */
export async function openSeed(
  publisher: string,
  entrances: readonly string[] | null,
): Promise<PublisherSeed> {
  return PublisherSeed.open({
    folder: await PublisherFolder.open(publisher),
    host: '127.0.0.1',
    ports: { bittorrent: 0, http: 0, tracker: 0 },
    dhtEntrances: entrances,
    allowLocal: true,
    uploadBytesPerSecond: null,
  })
}

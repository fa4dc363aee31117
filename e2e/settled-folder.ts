import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A data folder whose viewer has answered the first run, for tests of what comes after it.
 *
 * @param decisions settings that differ from those that are usual in tests
 */
export async function settle(
  dataFolder: string,
  decisions: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const settings = {
    sharing: 'share',
    country: null,
    languages: ['en'],
    subtitles: [],
    mediaFolder: join(dataFolder, 'media'),
    diskBudgetBytes: 20e9,
    uploadBytesPerSecond: null,
    prepare: true,
    dht: true,
    playNext: true,
    thanks: true,
    ...decisions,
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ version: 1, settings }))
}

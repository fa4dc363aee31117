/** What "matinee seed" needs to know of a feed, without keys, evidence, or anything that isn't published. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkId } from '@matinee/catalogue'
import { USUAL_DAYS, writeSettings } from '../publisher/publisher-settings.ts'
import type { FeedHeritage } from '../relaunch/feed-heritage.ts'
import { readInherited } from '../relaunch/inherited-work.ts'

/** Writes settings, decisions, lists and the records of some works into a folder. Throws what the file system throws. */
export async function writeOpenPublisher(
  folder: string,
  { fingerprint, head, decisions, works }: FeedHeritage,
  wanted: ReadonlySet<WorkId>,
): Promise<void> {
  const settings = writeSettings({
    kind: { is: 'publisher' },
    fingerprint,
    head: {},
    keys: [],
    days: USUAL_DAYS,
    curators: [],
  })
  await writeFile(join(folder, 'publisher.json'), settings)
  await writeJson(join(folder, 'lists.json'), { lists: head.lists })
  const revocations = { type: 'matinee-revocations', version: 1, entries: decisions }
  await writeJson(join(folder, 'revocations.json'), revocations)
  for (const id of wanted) {
    const line = works.get(id)
    const work = line === undefined ? null : readInherited(line)
    if (work === null) continue
    const place = join(folder, 'works', id)
    await mkdir(place, { recursive: true })
    const name = work.makers.length > 0 ? 'envelope.json' : 'record.json'
    await writeFile(join(place, name), work.bytes)
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}

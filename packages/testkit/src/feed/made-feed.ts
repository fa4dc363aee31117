import { hash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { madeRecord, type MadeJson } from './made-record.ts'
import { MADE_BOOK } from './made-work.ts'

/** What a made-up feed may be given. */
export interface MadeFeedOptions {
  /** Real torrents by the work's id; the other works have one that nobody has. */
  readonly releases?: ReadonlyMap<string, readonly MadeJson[]>
}

/**
 * The files of a made-up feed by name: a `bundled` feed as docs/feed-format.md describes it, of works,
 * people and rights that don't exist. The same options give the same bytes.
 */
export function madeFeedFiles(options: MadeFeedOptions = {}): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const records = MADE_BOOK.works.map((work, index) => {
    const bytes = jsonFile(madeRecord(work, options.releases?.get(work.id)))
    files.set(`records/${work.id}.json`, bytes)
    const isCandidate = work.state === 'candidate'
    return {
      id: work.id,
      sha256: hash('sha256', bytes),
      length: bytes.length,
      state: isCandidate ? 'candidate' : 'offered',
      added: `2026-${String(1 + Math.floor(index / 6)).padStart(2, '0')}-${String(3 + (index % 6)).padStart(2, '0')}`,
      ...(isCandidate ? { waitsFor: ['release', 'review'] } : {}),
    }
  })
  const manifest = {
    type: 'matinee-feed',
    version: 1,
    trust: 'bundled',
    id: 'made-up',
    issued: '2026-11-20',
    translations: {
      en: {
        name: 'The Lamplight programme',
        description: 'Works that nobody made: titles, people and rights to try Matinee with.',
      },
      fr: {
        name: 'Le programme du Réverbère',
        description: 'Des œuvres que personne n’a faites, pour essayer Matinee.',
      },
    },
    operator: { name: 'The Lamplight cinema', country: 'IE' },
    contact: { url: 'https://lamplight.example/contact' },
    records,
    lists: MADE_BOOK.lists.map(({ id, kind, en, fr, works }) => ({
      id,
      kind,
      translations: { en, fr },
      works,
    })),
  }
  files.set('feed.json', jsonFile(manifest))
  return files
}

/** Writes {@link madeFeedFiles} into a folder, which is made when it isn't there. */
export async function writeMadeFeed(folder: string, options: MadeFeedOptions = {}): Promise<void> {
  await mkdir(join(folder, 'records'), { recursive: true })
  for (const [name, bytes] of madeFeedFiles(options)) await writeFile(join(folder, name), bytes)
}

function jsonFile(value: MadeJson): Uint8Array {
  return new Uint8Array(Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
}

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MadeRecord, SeededRandom, madeWorks } from '@matinee/testkit'

/** A made-up bundled feed on disk, as docs/feed-format.md 7.1 has it. */
export interface MadeFolder {
  readonly feed: string
  /** A viewer's folder beside it, in which the feed stays loaded from one run to the next. */
  readonly data: string
}

const LISTS = 40
const LIST_WORKS = 12

/** The feed of so many works out of a seed: written once, and found again by later runs. */
export async function madeFolder(seed: string, count: number): Promise<MadeFolder> {
  const name = `viewer-${seed.replaceAll(' ', '-')}-${count}`
  const place = fileURLToPath(new URL(`../../../.cache/bench/${name}`, import.meta.url))
  const folder = { feed: join(place, 'feed'), data: join(place, 'data') }
  if (existsSync(place)) return folder
  const part = `${place}.part`
  await rm(part, { recursive: true, force: true })
  await writeFeed(join(part, 'feed'), seed, count)
  await rename(part, place)
  return folder
}

interface MadeEntry {
  readonly id: string
  readonly sha256: string
  readonly length: number
  readonly added: string
  readonly state: string
  readonly waitsFor?: readonly string[]
}

async function writeFeed(folder: string, seed: string, count: number): Promise<void> {
  await mkdir(join(folder, 'records'), { recursive: true })
  const records: MadeEntry[] = []
  for (const record of madeWorks({ seed, count })) {
    const bytes = new TextEncoder().encode(JSON.stringify(record))
    const [month, day] = [1 + (records.length % 10), 1 + (records.length % 28)]
    const added = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    const state = isVerified(record)
      ? { state: 'offered' }
      : { state: 'candidate', waitsFor: ['review'] }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    records.push({ id: record.id, sha256, length: bytes.length, added, ...state })
    await writeFile(join(folder, 'records', `${record.id}.json`), bytes)
  }
  const manifest = {
    type: 'matinee-feed',
    version: 1,
    trust: 'bundled',
    id: 'made',
    issued: '2026-11-01',
    translations: { en: { name: 'Made up' } },
    operator: { name: 'Nobody' },
    contact: { url: 'https://example.org/contact' },
    records,
    lists: madeLists(new SeededRandom(`${seed} lists`), records),
  }
  await writeFile(join(folder, 'feed.json'), JSON.stringify(manifest))
}

function isVerified({ rights }: MadeRecord): boolean {
  const entries: readonly unknown[] = Array.isArray(rights) ? rights : []
  return entries.some(
    (entry) =>
      typeof entry === 'object' && entry !== null && Reflect.get(entry, 'verified') === true,
  )
}

function madeLists(random: SeededRandom, records: readonly MadeEntry[]): unknown[] {
  const offered = records.filter(({ state }) => state === 'offered')
  return Array.from({ length: Math.min(LISTS, offered.length) }, (_, number) => {
    const works = Array.from({ length: LIST_WORKS }, () => random.pick(offered).id)
    const title = `Programme ${number + 1}`
    return {
      id: `list-${number + 1}`,
      kind: 'programme',
      translations: { en: { title, note: 'Works that nobody made.' } },
      works: [...new Set(works)],
    }
  })
}

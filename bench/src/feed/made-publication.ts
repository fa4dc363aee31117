/** A signed feed of made-up works on disk, edition by edition, as its publisher puts it on a mirror. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { utf8Bytes } from '@matinee/base'
import {
  type PackHead,
  type PackedWork,
  type Sha256Text,
  type WorkId,
  canonicalRecord,
  hashedBytes,
  parseRecord,
  parseSha256,
  stateOf,
  writePack,
} from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { type MadeRecord, SeededRandom, madeWorks, nodeHash } from '@matinee/testkit'
import { MadePublisher } from '../../../packages/catalogue/test/signed/made-publisher.ts'

const SHARD_WORKS = 1500
/** How many new works there may be besides those of the first edition. */
const LATER_WORKS = 4000
const ROLE = 'targets'
const HEAD = {
  type: 'matinee-feed',
  version: 1,
  trust: 'signed',
  id: 'made',
  translations: { en: { name: 'Made up' } },
  operator: { name: 'Made up' },
  contact: null,
  issued: '2026-01-01',
  lists: [],
}

/** What an update changed. */
export interface MadeUpdate {
  readonly changed: readonly WorkId[]
  readonly added: readonly WorkId[]
  readonly removed: readonly WorkId[]
  /** The word that the titles of all works of this update have. */
  readonly word: string
}

/** A publisher with one key and so many works. */
export class MadePublication {
  /** What a mirror has. */
  readonly folder: string
  readonly medianBytes: number
  readonly #publisher = new MadePublisher(false)
  readonly #works = new Map<WorkId, PackedWork>()
  readonly #hashes = new Map<WorkId, Sha256Text>()
  readonly #later: PackedWork[] = []
  readonly #random: SeededRandom
  #edition = 1

  constructor(folder: string, seed: string, count: number) {
    this.folder = folder
    this.#random = new SeededRandom(`${seed} updates`)
    const lengths: number[] = []
    for (const made of madeWorks({ seed, count })) lengths.push(this.#put(packed(made)))
    for (const made of madeWorks({ seed: `${seed} later`, count: LATER_WORKS }))
      this.#later.push(packed({ ...made, id: `later-${made.id}` }))
    this.medianBytes = lengths.toSorted((a, b) => a - b)[lengths.length >> 1] ?? 0
    this.#publisher.publish('root')
    this.#publisher.add(ROLE, 'feed.json', utf8Bytes(JSON.stringify(HEAD)))
    this.#addShards()
    this.#sign()
  }

  /** The feed's first root. */
  get root(): Uint8Array {
    return this.#publisher.files.get('metadata/1.root.json') ?? new Uint8Array()
  }

  /** Publishes the next edition: of so many works four in five are changed, the others added or removed. */
  update(count: number): MadeUpdate {
    const from = this.#edition++
    const word = `edition${'abcdefghij'[this.#edition % 10] ?? ''}${this.#edition}`
    const ids = [...this.#works.keys()]
    const picked = new Set<WorkId>()
    while (picked.size < count * 0.9) picked.add(this.#random.pick(ids))
    const chosen = [...picked]
    const removed = chosen.slice(0, count / 10).toSorted()
    const changed = chosen.slice(count / 10).map((id) => retitled(this.#works.get(id), word))
    const added = this.#later.splice(0, count / 10).map((work) => retitled(work, word))
    for (const id of removed) {
      this.#works.delete(id)
      this.#hashes.delete(id)
    }
    for (const work of [...changed, ...added]) this.#put(work)
    const head = { kind: 'delta', works: changed.length + added.length, from, removed } as const
    this.#addPack(
      `delta-${this.#edition}.gz`,
      { ...head, edition: this.#edition },
      [...changed, ...added],
      { from },
    )
    // Whoever follows takes the delta. That the shards are those of an earlier edition is seen by newcomers only.
    this.#sign()
    const idsOf = (works: readonly PackedWork[]): WorkId[] => works.map(({ id }) => id)
    return { changed: idsOf(changed), added: idsOf(added), removed, word }
  }

  #put(work: PackedWork): number {
    const sha256 = parseSha256(nodeHash.sha256(hashedBytes(work)).toHex())
    if (sha256 === null) throw new Error('a SHA-256 is one')
    this.#works.set(work.id, work)
    this.#hashes.set(work.id, sha256)
    return work.bytes.length
  }

  #addShards(): void {
    const works = [...this.#works.values()]
    for (let start = 0; start < works.length; start += SHARD_WORKS) {
      const own = works.slice(start, start + SHARD_WORKS)
      const head = { kind: 'shard', works: own.length } as const
      this.#addPack(`shard-${start / SHARD_WORKS}.gz`, head, own, {})
    }
  }

  #addPack(
    name: string,
    head: PackHead,
    works: readonly PackedWork[],
    custom: Readonly<Record<string, unknown>>,
  ): void {
    const bytes = writePack(head, works)
    const path = `packs/${ROLE}/${name}`
    this.#publisher.add(ROLE, path, gzipSync(bytes), { bytes: bytes.length, ...custom })
  }

  /** Signs the next version and puts what is new on the mirror. */
  #sign(): void {
    const publisher = this.#publisher
    publisher.role(ROLE).draft['matinee'] = {
      edition: this.#edition,
      works: this.#works.size,
      shards: Math.ceil(this.#works.size / SHARD_WORKS),
      state: stateOf(this.#hashes, nodeHash),
    }
    publisher.update()
    for (const [path, bytes] of publisher.files) {
      const file = join(this.folder, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
      // The mirror has it; this process has no use for it.
      if (path !== 'metadata/1.root.json') publisher.files.delete(path)
    }
  }
}

function packed(made: MadeRecord): PackedWork {
  const parsed = parseRecord(utf8Bytes(JSON.stringify(made)))
  const added = parseCalendarDate('2026-01-01')
  if (parsed.kind !== 'record' || added === null) throw new Error('a made-up record is valid')
  return { id: parsed.record.id, added, bytes: canonicalRecord(parsed.record) }
}

/** The same work with a word more in its title. */
function retitled(work: PackedWork | undefined, word: string): PackedWork {
  if (work === undefined) throw new Error('a work that is changed is there')
  const record = JSON.parse(new TextDecoder().decode(work.bytes)) as {
    readonly title: { readonly text: string }
  }
  const title = { ...record.title, text: `${record.title.text} ${word}` }
  return { ...work, bytes: packed({ ...record, title, id: work.id }).bytes }
}

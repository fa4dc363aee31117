import { gzipSync } from 'node:zlib'
import {
  type PackedWork,
  type Sha256Text,
  type WorkId,
  canonicalRecord,
  hashedBytes,
  parseRecord,
  parseSha256,
  parseWorkId,
  stateOf,
  writePack,
} from '@matinee/catalogue'
import { type MadeRecord, nodeHash } from '@matinee/testkit'
import { date } from '../made-records.ts'
import type { MadePublisher } from './made-publisher.ts'

/** The day every work was added. */
const ADDED = date('2025-12-01')

/** How packs are made to be wrong. */
export interface Packing {
  /** Changes what is signed of the works as a whole. */
  readonly summary?: Readonly<Record<string, unknown>>
  /** Bytes that a shard is said to unpack to. */
  readonly bytes?: number
  /** Default 4. */
  readonly shards?: number
  /** Default: one, from the edition before. */
  readonly deltas?: 'all' | 'none'
}

/** The works of one role of a made publisher, edition by edition. */
export class MadePacks {
  readonly #role: string
  readonly #works = new Map<WorkId, Uint8Array>()
  #packed = new Map<WorkId, Uint8Array>()
  #edition = 0

  constructor(role: string) {
    this.#role = role
  }

  /** Puts a work into the next edition. */
  put(id: string, bytes: Uint8Array): this {
    this.#works.set(workId(id), bytes)
    return this
  }

  /** The same for records, in their canonical form. */
  putAll(records: Iterable<MadeRecord>): this {
    for (const record of records) this.put(record.id, recordBytes(record))
    return this
  }

  /** Leaves a work out of the next edition. */
  remove(id: string): this {
    this.#works.delete(workId(id))
    return this
  }

  /** Signs for the next edition with the role's next file, which isn't published yet. */
  pack(publisher: MadePublisher, packing: Packing = {}): this {
    const { shards = 4, deltas = 'all' } = packing
    const from = this.#edition
    this.#edition++
    const changed = [...this.#works].filter(([id, bytes]) => this.#packed.get(id) !== bytes)
    const removed = [...this.#packed.keys()].filter((id) => !this.#works.has(id)).sort()
    if (from > 0 && deltas === 'all') {
      const edition = this.#edition
      const head = { kind: 'delta', works: changed.length, from, edition, removed } as const
      const bytes = writePack(head, changed.map(packed))
      this.#add(publisher, `delta-${edition}.gz`, bytes, { bytes: bytes.length, from })
    }
    for (let number = 0; number < shards; number++) {
      const own = [...this.#works].filter((_, index) => index % shards === number).map(packed)
      const bytes = writePack({ kind: 'shard', works: own.length }, own)
      this.#add(publisher, `shard-${number}.gz`, bytes, { bytes: packing.bytes ?? bytes.length })
    }
    const state = stateOf(this.known, nodeHash)
    const { size: works } = this.#works
    publisher.role(this.#role).draft['matinee'] = {
      edition: this.#edition,
      works,
      shards,
      state,
      ...packing.summary,
    }
    this.#packed = new Map(this.#works)
    return this
  }

  /** What a reader of the newest edition knows. */
  get known(): ReadonlyMap<WorkId, Sha256Text> {
    return new Map(
      [...this.#works].map(([id, bytes]) => [id, sha256Of(hashedBytes({ added: ADDED, bytes }))]),
    )
  }

  #add(
    publisher: MadePublisher,
    name: string,
    bytes: Uint8Array,
    custom: Record<string, unknown>,
  ): void {
    publisher.add(
      this.#role,
      `packs/${this.#role}/${name}`,
      new Uint8Array(gzipSync(bytes)),
      custom,
    )
  }
}

/** A made record's file. */
export function recordBytes(record: MadeRecord): Uint8Array {
  const parsed = parseRecord(new TextEncoder().encode(JSON.stringify(record)))
  if (parsed.kind !== 'record') throw new RangeError('a made record is of this version')
  return canonicalRecord(parsed.record)
}

/** An id in a test. */
export function workId(text: string): WorkId {
  const id = parseWorkId(text)
  if (id === null) throw new RangeError(`${text} is no id`)
  return id
}

function packed([id, bytes]: readonly [WorkId, Uint8Array]): PackedWork {
  return { id, added: ADDED, bytes }
}

function sha256Of(bytes: Uint8Array): Sha256Text {
  const sha256 = parseSha256(nodeHash.sha256(bytes).toHex())
  if (sha256 === null) throw new RangeError('a SHA-256 is one')
  return sha256
}

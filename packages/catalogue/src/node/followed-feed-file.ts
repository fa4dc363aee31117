/**
 * All that is kept of a followed feed, in one SQLite file: the files it is trusted by, the decisions it ever made, and the
 * records that its roles admit. It's the source that the catalogue's index is made from, and a new version comes into it in
 * one transaction.
 */
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { type CalendarDate, parseCalendarDate } from '@matinee/rights'
import { type Sha256Text, parseSha256 } from '../name/hash-text.ts'
import { type WorkId, parseWorkId } from '../name/id.ts'
import type { KnownWorks } from '../signed/feed-works.ts'
import type { RevocationMemory } from '../signed/revocation-memory.ts'
import { type RoleName, parseRoleName } from '../signed/role-name.ts'
import type { TrustRefusal } from '../signed/trust-error.ts'
import type { TrustedFiles } from '../signed/trusted-files.ts'
import { CatalogueStoreError, storeErrorOf } from './catalogue-store-error.ts'
import { ChangeLog, LOG_TABLES, changedSince, currentTag } from './change-log.ts'
import { FeedChange, type TakenHead } from './feed-change.ts'

const SCHEMA_VERSION = 2
/** "Matf". */
const APPLICATION_ID = 0x4d617466

/** What a large change leaves in the journal is given back. */
const LARGEST_JOURNAL = 1 << 20

const TABLES = `
  create table if not exists kept (name text primary key, bytes blob not null) strict;
  create table if not exists edition (role text primary key, edition integer not null) strict;
  create table if not exists work (
    role text not null, id text not null, sha256 text not null, kind text not null,
    record text, checksum integer not null, added text not null, makers text not null, refusal text not null,
    primary key (role, id)
  ) strict, without rowid;`

/** A work as it's kept: its record, or why it's left out. */
export type KeptWork = { readonly role: RoleName; readonly id: WorkId } & (
  | {
      readonly kind: 'work'
      /** A validated record as JSON, all fields of it. */
      readonly json: string
      readonly added: CalendarDate
      readonly makers: readonly string[]
    }
  | { readonly kind: 'newer'; readonly minVersion: number }
  | { readonly kind: 'wrong'; readonly refusal: TrustRefusal }
)

/** A followed feed on disk. Every call may throw {@link CatalogueStoreError}. */
export class FollowedFeedFile implements Disposable {
  readonly #path: string
  readonly #database: DatabaseSync

  /** Opens the file; makes it when it isn't there. */
  constructor(path: string) {
    this.#path = path
    this.#database = this.#guard(() => new DatabaseSync(path))
    try {
      this.#guard(() => {
        const version = this.#database.prepare('pragma user_version').get()?.user_version
        if (version !== 0 && version !== SCHEMA_VERSION)
          throw new CatalogueStoreError('damaged', `${path}: is of another version`)
        // What is committed is on the disk, whatever happens next; and whoever reads waits for nobody who writes.
        this.#database.exec(`
          pragma journal_mode = wal;
          pragma journal_size_limit = ${LARGEST_JOURNAL};
          pragma synchronous = full;
          pragma application_id = ${APPLICATION_ID};
          ${TABLES}
          ${LOG_TABLES}
          pragma user_version = ${SCHEMA_VERSION};`)
      })
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** The files that the feed is trusted by; `null` = it was never begun. */
  trusted(): TrustedFiles | null {
    const fingerprint = parseSha256(this.#text('fingerprint'))
    const root = this.#bytes('root')
    if (fingerprint === null || root === null) return null
    const state = JSON.parse(this.#text('state')) as Pick<
      TrustedFiles,
      'confirmedMs' | 'expiredVersion'
    >
    const targets = this.#rows("select name, bytes from kept where name like 'targets/%'").flatMap(
      ({ name, bytes }): [RoleName, Uint8Array][] => {
        const role = parseRoleName(String(name).slice('targets/'.length))
        return role !== null && bytes instanceof Uint8Array ? [[role, bytes]] : []
      },
    )
    const [timestamp, snapshot] = [this.#bytes('timestamp'), this.#bytes('snapshot')]
    return { fingerprint, root, timestamp, snapshot, targets: new Map(targets), ...state }
  }

  /** Every decision that the feed ever made. */
  memory(): RevocationMemory {
    const text = this.#text('memory')
    return text === '' ? [] : (JSON.parse(text) as RevocationMemory)
  }

  /** The version whose works are here; `null` = none was taken yet. */
  taken(): TakenHead | null {
    const head = this.#bytes('head')
    if (head === null) return null
    return { head, ...(JSON.parse(this.#text('taken')) as Omit<TakenHead, 'head'>) }
  }

  /** What is known of a role's works. */
  known(role: RoleName): KnownWorks {
    const [row] = this.#rows('select edition from edition where role = ?', role)
    const works = new Map<WorkId, Sha256Text>()
    // Of every work, and before each version: from an index of these alone, without an object for each.
    const all = this.#guard(() => {
      const statement = this.#database.prepare('select id, sha256 from work where role = ?')
      statement.setReturnArrays(true)
      return statement.all(role)
    })
    for (const row of all) {
      if (!Array.isArray(row)) continue
      const [id, sha256]: readonly unknown[] = row
      const [work, hash] = [parseWorkId(String(id)), parseSha256(String(sha256))]
      if (work !== null && hash !== null) works.set(work, hash)
    }
    return { edition: Number(row?.['edition'] ?? 0), works }
  }

  /** Every work of a role, by id. */
  *works(role: RoleName): Generator<KeptWork, void> {
    const sql =
      'select id, kind, record, checksum, added, makers, refusal from work where role = ? order by id'
    for (const row of this.#guard(() => this.#database.prepare(sql).iterate(role))) {
      const id = parseWorkId(String(row['id']))
      if (id !== null) yield { role, id, ...readOf(row) }
    }
  }

  /** One work of a role; `null` = the role has none of that id. */
  work(role: RoleName, id: WorkId): KeptWork | null {
    const sql =
      'select kind, record, checksum, added, makers, refusal from work where role = ? and id = ?'
    const [row] = this.#rows(sql, role, id)
    return row === undefined ? null : { role, id, ...readOf(row) }
  }

  /** Stands for all that is offered now: another tag, perhaps other works. */
  get tag(): string {
    return this.#guard(() => currentTag(this.#database))
  }

  /** The works about which something may be otherwise than when the tag was this; `null` = that isn't remembered. */
  changedSince(tag: string): readonly WorkId[] | null {
    return this.#guard(() => changedSince(this.#database, tag))
  }

  /** Runs changes in one transaction: all of them are there when it resolves, none when it rejects or the machine stops. */
  async change<T>(run: (change: FeedChange) => Promise<T>): Promise<T> {
    this.#guard(() => this.#database.exec('begin immediate'))
    try {
      const log = new ChangeLog(this.#database)
      const result = await run(new FeedChange(this.#database, log))
      this.#guard(() => {
        log.write()
        this.#database.exec('commit')
      })
      return result
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #bytes(name: string): Uint8Array | null {
    const [row] = this.#rows('select bytes from kept where name = ?', name)
    const bytes = row?.['bytes']
    return bytes instanceof Uint8Array ? bytes : null
  }

  #text(name: string): string {
    return new TextDecoder().decode(this.#bytes(name) ?? new Uint8Array())
  }

  #rows(sql: string, ...values: readonly string[]): Record<string, unknown>[] {
    return this.#guard(() => this.#database.prepare(sql).all(...values))
  }

  #guard<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      throw storeErrorOf(this.#path, error)
    }
  }
}

/** What a row is, but for its role and id. */
type ReadRow<T> = T extends unknown ? Omit<T, 'role' | 'id'> : never

function readOf(row: Readonly<Record<string, unknown>>): ReadRow<KeptWork> {
  const { kind, record, checksum, makers, refusal } = row
  if (kind === 'work') {
    const added = parseCalendarDate(String(row['added']))
    if (typeof record !== 'string' || crc32(record) !== checksum || added === null)
      throw new CatalogueStoreError('damaged', 'a record is not what was written')
    return { kind, json: record, added, makers: JSON.parse(String(makers)) as string[] }
  }
  if (kind === 'newer') return { kind, minVersion: Number(refusal) }
  return { kind: 'wrong', refusal: JSON.parse(String(refusal)) as TrustRefusal }
}

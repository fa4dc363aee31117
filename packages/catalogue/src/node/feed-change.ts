import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import type { Sha256Text } from '../name/hash-text.ts'
import { type WorkId, parseWorkId } from '../name/id.ts'
import type { RevocationMemory } from '../signed/revocation-memory.ts'
import type { RoleName } from '../signed/role-name.ts'
import type { ReadWork } from '../signed/signed-work.ts'
import type { TrustedFiles } from '../signed/trusted-files.ts'
import type { ChangeLog } from './change-log.ts'

/** What is remembered of the version whose works are here, so that they stay when keys change and nothing newer comes. */
export interface TakenHead {
  /** `feed.json` as it came. */
  readonly head: Uint8Array
  /** The timestamp's. */
  readonly version: number
  /** In the order in which a work's first one counts. */
  readonly roles: readonly RoleName[]
}

/** What may be changed of a followed feed's file, inside of one transaction. */
export class FeedChange {
  readonly #database: DatabaseSync
  readonly #put: StatementSync
  readonly #remove: StatementSync

  readonly #log: ChangeLog

  constructor(database: DatabaseSync, log: ChangeLog) {
    this.#database = database
    this.#log = log
    this.#put = database.prepare('insert or replace into work values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#remove = database.prepare('delete from work where role = ? and id = ?')
  }

  /**
   * Keeps these files in the place of all others. By itself for a refresh that found nothing newer, or that was refused: the
   * works that are here stay.
   */
  keepFiles(files: TrustedFiles): void {
    const { fingerprint, root, timestamp, snapshot, targets } = files
    const { confirmedMs, expiredVersion } = files
    this.#database.exec("delete from kept where name not in ('memory', 'head', 'taken')")
    this.#keep('fingerprint', new TextEncoder().encode(fingerprint))
    this.#keep('root', root)
    if (timestamp !== null) this.#keep('timestamp', timestamp)
    if (snapshot !== null) this.#keep('snapshot', snapshot)
    for (const [role, bytes] of targets) this.#keep(`targets/${role}`, bytes)
    const state = JSON.stringify({ confirmedMs, expiredVersion })
    this.#keep('state', new TextEncoder().encode(state))
  }

  /** Says which version's works are here. */
  keepTaken({ head, version, roles }: TakenHead): void {
    const before = this.#kept('head')
    if (before === null || Buffer.compare(before, head) !== 0) this.#log.note(null, head)
    const taken = this.#json('taken') as Omit<TakenHead, 'head'> | null
    if (isOtherOrder(taken?.roles ?? [], roles)) this.#log.note('all', JSON.stringify(roles))
    this.#keep('head', head)
    this.#keep('taken', new TextEncoder().encode(JSON.stringify({ version, roles })))
  }

  /** Keeps the feed's decisions. */
  keepMemory(memory: RevocationMemory): void {
    const before = textsByWork((this.#json('memory') ?? []) as RevocationMemory)
    const now = textsByWork(memory)
    for (const work of new Set([...before.keys(), ...now.keys()]))
      if (before.get(work) !== now.get(work)) this.#log.note(work, now.get(work) ?? '')
    this.#keep('memory', new TextEncoder().encode(JSON.stringify(memory)))
  }

  /** Keeps a work in the place of what was known of it. */
  put(role: RoleName, id: WorkId, sha256: Sha256Text, read: ReadWork): void {
    const record = read.kind === 'work' ? JSON.stringify(read.work.record) : null
    const checksum = record === null ? 0 : crc32(record)
    const makers = read.kind === 'work' ? read.work.makers : []
    const added = read.kind === 'work' ? read.work.added : ''
    const refusal =
      read.kind === 'wrong' ? read.refusal : read.kind === 'newer' ? read.minVersion : null
    const texts = [JSON.stringify(makers), JSON.stringify(refusal)] as const
    this.#log.note(id, role, id, sha256)
    this.#put.run(role, id, sha256, read.kind, record, checksum, added, ...texts)
  }

  /** Forgets a work. */
  remove(role: RoleName, id: WorkId): void {
    this.#log.note(id, role, id)
    this.#remove.run(role, id)
  }

  /** Says which edition a role's works are now. */
  setEdition(role: RoleName, edition: number): void {
    this.#database.prepare('insert or replace into edition values (?, ?)').run(role, edition)
  }

  /** Forgets the works of every role that isn't among these. */
  removeOthers(roles: readonly RoleName[]): void {
    const names = JSON.stringify(roles)
    const others = this.#database
      .prepare('select role, id from work where role not in (select value from json_each(?))')
      .all(names)
    for (const { role, id } of others)
      this.#log.note(parseWorkId(String(id)), String(role), String(id))
    for (const table of ['work', 'edition'])
      this.#database
        .prepare(`delete from ${table} where role not in (select value from json_each(?))`)
        .run(names)
  }

  #kept(name: string): Uint8Array | null {
    const bytes = this.#database.prepare('select bytes from kept where name = ?').get(name)?.bytes
    return bytes instanceof Uint8Array ? bytes : null
  }

  #json(name: string): unknown {
    const bytes = this.#kept(name)
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes))
  }

  #keep(name: string, bytes: Uint8Array): void {
    this.#database.prepare('insert or replace into kept values (?, ?)').run(name, bytes)
  }
}

/** Whether two roles that stay are asked in another order now. */
function isOtherOrder(before: readonly RoleName[], now: readonly RoleName[]): boolean {
  const stayed = before.filter((role) => now.includes(role))
  return now.filter((role) => before.includes(role)).some((role, at) => role !== stayed[at])
}

/** What is decided about each work, as text to be compared. */
function textsByWork(memory: RevocationMemory): ReadonlyMap<WorkId, string> {
  const byWork = Map.groupBy(memory, ({ revocation }) => revocation.work)
  return new Map([...byWork].map(([work, decisions]) => [work, JSON.stringify(decisions)]))
}

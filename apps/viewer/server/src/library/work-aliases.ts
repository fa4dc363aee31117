import { messageOf, type Log } from '@matinee/base'
import { identitiesOf, type WorkKey, type WorkRecord } from '@matinee/catalogue'
import type { Country } from '@matinee/rights'
import type { ShelfAliases, ShelfIds } from '../shelf/merged-shelf.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import type { AskedCatalogue } from './limited-catalogue.ts'
import { addressOf, parseWorkAddress } from './work-address.ts'

/** Works that the catalogue is asked about at once. */
const MOST_ASKED = 500

/** What {@link WorkAliases} needs. */
export interface WorkAliasesParts {
  readonly store: Pick<AskedCatalogue, 'revision' | 'sameWorks' | 'work'>
  readonly shelf: Pick<Shelf, 'workIds' | 'identities' | 'rememberIdentities'>
  readonly territory: () => Country | null
  /** A work that its feed has and offers no more; null = none. */
  readonly keptWork: (key: WorkKey) => { readonly record: WorkRecord } | null
  readonly log: Log
}

/**
 * Which works on a shelf are the same as others in the catalogue. The shelf remembers by what a work is known elsewhere: it's
 * found again, as another feed's, when its own feed has withdrawn it or is followed no more.
 */
export class WorkAliases implements ShelfAliases {
  readonly #parts: WorkAliasesParts
  /** Ids on the shelf → what they are known by; empty = that isn't known yet. */
  #known: Promise<Map<string, readonly string[]>> | null = null
  #changes = 0
  #last: { readonly key: string; readonly ids: Promise<ShelfIds> } | null = null

  constructor(parts: WorkAliasesParts) {
    this.#parts = parts
  }

  async now(): Promise<ShelfIds> {
    const { store, territory } = this.#parts
    const key = `${this.#changes} ${await store.revision()} ${territory() ?? ''}`
    if (this.#last?.key === key) return this.#last.ids
    const last = { key, ids: this.#find() }
    this.#last = last
    last.ids.catch(() => {
      if (this.#last === last) this.#last = null
    })
    return last.ids
  }

  note(workId: string): void {
    this.#known = (this.#known ?? this.#read()).then(async (known) => {
      if (known.has(workId)) return known
      this.#changes++
      await this.#learn(known.set(workId, []), workId)
      return known
    })
    this.#known.catch(() => this.forget())
  }

  forget(): void {
    this.#known = null
    this.#changes++
  }

  async #find(): Promise<ShelfIds> {
    const { store, territory } = this.#parts
    this.#known ??= this.#read()
    const works = [...(await this.#known)].flatMap(([id, identities]) => {
      const key = parseWorkAddress(id)
      return key === null ? [] : [{ ...key, identities }]
    })
    const found = new Map<string, Group>()
    for (let at = 0; at < works.length; at += MOST_ASKED) {
      const some = works.slice(at, at + MOST_ASKED)
      const same = await store.sameWorks({ works: some, territory: territory() })
      for (const [place, work] of some.entries()) {
        const records = same[place] ?? []
        const [first] = records
        const id = addressOf(work)
        const name = first === undefined ? id : addressOf(first)
        const group = found.get(name) ?? { ids: [], names: new Set(), shown: null }
        group.ids.push(id)
        for (const each of [id, ...records.map(addressOf)]) group.names.add(each)
        if (first?.isOffered === true) group.shown = name
        found.set(name, group)
      }
    }
    const groupOf = new Map<string, Group>()
    for (const group of found.values()) for (const name of group.names) groupOf.set(name, group)
    return {
      allOf: (id) => groupOf.get(id)?.ids ?? [id],
      shownFor: (id) => groupOf.get(id)?.shown ?? id,
      groups: [...found.values()].map(({ ids }) => ids).filter(({ length }) => length > 1),
    }
  }

  /** What the shelf remembers. Of works of which it remembers nothing, what their records say follows when there is time. */
  async #read(): Promise<Map<string, readonly string[]>> {
    const { shelf } = this.#parts
    const known = new Map<string, readonly string[]>()
    for (const id of await shelf.workIds()) known.set(id, [])
    for (const { workId, identities } of await shelf.identities())
      if (known.has(workId)) known.set(workId, identities)
    void this.#learnOthers(known)
    return known
  }

  /** Never rejects. */
  async #learnOthers(known: Map<string, readonly string[]>): Promise<void> {
    const others = [...known].flatMap(([id, { length }]) => (length === 0 ? [id] : []))
    let learnt = 0
    for (const workId of others) {
      if (!(await this.#learn(known, workId))) break
      learnt++
    }
    if (learnt > 0) this.#changes++
  }

  /** Remembers by what a work is known elsewhere; false = that failed, and is said to the log. */
  async #learn(known: Map<string, readonly string[]>, workId: string): Promise<boolean> {
    const { shelf, log } = this.#parts
    try {
      const identities = await this.#identitiesOf(workId)
      if (identities.length > 0) {
        known.set(workId, identities)
        await shelf.rememberIdentities(workId, identities)
      }
      return true
    } catch (error) {
      // Closing ends it, and the next start goes on.
      if (!(error instanceof Error && 'code' in error && error.code === 'closed'))
        log.warn('work not remembered', { workId, reason: messageOf(error) })
      return false
    }
  }

  async #identitiesOf(workId: string): Promise<readonly string[]> {
    const { store, keptWork, territory } = this.#parts
    const key = parseWorkAddress(workId)
    if (key === null) return []
    const found = await store.work({ ...key, territory: territory() })
    const record = found.kind === 'none' ? keptWork(key)?.record : found.record
    return record === undefined ? [] : identitiesOf(record)
  }
}

/** Records that are one work. */
interface Group {
  /** Those on the shelf. */
  readonly ids: string[]
  /** Those in the catalogue, too. */
  readonly names: Set<string>
  shown: string | null
}

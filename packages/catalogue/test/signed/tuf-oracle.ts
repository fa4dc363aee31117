import { mock } from 'node:test'
import { EqualVersionError } from 'tuf-js/dist/error.js'
import { TrustedMetadataStore } from 'tuf-js/dist/store.js'
import type { Versions } from './refresh-case.ts'

/** What tuf-js says to a round. */
export interface OracleAnswer {
  /** `null` = all is well, else what it threw. */
  readonly error: Error | null
  readonly versions: Versions
}

/** The lengths that tuf-js takes when none are signed. */
const MAX_BYTES = { root: 512_000, timestamp: 16_384, snapshot: 2_000_000, targets: 5_000_000 }
const MAX_CURATORS = 32

type Files = ReadonlyMap<string, Uint8Array>

/**
 * A reader made of tuf-js: its store of trusted metadata, driven in the order of its own updater, which asks a network and
 * keeps files on a disk. It keeps roles one by one, as that does.
 */
export class TufOracle {
  readonly #kept = new Map<string, Buffer>()

  constructor(root: Uint8Array) {
    this.#kept.set('root', Buffer.from(root))
  }

  /** Another one that trusts the same. */
  copy(): TufOracle {
    const copy = new TufOracle(this.#kept.get('root') ?? Buffer.alloc(0))
    for (const [role, bytes] of this.#kept) copy.#kept.set(role, bytes)
    return copy
  }

  /** Asks a source for everything. */
  ask(now: string, files: Files): OracleAnswer {
    mock.timers.enable({ apis: ['Date'], now: Date.parse(now) })
    try {
      this.#refresh(files)
      return { error: null, versions: this.versions }
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return { error, versions: this.versions }
    } finally {
      mock.timers.reset()
    }
  }

  /** The versions that it keeps. */
  get versions(): Versions {
    const versionOf = (role: string): number => {
      const bytes = this.#kept.get(role)
      if (bytes === undefined) return 0
      const { signed } = JSON.parse(bytes.toString()) as { signed: { version: number } }
      return signed.version
    }
    return [versionOf('root'), versionOf('timestamp'), versionOf('snapshot'), versionOf('targets')]
  }

  #refresh(files: Files): void {
    const store = new TrustedMetadataStore(this.#kept.get('root') ?? Buffer.alloc(0))
    for (;;) {
      const next = `metadata/${store.root.signed.version + 1}.root.json`
      if (!files.has(next)) break
      const bytes = take(files, next, MAX_BYTES.root)
      store.updateRoot(bytes)
      this.#kept.set('root', bytes)
    }
    this.#timestamp(store, files)
    this.#snapshot(store, files)
    this.#targets(store, files, 'targets', 'root')
    const curators = Object.keys(store.targets?.signed.delegations?.roles ?? {})
    for (const name of curators.slice(0, MAX_CURATORS))
      if (store.snapshot?.signed.meta[`${name}.json`] !== undefined)
        this.#targets(store, files, name, 'targets')
  }

  #timestamp(store: TrustedMetadataStore, files: Files): void {
    const kept = this.#kept.get('timestamp')
    if (kept !== undefined) tryTo(() => store.updateTimestamp(kept))
    const bytes = take(files, 'metadata/timestamp.json', MAX_BYTES.timestamp)
    try {
      store.updateTimestamp(bytes)
    } catch (error) {
      if (error instanceof EqualVersionError) return
      throw error
    }
    this.#kept.set('timestamp', bytes)
  }

  #snapshot(store: TrustedMetadataStore, files: Files): void {
    const kept = this.#kept.get('snapshot')
    if (kept !== undefined && tryTo(() => store.updateSnapshot(kept, true))) return
    const meta = store.timestamp?.signed.snapshotMeta
    const path = `metadata/${meta?.version}.snapshot.json`
    const bytes = take(files, path, meta?.length ?? MAX_BYTES.snapshot)
    store.updateSnapshot(bytes)
    this.#kept.set('snapshot', bytes)
  }

  #targets(store: TrustedMetadataStore, files: Files, role: string, by: string): void {
    const kept = this.#kept.get(role)
    if (kept !== undefined && tryTo(() => store.updateDelegatedTargets(kept, role, by))) return
    const meta = store.snapshot?.signed.meta[`${role}.json`]
    const path = `metadata/${meta?.version}.${role}.json`
    const bytes = take(files, path, meta?.length ?? MAX_BYTES.targets)
    store.updateDelegatedTargets(bytes, role, by)
    this.#kept.set(role, bytes)
  }
}

function take(files: Files, path: string, maxBytes: number): Buffer {
  const bytes = files.get(path)
  if (bytes === undefined) throw new Error(`${path} is not there`)
  if (bytes.length > maxBytes) throw new Error(`${path} is too long`)
  return Buffer.from(bytes)
}

function tryTo(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch {
    return false
  }
}

import {
  beginTrust,
  openTrustedFiles,
  parseFeedHead,
  type FeedCrypto,
  type FeedHead,
  type FetchFile,
  type Refresh,
  type RevocationMemory,
  type RoleName,
  type Sha256Text,
  type TrustRefusal,
  type TrustedFiles,
  type VerifiedFeed,
  type WorkId,
  type WorkRecord,
} from '@matinee/catalogue'
import {
  FollowedFeedFile,
  followedFeedInput,
  takeVersionApart,
  type FollowedFeedInput,
  type KeptWork,
  type TakenVersion,
} from '@matinee/catalogue/node'

/** A refresh that found something to keep. */
export type GoodRefresh = Exclude<Refresh, { kind: 'refused' }>

/** Takes a version into a feed's file, as `takeVersion` does. */
export type TakeVersion = (
  file: FollowedFeedFile,
  refresh: GoodRefresh,
  fetch: FetchFile,
) => Promise<TakenVersion>

/** What is trusted of a followed feed, on the disk and in memory. Every call may throw CatalogueStoreError. */
export class FeedLedger implements Disposable {
  readonly #crypto: FeedCrypto
  readonly #take: TakeVersion
  readonly #file: FollowedFeedFile
  #trusted: TrustedFiles | null
  #feed: VerifiedFeed | null = null
  #head: FeedHead | null = null
  #version: number | null = null
  #roles: readonly RoleName[] = []
  #memory: RevocationMemory = []
  #isTaking = false

  /**
   * @param path of its file, which is made when it isn't there
   * @param take how versions are taken; by default in a thread of their own
   */
  constructor(path: string, crypto: FeedCrypto, take: TakeVersion = apart(path)) {
    this.#crypto = crypto
    this.#take = take
    this.#file = new FollowedFeedFile(path)
    this.#trusted = this.#file.trusted()
    this.#readAgain()
  }

  /** Null = it was never begun. */
  get trusted(): TrustedFiles | null {
    return this.#trusted
  }

  /** The newest verified version; null = none yet, or its keys are none any more. */
  get feed(): VerifiedFeed | null {
    return this.#feed
  }

  /** What the feed says of itself; null = no version was taken yet, or it needs a newer reader. */
  get head(): FeedHead | null {
    return this.#head
  }

  /** The version whose works are here; null = none. */
  get version(): number | null {
    return this.#version
  }

  /** Every decision it ever made. */
  get memory(): RevocationMemory {
    return this.#memory
  }

  /** Begins with the feed's first root, whose fingerprint the viewer accepted. Returns why not, or null. */
  async begin(root: Uint8Array, fingerprint: Sha256Text): Promise<TrustRefusal | null> {
    if (this.#trusted !== null) return null
    const begun = beginTrust(root, fingerprint, this.#crypto)
    if (begun.kind === 'refused') return begun.refusal
    await this.keep(begun.files)
    return null
  }

  /** Keeps files in the place of those that were trusted; the works stay. */
  async keep(files: TrustedFiles): Promise<void> {
    await this.#file.change(async (change) => change.keepFiles(files))
    this.#trusted = files
    this.#readAgain()
  }

  /**
   * Takes a version with its works, in one transaction; decisions first, which stay though works can't be had.
   * Throws what `fetch` throws.
   */
  async take(
    refresh: GoodRefresh,
    fetch: FetchFile,
  ): Promise<{ readonly refusal: TrustRefusal | null; readonly isChanged: boolean }> {
    const before = JSON.stringify(this.#memory)
    this.#isTaking = true
    try {
      const taken = await this.#take(this.#file, refresh, fetch)
      if (taken.kind === 'taken') this.#trusted = refresh.files
      const isChanged = taken.kind === 'taken' || JSON.stringify(this.#file.memory()) !== before
      return { refusal: taken.kind === 'taken' ? null : taken.refusal, isChanged }
    } finally {
      this.#isTaking = false
      this.#readAgain()
    }
  }

  /** What it offers now, for the catalogue; null = nothing yet. */
  input(): FollowedFeedInput | null {
    return followedFeedInput(this.#file, this.#crypto)
  }

  /** A work that it has, offered or not; null = it hasn't, or just now a version is being taken. */
  work(id: WorkId): KeptWork | null {
    if (this.#isTaking) return null
    for (const role of this.#roles) {
      const kept = this.#file.work(role, id)
      if (kept !== null && !(kept.kind === 'wrong' && kept.refusal.code === 'name-space'))
        return kept
    }
    return null
  }

  /** Records of all works that a role admits, withdrawn or not, each role's by their ids. */
  *records(): Generator<WorkRecord, void> {
    for (const role of this.#roles)
      for (const kept of this.#file.works(role)) {
        if (kept.kind === 'work') yield recordOf(kept)
      }
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]()
  }

  #readAgain(): void {
    const taken = this.#file.taken()
    const parsed = taken === null ? null : parseFeedHead(taken.head)
    this.#head = parsed?.kind === 'head' ? parsed.head : null
    this.#version = taken?.version ?? null
    this.#roles = taken?.roles ?? []
    this.#memory = this.#file.memory()
    this.#feed = this.#trusted === null ? null : openTrustedFiles(this.#trusted, this.#crypto)
  }
}

/** The record of a work that was kept. */
export function recordOf({ json }: Extract<KeptWork, { kind: 'work' }>): WorkRecord {
  // It was validated before it was kept, and is read back only as it was written.
  return JSON.parse(json) as WorkRecord
}

function apart(path: string): TakeVersion {
  return (_, refresh, fetch) => takeVersionApart(path, refresh, fetch)
}

import {
  type FeedCheck,
  type Refresh,
  type TrustedFiles,
  type VerifiedFeed,
  beginTrust,
  findTarget,
  parseSha256,
  refreshFeed,
  targetFileName,
  targetProblem,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import type { Expected, Round, Versions } from './refresh-case.ts'

const CRYPTO = systemFeedCrypto()

/** What a check came to, and what it asked for. */
export interface Answered<T> {
  readonly value: T
  readonly asks: readonly string[]
}

/** Runs a check against a source that is a list of files. */
export function answer<T>(
  check: FeedCheck<T>,
  files: ReadonlyMap<string, Uint8Array>,
): Answered<T> {
  const asks: string[] = []
  let step = check.next()
  while (step.done !== true) {
    const { path } = step.value
    asks.push(path)
    step = check.next(files.get(path) ?? null)
  }
  return { value: step.value, asks }
}

/** A reader who follows a feed through the rounds of a case. */
export class Follower {
  /** What is trusted; `null` = the first root wasn't. */
  files: TrustedFiles | null
  feed: VerifiedFeed | null = null
  readonly #beginning: string

  constructor(root: Uint8Array) {
    const fingerprint = parseSha256(CRYPTO.sha256(root).toHex())
    if (fingerprint === null) throw new RangeError('a SHA-256 is one')
    const begun = beginTrust(root, fingerprint, CRYPTO)
    this.files = begun.kind === 'begun' ? begun.files : null
    this.#beginning = begun.kind === 'begun' ? 'begun' : begun.refusal.code
  }

  /** What it answers to a round. */
  ask(round: Pick<Round, 'now' | 'files'>): Answered<Refresh> | null {
    if (this.files === null) return null
    const check = refreshFeed(this.files, Date.parse(round.now), CRYPTO)
    const answered = answer(check, round.files)
    this.files = answered.value.files
    if (answered.value.kind !== 'refused') this.feed = answered.value.feed
    return answered
  }

  /** The same, in the words of a case; with those fields only that `like` has. */
  tell(round: Round, like: Expected): Expected {
    const answered = this.ask(round)
    const refresh = answered?.value
    const kind = refresh?.kind ?? 'refused'
    const code = refresh?.kind === 'refused' ? refresh.refusal.code : kind
    const freshness = refresh !== undefined && refresh.kind !== 'refused' ? refresh.freshness : null
    return {
      answer: refresh === undefined ? this.#beginning : code,
      versions: this.versions,
      ...(like.curators === undefined
        ? {}
        : { curators: this.feed?.curators.map(({ role }) => String(role.name)) ?? [] }),
      ...(freshness?.kind === 'stale' ? { stale: freshness.role } : {}),
      ...(like.asks === undefined ? {} : { asks: answered?.asks ?? [] }),
      ...(like.finds === undefined
        ? {}
        : {
            finds: Object.fromEntries(
              Object.keys(like.finds).map((path) => [path, this.#find(path, round)]),
            ),
          }),
    }
  }

  /** The versions that are trusted, read from the files that would be kept. */
  get versions(): Versions {
    if (this.files === null) return [1, 0, 0, 0]
    const { root, timestamp, snapshot, targets } = this.files
    const publisher = [...targets].find(([name]) => name === 'targets')?.[1] ?? null
    return [versionOf(root), versionOf(timestamp), versionOf(snapshot), versionOf(publisher)]
  }

  #find(path: string, { files }: Round): string | null {
    const found = this.feed === null ? null : findTarget(this.feed, path)
    if (found === null) return null
    const bytes = files.get(targetFileName(found.target))
    if (bytes === undefined) return 'missing'
    return targetProblem(bytes, found.target, CRYPTO)?.code ?? found.role
  }
}

function versionOf(bytes: Uint8Array | null): number {
  if (bytes === null) return 0
  const file = JSON.parse(new TextDecoder().decode(bytes)) as { signed: { version: number } }
  return file.signed.version
}

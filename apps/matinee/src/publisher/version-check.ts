import {
  type Edition,
  type KnownWorks,
  PUBLISHER,
  type Sha256Text,
  type TrustRefusal,
  type VerifiedFeed,
  type WorkId,
  type WorkRecord,
  type Freshness,
  readWorks,
  rolesWithWorks,
  FEED_HEAD,
  type FeedHead,
  type Revocation,
  type RevocationMemory,
  type TargetsRole,
  TrustError,
  mayAdmit,
  parseFeedHead,
  parseRevocations,
  rememberRevocations,
  revocationsPath,
  targetFileName,
  targetProblem,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { type FeedSource, readSignedFeed } from './feed-source.ts'

/** What a version of a feed is to a reader. */
export type CheckedVersion =
  | {
      readonly kind: 'good'
      readonly feed: VerifiedFeed
      readonly freshness: Freshness
      /** Of works that changed since `known`, and of all works of curators. */
      readonly records: readonly WorkRecord[]
      /** Works that a reader leaves out, and why; the feed is good without them. */
      readonly leftOut: readonly TrustRefusal[]
      /** How many works need a newer reader. */
      readonly newer: number
      /** How many works every role signs for. */
      readonly works: number
      /** Every decision that the version holds. */
      readonly decisions: RevocationMemory
      /** What the feed says of itself; `null` = only a newer reader understands it. */
      readonly head: FeedHead | null
    }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** A version that a reader takes. */
export type GoodVersion = CheckedVersion & { readonly kind: 'good' }

const NOTHING: KnownWorks = { edition: 0, works: new Map() }
const CRYPTO = systemFeedCrypto()

/**
 * Reads a version of a feed whole, as a reader does: roles, packs, records.
 *
 * @param known the publisher's edition that is known to be right; `null` = everything is read
 */
export async function checkVersion(
  source: FeedSource,
  fingerprint: Sha256Text,
  known: Edition | null,
  nowMs: number,
): Promise<CheckedVersion> {
  const read = await readSignedFeed(source, fingerprint, nowMs)
  if (read.kind === 'refused') return read
  const { feed, freshness } = read
  const records = new Map<WorkId, WorkRecord>()
  const leftOut: TrustRefusal[] = []
  let [newer, works] = [0, 0]
  let decisions: RevocationMemory = []
  for (const role of rolesWithWorks(feed)) {
    const said = await attempt(() => readDecisions(source, role))
    if (said.kind === 'refused') return said
    decisions = rememberRevocations(decisions, role.name, said.value, (id) =>
      mayAdmit(feed, role.name, id),
    )
    const before = role.name === PUBLISHER && known !== null ? knownOf(known) : NOTHING
    const check = readWorks(feed, role, before, CRYPTO)
    let step = check.next()
    while (step.done !== true) {
      if (step.value.kind === 'file') {
        const { path, maxBytes } = step.value.wanted
        step = check.next(await source(path, maxBytes))
        continue
      }
      if (step.value.kind === 'changed') {
        const { id, read: work } = step.value
        if (work.kind === 'work') records.set(id, records.get(id) ?? work.work.record)
        else if (work.kind === 'newer') newer++
        else leftOut.push(work.refusal)
      }
      step = check.next(null)
    }
    if (step.value.kind === 'refused') return step.value
    works += step.value.known.works.size
  }
  const head = await attempt(() => readHead(source, feed.publisher))
  if (head.kind === 'refused') return head
  return {
    kind: 'good',
    feed,
    freshness,
    records: [...records.values()],
    leftOut,
    newer,
    works,
    decisions,
    head: head.value,
  }
}

async function readDecisions(
  source: FeedSource,
  role: TargetsRole,
): Promise<readonly Revocation[]> {
  const path = revocationsPath(role.name)
  const bytes = await readTarget(source, role, path)
  return bytes === null ? [] : (parseRevocations(bytes, path) ?? [])
}

async function readHead(source: FeedSource, publisher: TargetsRole): Promise<FeedHead | null> {
  const bytes = await readTarget(source, publisher, FEED_HEAD)
  if (bytes === null)
    throw new TrustError({ code: 'missing', file: FEED_HEAD, why: 'is not there' })
  const parsed = parseFeedHead(bytes)
  return parsed.kind === 'head' ? parsed.head : null
}

/** A file that a role signs for; `null` = it doesn't. Throws {@link TrustError}. */
async function readTarget(
  source: FeedSource,
  role: TargetsRole,
  path: string,
): Promise<Uint8Array | null> {
  const target = role.files.get(path)
  if (target === undefined) return null
  const file = targetFileName(target)
  const bytes = await source(file, target.length)
  if (bytes === null) throw new TrustError({ code: 'missing', file, why: 'is not there' })
  const problem = targetProblem(bytes, target, CRYPTO)
  if (problem !== null) throw new TrustError(problem)
  return bytes
}

async function attempt<T>(
  read: () => Promise<T>,
): Promise<
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }
> {
  try {
    return { kind: 'read', value: await read() }
  } catch (error) {
    if (error instanceof TrustError) return { kind: 'refused', refusal: error.refusal }
    throw error
  }
}

function knownOf({ edition, works }: Edition): KnownWorks {
  return { edition, works: new Map([...works].map(([id, { sha256 }]) => [id, sha256])) }
}

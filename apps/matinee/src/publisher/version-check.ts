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
    }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

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
  for (const role of rolesWithWorks(feed)) {
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
  return { kind: 'good', feed, freshness, records: [...records.values()], leftOut, newer, works }
}

function knownOf({ edition, works }: Edition): KnownWorks {
  return { edition, works: new Map([...works].map(([id, { sha256 }]) => [id, sha256])) }
}

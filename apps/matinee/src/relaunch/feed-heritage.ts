/** All that a copy of a feed holds, read as a stranger reads it: only what its keys signed for is taken. */
import {
  FEED_HEAD,
  type FeedHead,
  type PackLine,
  type Revocation,
  type RevocationMemory,
  type Sha256Text,
  TrustError,
  type WorkId,
  decisionsByWork,
  mayAdmit,
  parseFeedHead,
  parseRevocations,
  readEdition,
  rememberRevocations,
  revocationsPath,
  rolesWithWorks,
  standingUnder,
  targetFileName,
  type TargetFile,
  type VerifiedFeed,
  type Freshness,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import {
  type FeedSource,
  checkSource,
  fingerprintOf,
  readSignedFeed,
} from '../publisher/feed-source.ts'
import { PublisherError } from '../publisher/publisher-error.ts'

/** What a feed leaves to whoever goes on with it. */
export interface FeedHeritage {
  readonly fingerprint: Sha256Text
  readonly freshness: Freshness
  readonly head: FeedHead
  /** Works on offer as their packs have them, by id: records, or envelopes that makers signed. */
  readonly works: ReadonlyMap<WorkId, PackLine>
  /** Every decision that was published, one a work: the strongest of several roles'. */
  readonly decisions: readonly Revocation[]
  /** How many works were withdrawn, and stay so. */
  readonly withdrawn: number
}

const CRYPTO = systemFeedCrypto()

/**
 * Reads a copy of a feed. An expired one is as good: nobody is left to sign it anew.
 *
 * Throws {@link PublisherError} `damaged` when it isn't whole, and what the source throws.
 */
export async function readHeritage(source: FeedSource, nowMs: number): Promise<FeedHeritage> {
  const fingerprint = await fingerprintOf(source)
  if (fingerprint === null) throw notWhole('it has no first root')
  const read = await readSignedFeed(source, fingerprint, nowMs)
  if (read.kind === 'refused') throw notWhole(`${read.refusal.file} ${read.refusal.why}`)
  const { feed, freshness } = read
  try {
    const memory = await readDecisions(feed, source)
    const all = await readAllWorks(feed, source)
    const standing = decisionsByWork(memory)
    const works = new Map(
      [...all].filter(([id]) => standingUnder(standing.get(id) ?? []).isOffered),
    )
    const head = await readHead(feed, source)
    return {
      fingerprint,
      freshness,
      head,
      works,
      decisions: decisionsOf(memory),
      withdrawn: all.size - works.size,
    }
  } catch (error) {
    if (error instanceof TrustError) throw notWhole(error.message)
    throw error
  }
}

async function readAllWorks(
  feed: VerifiedFeed,
  source: FeedSource,
): Promise<ReadonlyMap<WorkId, PackLine>> {
  const works = new Map<WorkId, PackLine>()
  for (const role of rolesWithWorks(feed)) {
    const onLine = (line: PackLine): void => {
      // feed-format 12.3: of several roles that admit one, the first counts.
      if (!works.has(line.id) && mayAdmit(feed, role.name, line.id)) works.set(line.id, line)
    }
    await checkSource(readEdition(role, CRYPTO, onLine), source)
  }
  return works
}

async function readDecisions(feed: VerifiedFeed, source: FeedSource): Promise<RevocationMemory> {
  let memory: RevocationMemory = []
  for (const role of rolesWithWorks(feed)) {
    const path = revocationsPath(role.name)
    const target = role.files.get(path)
    if (target === undefined) continue
    const said = parseRevocations(await targetBytes(target, source), path)
    if (said === null) throw notWhole(`${path} needs a newer Matinee`)
    memory = rememberRevocations(memory, role.name, said, (id) => mayAdmit(feed, role.name, id))
  }
  return memory
}

async function readHead(feed: VerifiedFeed, source: FeedSource): Promise<FeedHead> {
  const target = feed.publisher.files.get(FEED_HEAD)
  if (target === undefined) throw notWhole(`${FEED_HEAD} isn't signed for`)
  const parsed = parseFeedHead(await targetBytes(target, source))
  if (parsed.kind === 'newer') throw notWhole('it needs a newer Matinee')
  return parsed.head
}

async function targetBytes(target: TargetFile, source: FeedSource): Promise<Uint8Array> {
  const name = targetFileName(target)
  const bytes = await source(name, target.length)
  const isIt = bytes !== null && CRYPTO.sha256(bytes).toHex() === target.sha256
  if (!isIt) throw notWhole(`${name} isn't there, or isn't what was signed`)
  return bytes
}

/** What the new publisher has decided from the beginning: nothing that was withdrawn comes back by a relaunch. */
function decisionsOf(memory: RevocationMemory): readonly Revocation[] {
  const standing = decisionsByWork(memory)
  const byWork = Map.groupBy(memory, ({ revocation }) => revocation.work)
  return [...byWork].flatMap(([work, decisions]) => {
    const [strongest] = standing.get(work) ?? []
    const one = strongest ?? decisions[0]
    return one === undefined ? [] : [one.revocation]
  })
}

function notWhole(what: string): PublisherError {
  return new PublisherError('damaged', `the copy of the feed isn't whole: ${what}`)
}

import { MANIFEST_LIMITS } from '../limits.ts'
import type { FetchFile } from '../signed/check-run.ts'
import type { Refresh } from '../signed/feed-refresh.ts'
import { type WorksReading, mayAdmit, readWorks, rolesWithWorks } from '../signed/feed-works.ts'
import { parseRevocations, revocationsPath } from '../signed/revocation.ts'
import { rememberRevocations } from '../signed/revocation-memory.ts'
import type { FeedCrypto } from '../signed/role-key.ts'
import { targetFileName, targetProblem } from '../signed/target-search.ts'
import { PUBLISHER } from '../signed/role-name.ts'
import type { TargetFile, TargetsRole } from '../signed/targets-role.ts'
import type { TrustedFiles } from '../signed/trusted-files.ts'
import { refuse } from '../signed/tuf-json.ts'
import { FEED_HEAD, HEAD_LIMITS, parseFeedHead } from '../signed/feed-head.ts'
import { TrustError, type TrustRefusal } from '../signed/trust-error.ts'
import type { VerifiedFeed } from '../signed/verified-feed.ts'
import type { FeedChange } from './feed-change.ts'
import type { FollowedFeedFile } from './followed-feed-file.ts'

/** What came of taking a version. */
export type TakenVersion =
  | { readonly kind: 'taken' }
  /** The version before stays, but for decisions: what is withdrawn is withdrawn, though works couldn't be had. */
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** A refresh that found something to keep. */
export type GoodRefresh = Exclude<Refresh, { kind: 'refused' }>

/**
 * Takes a version of a followed feed that {@link refreshFeed} has checked: first its decisions, then its files and works in
 * one transaction. Throws {@link CatalogueStoreError}, and whatever `fetch` throws.
 */
export async function takeVersion(
  file: FollowedFeedFile,
  { feed, files }: Pick<GoodRefresh, 'feed' | 'files'>,
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<TakenVersion> {
  try {
    await takeDecisions(file, feed, fetch, crypto)
    const head = await takeHead(feed, fetch, crypto)
    await file.change(async (change) => {
      const roles = rolesWithWorks(feed)
      // What was judged by other delegations is judged anew, also where no curator has changed a line.
      if (hasOtherCurators(file.trusted(), files)) change.removeOthers([PUBLISHER])
      for (const role of roles) await takeWorks(file, change, feed, role, fetch, crypto)
      change.removeOthers(roles.map(({ name }) => name))
      // NOTE: last, so that a file that was written half could never be taken for this version.
      change.keepFiles(files)
      change.keepTaken({
        head,
        version: feed.timestamp.version,
        roles: roles.map(({ name }) => name),
      })
    })
    return { kind: 'taken' }
  } catch (error) {
    if (error instanceof TrustError) return { kind: 'refused', refusal: error.refusal }
    throw error
  }
}

/** Whether the publisher delegates otherwise than in the version before (feed-format 11.4). */
function hasOtherCurators(before: TrustedFiles | null, now: TrustedFiles): boolean {
  const [old, next] = [before, now].map((files) => delegationsIn(files?.targets.get(PUBLISHER)))
  return before !== null && old !== next
}

/** As they are written in a file that was verified. */
function delegationsIn(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return ''
  const { signed } = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly signed: { readonly delegations?: unknown }
  }
  return JSON.stringify(signed.delegations ?? null)
}

/** feed-format 14.4. Throws {@link TrustError}. */
async function takeDecisions(
  file: FollowedFeedFile,
  feed: VerifiedFeed,
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<void> {
  let memory = file.memory()
  for (const { name, files } of rolesWithWorks(feed)) {
    const target = files.get(revocationsPath(name))
    if (target === undefined) continue
    const bytes = await fetchTarget(target, MANIFEST_LIMITS.bytes, fetch, crypto)
    const said = parseRevocations(bytes, target.path) ?? []
    memory = rememberRevocations(memory, name, said, (work) => mayAdmit(feed, name, work))
  }
  await file.change(async (change) => change.keepMemory(memory))
}

/** feed-format 12.7. Throws {@link TrustError}. */
async function takeHead(
  { publisher }: VerifiedFeed,
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<Uint8Array> {
  const target = publisher.files.get(FEED_HEAD)
  if (target === undefined) return refuse(FEED_HEAD, 'missing', 'is not signed for')
  const bytes = await fetchTarget(target, HEAD_LIMITS.bytes, fetch, crypto)
  parseFeedHead(bytes)
  return bytes
}

/** A file that was signed for. Throws {@link TrustError}. */
async function fetchTarget(
  target: TargetFile,
  maxBytes: number,
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<Uint8Array> {
  const { path, length, sha256 } = target
  if (length > maxBytes) return refuse(path, 'too-large', `has more than ${maxBytes} bytes`)
  const bytes = await fetch({ path: targetFileName(target), maxBytes: length, sha256 })
  if (bytes === null) return refuse(path, 'missing', 'is not there')
  const problem = targetProblem(bytes, target, crypto)
  if (problem !== null) throw new TrustError(problem)
  return bytes
}

/** Works by deltas; where those don't add up, by shards (feed-format 12.6). Throws {@link TrustError}. */
async function takeWorks(
  file: FollowedFeedFile,
  change: FeedChange,
  feed: VerifiedFeed,
  role: TargetsRole,
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<void> {
  let reading: WorksReading | null = null
  for (const isAgain of [false, true]) {
    // Once deltas have changed something, what is known is what they made of it.
    const known = file.known(role.name)
    const from = isAgain ? { ...known, edition: 0 } : known
    reading = await runReading(change, feed, role, from, fetch, crypto)
    if (reading.kind === 'read') break
    if (reading.refusal.code !== 'state' || known.edition === 0) break
  }
  if (reading?.kind === 'refused') throw new TrustError(reading.refusal)
  if (reading !== null) change.setEdition(role.name, reading.known.edition)
}

async function runReading(
  change: FeedChange,
  feed: VerifiedFeed,
  role: TargetsRole,
  known: Parameters<typeof readWorks>[2],
  fetch: FetchFile,
  crypto: FeedCrypto,
): Promise<WorksReading> {
  const check = readWorks(feed, role, known, crypto)
  let step = check.next()
  while (step.done !== true) {
    const { value } = step
    let given: Uint8Array | null = null
    if (value.kind === 'file') given = await fetch(value.wanted)
    else if (value.kind === 'removed') change.remove(role.name, value.id)
    else change.put(role.name, value.id, value.sha256, value.read)
    step = check.next(given)
  }
  return step.value
}

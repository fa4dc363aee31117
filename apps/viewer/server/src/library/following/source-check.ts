import { messageOf, type Clock, type Log } from '@matinee/base'
import {
  ROLE_LIMITS,
  refreshFeed,
  runCheck,
  type FeedCrypto,
  type Refresh,
  type TrustRefusal,
  type TrustedFiles,
} from '@matinee/catalogue'
import type { KeptFiles } from './feed-copy.ts'
import { noteDemoted, noteOk, noteThrown, type SourceEntry } from './source-book.ts'
import { Deadline, checkTimeMs } from './source-pace.ts'

const FIRST_ROOT = 'metadata/1.root.json'

/** What checking a source needs besides it. */
export interface CheckParts {
  readonly clock: Clock
  readonly crypto: FeedCrypto
  readonly log: Log
  readonly copy: KeptFiles
}

/**
 * Checks what one source has of a feed (feed-format 13), within 30 s in all (C5), and notes how it did. Roots that were
 * verified are in our copy afterwards. Null = the source failed. Throws the signal's reason, and what isn't the source's fault.
 */
export async function checkSource(
  entry: SourceEntry,
  trusted: TrustedFiles,
  { clock, crypto, log, copy }: CheckParts,
  signal: AbortSignal,
): Promise<Refresh | null> {
  using deadline = new Deadline(clock, checkTimeMs(entry.source.kind), signal)
  const { source } = entry
  const roots = new Map<string, Uint8Array>()
  const said = { feed: trusted.fingerprint, kind: source.kind }
  try {
    const check = refreshFeed(trusted, clock.wallMs(), crypto)
    const refresh = await runCheck(check, async (wanted) => {
      const own = await copy.read(wanted, deadline.signal)
      const bytes = own ?? (await source.read(wanted, deadline.signal))
      if (bytes !== null && wanted.path.endsWith('.root.json')) roots.set(wanted.path, bytes)
      return bytes
    })
    await keepRoots(copy, refresh.files, trusted, roots)
    if (refresh.kind !== 'refused') noteOk(entry, clock.wallMs())
    else {
      const { code, file } = await reasonOf(entry, refresh.refusal, trusted, copy, deadline.signal)
      noteDemoted(entry, code, clock.wallMs())
      log.warn('feed source refused', { ...said, code, file })
    }
    return refresh
  } catch (error) {
    signal.throwIfAborted()
    const cause: unknown = deadline.signal.aborted ? deadline.signal.reason : error
    noteThrown(entry, cause, clock.wallMs())
    log.info('feed source failed', { ...said, reason: messageOf(cause) })
    return null
  }
}

/** Roots that led to the newest one are part of the copy: whoever begins with the first needs each. */
async function keepRoots(
  copy: KeptFiles,
  files: TrustedFiles,
  before: TrustedFiles,
  roots: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  if (files.root === before.root) return
  for (const [path, bytes] of roots) {
    await copy.write(path, bytes)
    if (bytes === files.root) return
  }
}

/** C15: what isn't signed by this feed's keys may be another feed, which has a name of its own. */
async function reasonOf(
  { source }: SourceEntry,
  refusal: TrustRefusal,
  { fingerprint }: TrustedFiles,
  copy: KeptFiles,
  signal: AbortSignal,
): Promise<TrustRefusal> {
  if (refusal.code !== 'signatures') return refusal
  const wanted = { path: FIRST_ROOT, maxBytes: ROLE_LIMITS.root.bytes, sha256: null }
  const root = await source.read(wanted, signal).catch(() => null)
  const isOther = root !== null && !copy.isOf(root, { sha256: fingerprint })
  if (!isOther) return refusal
  return { code: 'fingerprint', file: FIRST_ROOT, why: 'is the first root of another feed' }
}

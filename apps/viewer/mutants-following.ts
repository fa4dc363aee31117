import type { Mutant } from '../../tools/mutant.ts'

const FOLLOWING = 'apps/viewer/server/src/library/following'
const FEED_TEST = `${FOLLOWING}/followed-feed.test.ts`
const WITHDRAWAL_TEST = 'apps/viewer/server/test/withdrawal.test.ts'
const FOLLOWING_TEST = 'apps/viewer/server/test/following.test.ts'

/** Guards of feeds that are followed: what a source may cost, which ones are believed, what is shown of age. */
export const FOLLOWING_MUTANTS: readonly Mutant[] = [
  {
    row: 'C5',
    guard: 'gives a source 30 s for all roles together',
    file: `${FOLLOWING}/source-check.ts`,
    find: 'using deadline = new Deadline(clock, checkTimeMs(entry.source.kind), signal)',
    replace: 'using deadline = new Deadline(clock, 1e9, signal)',
    test: FEED_TEST,
  },
  {
    row: 'C5',
    guard: 'gives up a file that drips',
    file: `${FOLLOWING}/source-pace.ts`,
    find: 'if (this.#inWindow < least)',
    replace: 'if (this.#inWindow < 0)',
    test: FEED_TEST,
  },
  {
    row: 'C12',
    guard: 'takes no file that is not what was signed, and asks the next mirror',
    file: `${FOLLOWING}/file-finder.ts`,
    find: 'if (bytes === null || this.#copy.isOf(bytes, wanted)) return bytes',
    replace: 'if (bytes === null || bytes.length > 0) return bytes',
    test: FEED_TEST,
  },
  {
    row: 'C12',
    guard: 'leaves mirrors alone that gave what does not hold',
    file: `${FOLLOWING}/source-book.ts`,
    find: "state === 'demoted' && nowMs - notedMs < DEMOTED_MS",
    replace: "state === 'demoted' && nowMs < notedMs",
    test: FEED_TEST,
  },
  {
    row: 'C12',
    guard: 'asks the mirrors that it left alone when no other is left',
    file: `${FOLLOWING}/source-book.ts`,
    find: 'return [good, this.#entries.filter(isDemoted)].filter((turn) => turn.length > 0)',
    replace: 'return [good]',
    test: FEED_TEST,
  },
  {
    row: 'C3',
    guard: 'says of what has expired that it has',
    file: `${FOLLOWING}/followed-feed.ts`,
    find: "if (freshness.kind === 'stale')",
    replace: 'if (freshness.kind !== freshness.kind)',
    test: FEED_TEST,
  },
  {
    row: 'C15',
    guard: 'follows the feed whose fingerprint was accepted and no other',
    file: `${FOLLOWING}/feed-counter.ts`,
    find: "if (found.fingerprint !== fingerprint) return 'other-feed'",
    replace: '',
    test: FOLLOWING_TEST,
  },
  {
    row: 'C15',
    guard: 'takes no other feed for a source of this one',
    file: `${FOLLOWING}/feed-counter.ts`,
    find: "if (looked.found.fingerprint !== feed.fingerprint) return 'other-feed'",
    replace: '',
    test: FOLLOWING_TEST,
  },
  {
    row: 'C15',
    guard: 'names a place that has another feed as such',
    file: `${FOLLOWING}/source-check.ts`,
    find: 'if (!isOther) return refusal',
    replace: 'if (refusal !== null) return refusal',
    test: FOLLOWING_TEST,
  },
  {
    row: 'C14',
    guard: 'stops what is blocked where it plays',
    file: 'apps/viewer/server/src/library/projection-room.ts',
    find: 'if (!stream.isClosed && !standingOf(work).isPlayed) await stream.withdraw()',
    replace: '',
    test: WITHDRAWAL_TEST,
  },
  {
    row: 'C14',
    guard: 'passes on no more what may not be shared',
    file: 'apps/viewer/server/src/library/streams/torrent-desk.ts',
    find: 'if (isSeeded || held.isAlone) continue',
    replace: 'if (isSeeded || held.works.size > 0) continue',
    test: WITHDRAWAL_TEST,
  },
  {
    row: 'C14',
    guard: 'plays nothing that is blocked',
    file: 'apps/viewer/server/src/library/projection-room.ts',
    find: 'return isOffered || (!standing.isOffered && standing.isPlayed)',
    replace: 'return isOffered || !standing.isOffered',
    test: WITHDRAWAL_TEST,
  },
  {
    row: 'C14',
    guard: 'lets another feed decide only where the viewer does',
    file: `${FOLLOWING}/work-safety.ts`,
    find: 'isActing: isOwn || decidesSafety',
    replace: 'isActing: true',
    test: WITHDRAWAL_TEST,
  },
]

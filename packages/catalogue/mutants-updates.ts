import type { Mutant } from '../../tools/mutant.ts'

const SEARCH = 'packages/catalogue/src/search'
const NODE = 'packages/catalogue/src/node'
const UPDATE_TEST = `${NODE}/feed-update.test.ts`
const PROPERTY_TEST = `${NODE}/feed-update-property.test.ts`
const LOG_TEST = `${NODE}/change-log.test.ts`

/** Guards of updates: whole versions, nothing that went, nothing of another history. */
export const UPDATE_MUTANTS: readonly Mutant[] = [
  {
    row: 'C14',
    guard: 'updates nothing to a version with other works than its own',
    file: `${NODE}/followed-feed-input.ts`,
    find: `to !== version || tag === undefined`,
    replace: `tag === undefined`,
    test: UPDATE_TEST,
  },
  {
    row: 'C14',
    guard: 'remembers which works a decision was about',
    file: `${NODE}/feed-change.ts`,
    find: `if (before.get(work) !== now.get(work)) this.#log.note(work, now.get(work) ?? '')`,
    replace: ``,
    test: UPDATE_TEST,
  },
  {
    row: 'C18',
    guard: 'changes a file in one transaction',
    file: `${NODE}/feed-file.ts`,
    find: `this.#database.exec('begin immediate')`,
    replace: `this.#database.exec('pragma synchronous = off')`,
    test: `${NODE}/feed-update-crash.test.ts`,
  },
  {
    row: 'C18',
    guard: 'lets no update make a file larger than it may be',
    file: `${NODE}/feed-file.ts`,
    find: `pragma max_page_count =`,
    replace: `pragma mmap_size =`,
    test: UPDATE_TEST,
  },
  {
    row: 'C18',
    guard: 'updates no version but the one that the changes are from',
    file: `${NODE}/feed-updating.ts`,
    find: `file.feed.version === start.from`,
    replace: `start.from !== ''`,
    test: UPDATE_TEST,
  },
  {
    row: 'C18',
    guard: 'makes a change again that the parts of a file do not know of',
    file: `${NODE}/feed-file.ts`,
    find: `return change === null ? base : changeSegment(base, change)`,
    replace: `return base`,
    test: PROPERTY_TEST,
  },
  {
    row: 'C18',
    guard: 'takes a removed work out of the index',
    file: `${SEARCH}/changed-segment.ts`,
    find: `for (const work of [...works, ...change.removed]) isGone[work] = 1`,
    replace: `for (const work of works) isGone[work] = 1`,
    test: PROPERTY_TEST,
  },
  {
    row: 'C18',
    guard: 'offers nothing at a number that is free',
    file: `${SEARCH}/changed-segment.ts`,
    find: `for (const work of removed) classOf[work] = 0`,
    replace: ``,
    test: PROPERTY_TEST,
  },
  {
    row: 'C18',
    guard: 'finds nobody by a spelling that went with its last work',
    file: `${SEARCH}/changed-segment.ts`,
    find: `if (isGone[values[at] ?? 0] === 1) isRespelt[person] = 1`,
    replace: `if (isGone[values[at] ?? 0] === 2) isRespelt[person] = 1`,
    test: PROPERTY_TEST,
  },
  {
    row: 'C18',
    guard: 'forgets words that nothing has any more',
    file: `${SEARCH}/changed-words.ts`,
    find: `if (titles.length === from[0] && people.length === from[1]) return`,
    replace: ``,
    test: PROPERTY_TEST,
  },
  {
    row: 'C18',
    guard: 'knows a history by all of its steps',
    file: `${NODE}/change-log.ts`,
    find: `this.#digest.update(before).digest('hex')`,
    replace: `this.#digest.digest('hex')`,
    test: LOG_TEST,
  },
  {
    row: 'C18',
    guard: 'forgets works with the steps that changed them',
    file: `${NODE}/change-log.ts`,
    find: `prepare('delete from step where number <= ?').run(number - STEPS)`,
    replace: `prepare('delete from step where number < ?').run(-STEPS)`,
    test: LOG_TEST,
  },
  {
    row: 'O2',
    guard: 'keeps candidates out of updates',
    file: `${NODE}/feed-updating.ts`,
    find: `if (entry.state === 'offered') this`,
    replace: `if (entry.state !== null) this`,
    test: UPDATE_TEST,
  },
  {
    row: 'A21',
    guard: 'compares records of a followed feed with their checksums',
    file: `${NODE}/followed-feed-file.ts`,
    find: `crc32(record) !== checksum`,
    replace: `checksum === null`,
    test: `${NODE}/followed-feed-input.test.ts`,
  },
]

import type { Mutant } from '../../tools/mutant.ts'

const SEARCH = 'packages/catalogue/src/search'
const NODE = 'packages/catalogue/src/node'
const INDEX_TEST = `${SEARCH}/catalogue-index.test.ts`
const STORE_TEST = `${NODE}/catalogue-store.test.ts`
const DAMAGE_TEST = `${NODE}/damaged-store.test.ts`

/** Guards of the store and of search: what is offered where, candidates, whole versions, damage. */
export const STORE_MUTANTS: readonly Mutant[] = [
  {
    row: 'O1',
    guard: 'keeps works out of searches that are not offered there',
    file: `${SEARCH}/catalogue-index.ts`,
    find: `    if (isOffered[work] !== 1) matches[work] = MATCH.none`,
    replace: `    if (isOffered[work] === 2) matches[work] = MATCH.none`,
    test: INDEX_TEST,
  },
  {
    row: 'O1',
    guard: 'offers nothing that no grant reaches',
    file: `${SEARCH}/offered-works.ts`,
    find: `if (!holds || isGranted[classOf[work] ?? 0] !== 1) continue`,
    replace: `if (!holds) continue`,
    test: INDEX_TEST,
  },
  {
    row: 'O1',
    guard: 'tells who keeps answers that offers were judged again',
    file: `${NODE}/open-feeds.ts`,
    find: `    feed.view = view
    this.#show()`,
    replace: `    feed.view = view`,
    test: STORE_TEST,
  },
  {
    row: 'O1',
    guard: 'tells who keeps answers that a feed went',
    file: `${NODE}/open-feeds.ts`,
    find: `    this.#show()
  }

  /** Changes a feed`,
    replace: `  }

  /** Changes a feed`,
    test: STORE_TEST,
  },
  {
    row: 'O1',
    guard: 'offers nothing for longer than it was judged for',
    file: `${SEARCH}/offered-works.ts`,
    find: `(firstDays[work] ?? 0) <= day && day < (untilDays[work] ?? 0)`,
    replace: `(firstDays[work] ?? 0) <= day`,
    test: INDEX_TEST,
  },
  {
    row: 'O1',
    guard: 'offers nothing before the day from which it was judged',
    file: `${SEARCH}/offered-works.ts`,
    find: `(firstDays[work] ?? 0) <= day && day < (untilDays[work] ?? 0)`,
    replace: `day < (untilDays[work] ?? 0)`,
    test: INDEX_TEST,
  },
  {
    row: 'O1',
    guard: 'asks for the country and not only for the world',
    file: `${SEARCH}/offered-works.ts`,
    find: `places === null || (where !== null && places.includes(where))`,
    replace: `places === null || where !== null`,
    test: INDEX_TEST,
  },
  {
    row: 'O4',
    guard: 'leaves out what is above an age, wherever offered works are asked for',
    file: `${SEARCH}/offered-works.ts`,
    find: `is === 1 && isWithin(workAges[work] ?? UNRATED, limit) ? 1 : 0`,
    replace: `is`,
    test: `${SEARCH}/work-age.test.ts`,
  },
  {
    row: 'O4',
    guard: 'takes the strictest of what is said',
    file: `${SEARCH}/work-age.ts`,
    find: `Math.max(...said)`,
    replace: `Math.min(...said)`,
    test: `${SEARCH}/work-age.test.ts`,
  },
  {
    row: 'O4',
    guard: 'takes a work that says nothing for one that is not for children',
    file: `${SEARCH}/work-age.ts`,
    find: `age === UNRATED ? limit.withUnrated : age <= limit.years`,
    replace: `age === UNRATED || age <= limit.years`,
    test: `${SEARCH}/work-age.test.ts`,
  },
  {
    row: 'O1',
    guard: 'gives no summary of a work that is not offered there',
    file: `${NODE}/catalogue-reader.ts`,
    find: `if (work === null || !view.isShown(work, request, day)) return []`,
    replace: `if (work === null) return []`,
    test: STORE_TEST,
  },
  {
    row: 'O1',
    guard: 'says of a work that it is not offered',
    file: `${NODE}/catalogue-reader.ts`,
    find: `kind: isOffered ? 'offered' : 'not-offered'`,
    replace: `kind: 'offered'`,
    test: STORE_TEST,
  },
  {
    row: 'O1',
    guard: 'suggests nobody without a work on offer',
    file: `${SEARCH}/person-match.ts`,
    find: `if (workCount > 0) hits.push`,
    replace: `hits.push`,
    test: STORE_TEST,
  },
  {
    row: 'O2',
    guard: 'keeps candidates out of the store',
    file: `${NODE}/loader-worker.ts`,
    find: `if (entry.state !== 'offered') return`,
    replace: ``,
    test: STORE_TEST,
  },
  {
    row: 'C18',
    guard: 'writes the next version under another name',
    file: `${NODE}/feed-files.ts`,
    find: `part: \`\${feedId}.\${generation}.part\``,
    replace: `part: \`\${feedId}.\${generation - 1}.feed\``,
    test: STORE_TEST,
  },
  {
    row: 'C18',
    guard: 'clears away a load that failed',
    file: `${NODE}/feed-loads.ts`,
    find: `await rm(join(folder, part), { force: true })`,
    replace: ``,
    test: STORE_TEST,
  },
  {
    row: 'C18',
    guard: 'lets no feed take more room than it may',
    file: `${NODE}/feed-file-writer.ts`,
    find: `pragma max_page_count =`,
    replace: `pragma mmap_size =`,
    test: STORE_TEST,
  },
  {
    row: 'A21',
    guard: 'compares the parts of an index with their checksums',
    file: `${NODE}/feed-file.ts`,
    find: `if (!(bytes instanceof Uint8Array) || crc32(bytes) !== row?.checksum)`,
    replace: `if (!(bytes instanceof Uint8Array))`,
    test: DAMAGE_TEST,
  },
  {
    row: 'A21',
    guard: 'compares rows with their checksums',
    file: `${NODE}/feed-file.ts`,
    find: `if (typeof text !== 'string' || crc32(text) !== row?.['checksum'])`,
    replace: `if (typeof text !== 'string')`,
    test: DAMAGE_TEST,
  },
  {
    row: 'A21',
    guard: 'reads no file of another version',
    file: `${NODE}/feed-file.ts`,
    find: `if (id !== APPLICATION_ID || version !== SCHEMA_VERSION)`,
    replace: `if (id !== APPLICATION_ID)`,
    test: DAMAGE_TEST,
  },
  {
    row: 'A21',
    guard: 'clears away loads that never ended',
    file: `${NODE}/feed-files.ts`,
    find: `if (name.endsWith('.part'))`,
    replace: `if (name.endsWith('.never'))`,
    test: DAMAGE_TEST,
  },
]

import type { Mutant } from '../../tools/mutant.ts'

const SEARCH = 'packages/catalogue/src/search'
const NODE = 'packages/catalogue/src/node'
const MERGED_TEST = `${SEARCH}/merged-works.test.ts`
const LINKED_TEST = `${SEARCH}/linked-works.test.ts`
const STORE_TEST = `${NODE}/merged-feeds.test.ts`

/** Guards of works that several feeds have: whose word decides what is one, what is shown, what is withheld. */
export const MERGING_MUTANTS: readonly Mutant[] = [
  {
    row: 'C13',
    guard: 'lets no record join two works',
    file: `${SEARCH}/merged-works.ts`,
    find: `      if (feeds[work] === feed) return true`,
    replace: `      if (feed === undefined) return true`,
    test: MERGED_TEST,
  },
  {
    row: 'C13',
    guard: 'lets works be one by what the shown record carries itself',
    file: `${SEARCH}/merged-works.ts`,
    find: `      next[lastOf[group] ?? 0] = work`,
    replace: `      for (let at = start; at < end; at++) groupWith[identities.values[at] ?? 0] = group
      next[lastOf[group] ?? 0] = work`,
    test: MERGED_TEST,
  },
  {
    row: 'C13',
    guard: 'finds no record of a feed that has another one of the work',
    file: `${SEARCH}/same-works.ts`,
    find: `      if (group.some((each) => each.view.segment.feed.id === looked.feedId)) continue`,
    replace: ``,
    test: STORE_TEST,
  },
  {
    row: 'C13',
    guard: 'takes no id of a person for one of a work',
    file: 'packages/catalogue/src/record/work-identity.ts',
    find: `.filter((identity) => !OF_PEOPLE.test(identity))`,
    replace: ``,
    test: MERGED_TEST,
  },
  {
    row: 'C13',
    guard: 'looks for identities where no feed can foresee',
    file: `${SEARCH}/linked-works.ts`,
    find: `this.#places(high, low) & this.#mask`,
    replace: `low & this.#mask`,
    test: LINKED_TEST,
  },
  {
    row: 'C13',
    guard: 'spreads identities that begin alike',
    file: `${SEARCH}/identity-places.ts`,
    find: `of(4, high, 0) ^`,
    replace: `0 ^`,
    test: LINKED_TEST,
  },
  {
    row: 'C13',
    guard: 'gives no two identities one number that anybody could make',
    file: `${SEARCH}/identity-number.ts`,
    find: `const hex = sha256(identity)`,
    replace: `const hex = sha256(identity.replaceAll(' ', ''))`,
    test: LINKED_TEST,
  },
  {
    row: 'C14',
    guard: 'offers nothing that is withheld',
    file: `${SEARCH}/segment-view.ts`,
    find: `this.#withheld === null ? all : leaveOut(all, this.#withheld)`,
    replace: `all`,
    test: MERGED_TEST,
  },
  {
    row: 'C14',
    guard: 'withholds nothing of the feed that withdraws',
    file: `${SEARCH}/withheld-works.ts`,
    find: `each.feedId === feed.id ? [] : each.hashes`,
    replace: `each.hashes`,
    test: MERGED_TEST,
  },
  {
    row: 'C14',
    guard: 'withholds works by their torrents too',
    file: `${SEARCH}/withheld-works.ts`,
    find: `...findIdentities(infoHashes, hashes, sha256),`,
    replace: ``,
    test: STORE_TEST,
  },
  {
    row: 'C14',
    guard: 'remembers what is withheld when it starts again',
    file: `${NODE}/open-feeds.ts`,
    find: `this.#withheld = readWithholdings(folder)`,
    replace: `this.#withheld = readWithholdings(folder).slice(0, 0)`,
    test: STORE_TEST,
  },
  {
    row: 'C14',
    guard: 'holds a new version to what is withheld',
    file: `${NODE}/open-feeds.ts`,
    find: `withheldWorks(segment, this.#withheld, textSha256)`,
    replace: `withheldWorks(segment, this.#withheld.slice(0, 0), textSha256)`,
    test: STORE_TEST,
  },
  {
    row: 'O4',
    guard: 'lets no record stand for one that is made for older people',
    file: `${SEARCH}/segment-view.ts`,
    find: `leaveOut(all, feeds.hidden(place, territory, day))`,
    replace: `ages === null ? leaveOut(all, feeds.hidden(place, territory, day)) : all`,
    test: MERGED_TEST,
  },
]

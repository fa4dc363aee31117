import type { Mutant } from '../../tools/mutant.ts'

const ITEM = 'apps/matinee/src/harvest/archive/archive-item.ts'
const DOWNLOAD = 'apps/matinee/src/harvest/fetch/download.ts'
const DOWNLOAD_TEST = 'apps/matinee/src/harvest/fetch/download.test.ts'
const HARVEST_TEST = 'apps/matinee/src/harvest/harvest.test.ts'

/** The guards of the harvest. */
export const HARVEST_MUTANTS: readonly Mutant[] = [
  {
    row: 'C10',
    guard: 'leaves out files of an item whose names lead elsewhere',
    file: ITEM,
    find: `typeof name !== 'string' || !isSafePath(name)`,
    replace: `typeof name !== 'string'`,
    test: 'apps/matinee/src/harvest/archive/archive-item.test.ts',
  },
  {
    row: 'C11',
    guard: 'compares a fetched file with the hashes that were named',
    file: 'apps/matinee/src/harvest/fetch/file-digest.ts',
    find: `if (named[kind] !== null && named[kind] !== found[kind])`,
    replace: `if (named[kind] === '')`,
    test: DOWNLOAD_TEST,
  },
  {
    row: 'C11',
    guard: 'compares its length',
    file: 'apps/matinee/src/harvest/fetch/file-digest.ts',
    find: `if (named.lengthBytes !== null && named.lengthBytes !== found.lengthBytes)`,
    replace: `if (named.lengthBytes === -1)`,
    test: DOWNLOAD_TEST,
  },
  {
    row: 'C11',
    guard: 'reads an item anew when its film was another one',
    file: 'apps/matinee/src/harvest/candidate-run.ts',
    find: `if (error.code === 'wrong-hash' || error.code === 'gone') entry.pages = []`,
    replace: ``,
    test: HARVEST_TEST,
  },
  {
    row: 'C5',
    guard: 'stops a file that goes on behind its cap',
    file: DOWNLOAD,
    find: `if (at + chunk.length > limit)`,
    replace: `if (at < 0)`,
    test: DOWNLOAD_TEST,
  },
  {
    row: 'C5',
    guard: 'leaves a source that trickles',
    file: DOWNLOAD,
    find: `if (at - seen < LEAST_BYTES)`,
    replace: `if (at < seen)`,
    test: DOWNLOAD_TEST,
  },
  {
    row: 'C16',
    guard: 'escapes what strangers wrote into a review sheet',
    file: 'apps/matinee/src/feed/html.ts',
    find: `typeof value === 'string' ? escape(value) : htmlText(value)`,
    replace: `typeof value === 'string' ? value : htmlText(value)`,
    test: HARVEST_TEST,
  },
]

import type { Mutant } from '../../tools/mutant.ts'

const HEAD = 'packages/catalogue/src/head/head-pack.ts'
const TEST = 'packages/catalogue/src/head/head-pack.test.ts'

/** Guards of head packs, switched off one by one. */
export const HEAD_MUTANTS: readonly Mutant[] = [
  {
    row: 'C5',
    guard: 'compares the size of a head pack before it is read',
    file: HEAD,
    find: 'if (bytes.length > HEAD_PACK_BYTES) return null',
    replace: '',
    test: TEST,
  },
  {
    row: 'C5',
    guard: 'wants whole hashes',
    file: HEAD,
    find: 'hashes.length % SHA256_BYTES === 0',
    replace: 'hashes.length < 10_000_000',
    test: TEST,
  },
  {
    row: 'C5',
    guard: 'wants moments and places that go forward',
    file: HEAD,
    find: 'if (last !== undefined && (ms <= last.ms || offset <= last.offset)) return null',
    replace: '',
    test: TEST,
  },
  {
    row: 'C5',
    guard: 'leaves no part out in silence',
    file: HEAD,
    find: 'return isWhole ? read : null',
    replace: 'return isWhole ? read : read',
    test: TEST,
  },
]

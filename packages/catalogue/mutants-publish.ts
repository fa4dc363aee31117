import type { Mutant } from '../../tools/mutant.ts'

/** The guards of what a publisher makes. */
export const PUBLISH_MUTANTS: readonly Mutant[] = [
  {
    row: 'C1',
    guard: 'takes no pointer that its key did not sign',
    file: 'packages/catalogue/src/publish/feed-pointer.ts',
    find: 'if (!crypto.verifyEd25519(item.publicKey, signedBytes(item), item.signature)) return null',
    replace: '',
    test: 'packages/catalogue/src/publish/feed-pointer.test.ts',
  },
]

import type { Mutant } from '../../tools/mutant.ts'

const PUBLISHER = 'apps/matinee/src/publisher'
const KEY_LOSS = 'apps/matinee/test/publisher/key-loss.test.ts'
const DECISIONS = 'apps/matinee/test/publisher/decisions.test.ts'
const CRASH = 'apps/matinee/test/publisher/crash.test.ts'
const PLAYLIST_TEST = 'apps/matinee/test/publisher/playlist.test.ts'

/** The guards of a publisher's folder. */
export const PUBLISHER_MUTANTS: readonly Mutant[] = [
  {
    row: 'A25',
    guard: 'brings the new files in before readers are switched',
    file: `${PUBLISHER}/publication.ts`,
    find: 'for (const path of plan.files) await moveIn(folder, path)',
    replace: '',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'lets the new files reach the disk before readers are switched',
    file: `${PUBLISHER}/publication.ts`,
    find: 'await syncFolders(folder, plan.files)',
    replace: '',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'ends what a crash interrupted',
    file: `${PUBLISHER}/publication.ts`,
    find: 'if ((await NextFiles.isBegun(folder)) &&',
    replace: 'if (folder.path === "" &&',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'says that publishing has begun before readers are switched',
    file: `${PUBLISHER}/publication.ts`,
    find: 'await NextFiles.setBegun(folder)',
    replace: '',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'writes a file to the disk before it gets its name',
    file: 'packages/base/src/whole-file.ts',
    find: 'await file.sync()',
    replace: '',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'signs with the old key once more, so that one renaming switches',
    file: `${PUBLISHER}/signing-basis.ts`,
    find: 'signers.push(await ring.open(key))',
    replace: 'await ring.open(key)',
    test: CRASH,
  },
  {
    row: 'A25',
    guard: 'keeps the pictures and head packs that its works name',
    file: `${PUBLISHER}/next-plan.ts`,
    find: '...records.flatMap(workPaths),',
    replace: '',
    test: CRASH,
  },
  {
    row: 'A26',
    guard: 'signs nothing while a root waits for signatures',
    file: `${PUBLISHER}/signing-basis.ts`,
    find: 'if (chain.draft !== null)',
    replace: 'if (chain.roots.length === 0)',
    test: KEY_LOSS,
  },
  {
    row: 'A26',
    guard: 'wants a new root signed by the keys of the one before',
    file: 'packages/catalogue/src/publish/root-draft.ts',
    find: 'verifyNextRoot(draft, file, old, crypto)',
    replace: 'verifyRoot(draft, file, crypto)',
    test: KEY_LOSS,
  },
  {
    row: 'A26',
    guard: 'says which keys a role needs when too few are here',
    file: `${PUBLISHER}/key-ring.ts`,
    find: 'if (found.length < threshold)',
    replace: 'if (found.length < 0)',
    test: KEY_LOSS,
  },
  {
    row: 'C13',
    guard: 'takes in nothing that the curator did not sign',
    file: 'packages/catalogue/src/publish/curator-file.ts',
    find: '    threshold,\n    keys: keys.map',
    replace: '    threshold: 0,\n    keys: keys.map',
    test: DECISIONS,
  },
  {
    row: 'C14',
    guard: 'numbers every decision about a work higher than the one before',
    file: `${PUBLISHER}/decisions.ts`,
    find: 'serial: (before?.serial ?? 0) + 1',
    replace: 'serial: 1',
    test: DECISIONS,
  },
  {
    row: 'C15',
    guard: 'signs a list by no other key than the one by which it is followed',
    file: 'apps/matinee/src/playlist/playlist-file.ts',
    find: 'if (before !== null && toHex(key.publicKey) !== before.key)',
    replace: 'if (before !== null && before.key.length === 0)',
    test: PLAYLIST_TEST,
  },
]

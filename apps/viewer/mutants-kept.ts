import type { Mutant } from '../../tools/mutant.ts'

const KEPT = 'apps/viewer/server/src/library/kept'
const STREAMS = 'apps/viewer/server/src/library/streams'
const FILE_TEST = `${KEPT}/kept-file.test.ts`
const DESK_TEST = `${KEPT}/kept-desk.test.ts`
const PLAN_TEST = `${KEPT}/kept-plan.test.ts`
const SHELF_TEST = 'apps/viewer/server/src/shelf/shelf-store.test.ts'
const ROOM_TEST = `${KEPT}/keep-room.test.ts`

/** Guards of what is kept: room, files of other versions, and what may not be given out. */
export const KEPT_MUTANTS: readonly Mutant[] = [
  {
    row: 'A1',
    guard: 'keeps no more than films may take',
    file: `${KEPT}/keep-room.ts`,
    find: 'if (overBudget > 0)',
    replace: 'if (overBudget > 1e15)',
    test: ROOM_TEST,
  },
  {
    row: 'A1',
    guard: 'leaves room on the disk for what else lives there',
    file: `${KEPT}/keep-room.ts`,
    find: 'if (missing > 0 && overDisk > 0)',
    replace: 'if (missing > 0 && overDisk > 1e15)',
    test: ROOM_TEST,
  },
  {
    row: 'A1',
    guard: 'takes back what could not be written down',
    file: `${KEPT}/kept-file.ts`,
    find: 'await this.#write(next)',
    replace: 'this.#current = next\n      await this.#write(next)',
    test: FILE_TEST,
  },
  {
    row: 'A1',
    guard: 'keeps no more than it could read again',
    file: `${KEPT}/kept-file.ts`,
    find: 'if (isFull) return book',
    replace: '',
    test: FILE_TEST,
  },
  {
    row: 'A1',
    guard: 'lets what was kept make way when it is kept no more',
    file: `${KEPT}/leaving-works.ts`,
    find: 'torrents.torrentOf(torrent)?.keep(false)',
    replace: 'void 0',
    test: DESK_TEST,
  },
  {
    row: 'A1',
    guard: 'deletes nothing that is kept to make room for a film',
    file: `${STREAMS}/disk-budget.ts`,
    find: ' || wish.isKept(name)',
    replace: '',
    test: `${STREAMS}/disk-budget.test.ts`,
  },
  {
    row: 'A22',
    guard: 'writes nothing over what a newer version wrote',
    file: `${KEPT}/kept-file.ts`,
    find: 'if (!this.isReadable) return',
    replace: '',
    test: FILE_TEST,
  },
  {
    row: 'A22',
    guard: 'tells a newer file from a damaged one',
    file: `${KEPT}/kept-file.ts`,
    find: "if (version > 1) return 'newer'",
    replace: '',
    test: FILE_TEST,
  },
  {
    row: 'A22',
    guard: 'starts nothing with a newer shelf',
    file: 'apps/viewer/server/src/session/newer-data.ts',
    find: '(await readShelfVersion(path)) > SHELF_VERSION',
    replace: 'name === null',
    test: SHELF_TEST,
  },
  {
    row: 'A22',
    guard: 'tells a newer shelf from a damaged one',
    file: 'apps/viewer/server/src/shelf/shelf-file-access.ts',
    find: "typeof version === 'number' && version > SHELF_VERSION",
    replace: 'version === null',
    test: SHELF_TEST,
  },
  {
    row: 'C14',
    guard: 'works on nothing that may not be given out',
    file: `${KEPT}/kept-plan.ts`,
    find: "if (!offer.standing.isSeeded) return 'withdrawn'",
    replace: '',
    test: PLAN_TEST,
  },
]

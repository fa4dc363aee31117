import type { Mutant } from '../../tools/mutant.ts'

const PAGE = 'apps/viewer/web/src/pages/diagnosis'
const PAGE_TEST = `${PAGE}/diagnosis.test.ts`
const UPDATE = 'apps/viewer/server/src/library/update'
const NEWER_TEST = 'apps/viewer/server/test/newer-data.test.ts'
const UPDATE_TEST = `${UPDATE}/update-desk.test.ts`

/** Guards of what a diagnosis gives away, and of who may announce a version. */
export const DIAGNOSIS_MUTANTS: readonly Mutant[] = [
  {
    row: 'W9',
    guard: 'copies no text of others into what is given to strangers',
    file: `${PAGE}/diagnosis-report.ts`,
    find: "return shape.test(text) ? text : '?'",
    replace: 'return text',
    test: PAGE_TEST,
  },
  {
    row: 'W9',
    guard: 'names a failure in words of its own',
    file: `${PAGE}/diagnosis-report.ts`,
    find: "return reasonKey(code).split('why-').at(-1) ?? ''",
    replace: 'return code',
    test: PAGE_TEST,
  },
  {
    row: 'W9',
    guard: 'names no program that it does not know',
    file: `${PAGE}/diagnosis-report.ts`,
    find: 'programs.players.filter((name) => PLAYERS.has(name))',
    replace: 'programs.players',
    test: PAGE_TEST,
  },
  {
    row: 'W9',
    guard: 'leaves names of catalogues out of the list of what was judged',
    file: `${PAGE}/diagnosis-report.ts`,
    find: 'ROW_NAME.test(id) ?',
    replace: 'id !== null ?',
    test: PAGE_TEST,
  },
  {
    row: 'A22',
    guard: 'hears of versions from the feed alone that it was published in',
    file: `${UPDATE}/update-desk.ts`,
    find: '({ fingerprint }) => fingerprint === publishedIn',
    replace: '({ fingerprint }) => fingerprint !== null',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'announces nothing that is not newer',
    file: `${UPDATE}/update-desk.ts`,
    find: ' || !isNewer(source.version, own)',
    replace: '',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'announces nothing that is still tried out',
    file: `${UPDATE}/version-order.ts`,
    find: " || version.includes('-')",
    replace: '',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'does nothing without what a newer version decided',
    file: 'apps/viewer/server/src/session/newer-data.ts',
    find: 'if (parsed.success && parsed.data.version > version)',
    replace: 'if (parsed.success && parsed.data.version < 0)',
    test: NEWER_TEST,
  },
  {
    row: 'A22',
    guard: 'looks for decisions of a newer version before anything is written',
    file: 'apps/viewer/server/src/settings/settings-store.ts',
    find: 'if (text !== null) refuseNewer(path, text, DATA_VERSIONS.settings)',
    replace: '',
    test: NEWER_TEST,
  },
]

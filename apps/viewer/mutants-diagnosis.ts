import type { Mutant } from '../../tools/mutant.ts'

const PAGE = 'apps/viewer/web/src/pages/diagnosis'
const PAGE_TEST = `${PAGE}/diagnosis.test.ts`
const UPDATE = 'apps/viewer/server/src/library/update'
const NEWER_TEST = 'apps/viewer/server/test/newer-data.test.ts'
const UPDATE_TEST = `${UPDATE}/update-desk.test.ts`
const FOLDER_TEST = `${UPDATE}/update-folder.test.ts`

/** Guards of what a diagnosis gives away, of who may announce a version, and of what is fetched of one. */
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
    file: `${UPDATE}/announced-source.ts`,
    find: '({ fingerprint }) => fingerprint === publishedIn',
    replace: '({ fingerprint }) => fingerprint !== null',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'announces nothing that is not newer',
    file: `${UPDATE}/announced-source.ts`,
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
    file: 'apps/viewer/server/src/session/data-file.ts',
    find: 'if (version !== undefined) refuseNewer(path, text, version)',
    replace: '',
    test: NEWER_TEST,
  },
  {
    row: 'A22',
    guard: 'gives an archive its name only when its SHA-256 is the one that was signed',
    file: `${UPDATE}/update-folder.ts`,
    find: "if (length !== archive.length || found.digest('hex') !== archive.sha256) return false",
    replace: 'if (length !== archive.length) return false',
    test: FOLDER_TEST,
  },
  {
    row: 'A22',
    guard: 'writes no more of an archive than was signed',
    file: `${UPDATE}/update-folder.ts`,
    find: 'if (length > archive.length) return false',
    replace: '',
    test: FOLDER_TEST,
  },
  {
    row: 'A22',
    guard: 'compares a saved archive again before it is shown',
    file: `${UPDATE}/update-folder.ts`,
    find: 'if (isWhole && (await digestOf(path)) === archive.sha256) {',
    replace: 'if (isWhole) {',
    test: FOLDER_TEST,
  },
  {
    row: 'A22',
    guard: 'clears away only what it made itself',
    file: `${UPDATE}/update-folder.ts`,
    find: 'if (OWN_FILE.test(name) && !isKept)',
    replace: 'if (!isKept)',
    test: FOLDER_TEST,
  },
  {
    row: 'A22',
    guard: 'fetches nothing that cannot be confirmed',
    file: `${UPDATE}/update-run.ts`,
    find: "if (parts.standing(archive) !== 'announced') return 'unconfirmed'",
    replace: '',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'fetches nothing that is larger than a program',
    file: `${UPDATE}/update-run.ts`,
    find: "if (archive.length > MOST_BYTES) return 'too-large'",
    replace: '',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'looks for room before it fetches',
    file: `${UPDATE}/update-run.ts`,
    find: "return free !== null && free < wanted ? 'no-room' : null",
    replace: 'return null',
    test: UPDATE_TEST,
  },
  {
    row: 'A22',
    guard: 'leaves a copy of somebody else’s torrent alone',
    file: `${UPDATE}/update-fetch.ts`,
    find: 'if (await isThere(join(mediaFolder, archive.infoHash))) {',
    replace: "if (mediaFolder === '') {",
    test: UPDATE_TEST,
  },
]

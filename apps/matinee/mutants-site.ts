import type { Mutant } from '../../tools/mutant.ts'

const SITE = 'apps/matinee/src/site'
const TEST = 'apps/matinee/test/site/site.test.ts'
const FOLDER_TEST = 'apps/matinee/test/site/site-folder.test.ts'

/** The guards of a feed's static site. */
export const SITE_MUTANTS: readonly Mutant[] = [
  {
    row: 'O6',
    guard: 'shows what is free everywhere only',
    file: `${SITE}/site-works.ts`,
    find: 'if (why === null) works.push(read)',
    replace: "if (why === null || why.startsWith('free in')) works.push(read)",
    test: TEST,
  },
  {
    row: 'O6',
    guard: 'removes the files of what isn’t shown any more',
    file: `${SITE}/site-folder.ts`,
    find: 'for (const path of gone) await this.#remove(path)',
    replace: '',
    test: TEST,
  },
  {
    row: 'O7',
    guard: 'begins in an empty folder only',
    file: `${SITE}/site-folder.ts`,
    find: 'if (names.some((name) => !OF_THE_DISK.has(name)))',
    replace: 'if (false)',
    test: FOLDER_TEST,
  },
  {
    row: 'O7',
    guard: 'leaves another feed’s site alone',
    file: `${SITE}/site-folder.ts`,
    find: 'if (list.fingerprint !== fingerprint)',
    replace: 'if (false)',
    test: FOLDER_TEST,
  },
  {
    row: 'O7',
    guard: 'writes over its own files only',
    file: `${SITE}/site-folder.ts`,
    find: "if (facts === 'other' || (facts === 'file' && !isOurs))",
    replace: "if (facts === 'other')",
    test: FOLDER_TEST,
  },
  {
    row: 'O7',
    guard: 'follows no link',
    file: `${SITE}/site-folder.ts`,
    find: 'if (!isRight) return',
    replace: 'if (false) return',
    test: FOLDER_TEST,
  },
  {
    row: 'O7',
    guard: 'takes no list that leads out of the folder',
    file: `${SITE}/site-folder.ts`,
    find: 'OURS.test(path) && parseSha256(hash) !== null',
    replace: 'parseSha256(hash) !== null',
    test: FOLDER_TEST,
  },
  {
    row: 'C16',
    guard: 'escapes the texts of pages',
    file: 'apps/matinee/src/feed/html.ts',
    find: "typeof value === 'string' ? escape(value)",
    replace: "typeof value === 'string' ? value",
    test: TEST,
  },
  {
    row: 'C16',
    guard: 'escapes the texts of the RSS feed',
    file: `${SITE}/torrent-feed.ts`,
    find: '`<${name}>${escapeXml(text)}</${name}>`',
    replace: '`<${name}>${text}</${name}>`',
    test: TEST,
  },
  {
    row: 'C11',
    guard: 'takes subtitles that are what was signed',
    file: `${SITE}/site-release.ts`,
    find: 'bytes === null || !isSigned(bytes, track)',
    replace: 'bytes === null',
    test: TEST,
  },
  {
    row: 'C11',
    guard: 'takes the twin that the record names',
    file: `${SITE}/site-release.ts`,
    find: 'return torrent?.metainfo.infoHashes.v1 === wanted ? torrent : null',
    replace: 'return torrent',
    test: TEST,
  },
]

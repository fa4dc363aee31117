import type { Mutant } from '../../tools/mutant.ts'

const PICTURES = 'apps/matinee/src/release/picture-maker.ts'
const RELEASES = 'apps/matinee/src/seed/seeded-release.ts'
const SITE = 'apps/matinee/src/seed/seed-site.ts'
const SEED_TEST = 'apps/matinee/test/seed.test.ts'
const SERIES_TEST = 'apps/matinee/test/feed-add-series.test.ts'
const RELEASE_TEST = 'apps/matinee/test/release.test.ts'
const ORDERS_TEST = 'apps/matinee/test/release-orders.test.ts'

/** The guards of whoever makes releases. */
export const RELEASE_MUTANTS: readonly Mutant[] = [
  {
    row: 'C17',
    guard: 'looks at the size of a picture before anything decodes it',
    file: PICTURES,
    find: 'raster.width * raster.height > MOST_SOURCE_PIXELS',
    replace: 'raster.width < 0',
    test: ORDERS_TEST,
  },
  {
    row: 'C17',
    guard: 'takes whole rasters only',
    file: PICTURES,
    find: "if (raster.kind === 'broken') continue",
    replace: "if (raster.kind === 'broken') return type",
    test: ORDERS_TEST,
  },
  {
    row: 'C17',
    guard: 'hands nothing on of a picture but its pixels',
    file: PICTURES,
    find: 'const made = await encodePicture(ffmpeg, input, role, [], signal)',
    replace:
      'const made = { bytes: await readWhole(path), picture: (await encodePicture(ffmpeg, input, role, [], signal)).picture }',
    test: RELEASE_TEST,
  },
  {
    row: 'U11',
    guard: 'gives out what somebody confirmed only',
    file: RELEASES,
    find: 'entry.verified &&',
    replace: '',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'gives out the very bytes that were confirmed',
    file: RELEASES,
    find: 'entry.covers.some((hash) => hash === v2)',
    replace: 'entry.covers.length > 0',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'stops giving out what was withdrawn for a legal reason',
    file: RELEASES,
    find: 'if (!standingUnder(decisions).isSeeded)',
    replace: 'if (!standingUnder(decisions).isPlayed)',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'stops giving out what a curator withdrew',
    file: RELEASES,
    find: '[...others, ...own.map(',
    replace: '[...own.map(',
    test: 'apps/matinee/test/curator-seed.test.ts',
  },
  {
    row: 'U11',
    guard: 'follows no link out of what it gives out',
    file: SITE,
    find: 'facts?.isFile() === true',
    replace: 'facts !== null',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'has addresses for the parts of a feed only',
    file: SITE,
    find: '[a-z0-9][a-z0-9.-]*){1,12})$/u',
    replace: '.*){1,12})$/u',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'gives out what a torrent names, and nothing beside it',
    file: SITE,
    find: 'return file === undefined ? null : await plainFile(join(found.filesFolder, ...file.path))',
    replace: 'return await plainFile(join(found.filesFolder, ...(file?.path ?? rest)))',
    test: SEED_TEST,
  },
  {
    row: 'U11',
    guard: 'takes in nothing that its term frees nowhere',
    file: 'apps/matinee/src/intake/intake.ts',
    find: 'if (places.length > 0) return { kind',
    replace: 'if (places.length >= 0) return { kind',
    test: SERIES_TEST,
  },
  {
    row: 'U11',
    guard: 'counts facts of a term only when somebody checked them',
    file: 'apps/matinee/src/intake/intake.ts',
    find: 'rights.term?.(isChecked)',
    replace: 'rights.term?.(true)',
    test: SERIES_TEST,
  },
]

import type { Mutant } from '../../tools/mutant.ts'

const PICTURES = 'apps/matinee/src/release/picture-maker.ts'
const RELEASE_TEST = 'apps/matinee/test/release.test.ts'

/** The guards of whoever makes releases. */
export const RELEASE_MUTANTS: readonly Mutant[] = [
  {
    row: 'C17',
    guard: 'looks at the size of a picture before anything decodes it',
    file: PICTURES,
    find: 'raster.width * raster.height > MOST_SOURCE_PIXELS',
    replace: 'raster.width < 0',
    test: RELEASE_TEST,
  },
  {
    row: 'C17',
    guard: 'takes whole rasters only',
    file: PICTURES,
    find: "if (raster.kind === 'broken') continue",
    replace: "if (raster.kind === 'broken') return type",
    test: RELEASE_TEST,
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
]

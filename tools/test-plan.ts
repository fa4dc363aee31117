import { existsSync, globSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { lookUpProgram, type ProgramName } from './programs.ts'
import { ROOT } from './root.ts'

/** A run of node:test: its files are chosen by place, and run this many at a time. */
export interface Stage {
  readonly name: string
  readonly globs: readonly string[]
  readonly exclude: readonly string[]
  readonly concurrency: number
  /** Whether its tests open built pages. */
  readonly needsPages: boolean
}

const JOURNEY = 'e2e/journey.test.ts'

/** In this order: what fails soonest and says most comes first. */
export const STAGES: readonly Stage[] = [
  {
    name: 'unit tests',
    globs: [
      'packages/**/*.test.ts',
      'apps/**/*.test.ts',
      'bench/**/*.test.ts',
      'tools/**/*.test.ts',
    ],
    exclude: [],
    concurrency: 2,
    needsPages: false,
  },
  {
    name: 'end to end',
    globs: ['e2e/**/*.test.ts'],
    exclude: [JOURNEY],
    concurrency: 2,
    needsPages: true,
  },
  { name: 'journey', globs: [JOURNEY], exclude: [], concurrency: 1, needsPages: true },
]

/** What tests need from the system, by place; a file needs what every matching line says. */
const NEEDS: readonly { readonly glob: string; readonly programs: readonly ProgramName[] }[] = [
  { glob: 'packages/testkit/src/made-media.test.ts', programs: ['ffmpeg', 'ffprobe'] },
  { glob: 'packages/media/src/container/locate-index.test.ts', programs: ['ffmpeg', 'ffprobe'] },
  { glob: 'apps/viewer/web/src/player/frames/key-frames.test.ts', programs: ['ffmpeg'] },
  {
    glob: 'apps/matinee/test/{release,release-orders,feed-add,seed,whole-path}.test.ts',
    programs: ['ffmpeg'],
  },
  { glob: 'e2e/packets/*.test.ts', programs: ['ip', 'libtorrent'] },
  { glob: 'e2e/{*,journeys/*,packets/*}.test.ts', programs: ['chromium', 'ffmpeg', 'ffprobe'] },
  { glob: 'e2e/packaging/*.test.ts', programs: ['dpkg-deb'] },
  { glob: 'e2e/interop/seed.test.ts', programs: ['ffmpeg'] },
  {
    glob: 'e2e/interop/*.test.ts',
    programs: ['aria2c', 'libtorrent', 'transmission-daemon', 'transmission-remote'],
  },
]

/** The test files of a stage, of these globs only when there are any. */
export function filesOf(stage: Stage, only: readonly string[]): readonly string[] {
  return globSync(stage.globs, { cwd: ROOT, exclude: [...stage.exclude, '**/node_modules/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => only.length === 0 || only.some((glob) => matchesGlob(path, glob)))
    .toSorted()
}

/** The programs that a test file needs from the system. */
export function needsOf(file: string): readonly ProgramName[] {
  return NEEDS.filter(({ glob }) => matchesGlob(file, glob)).flatMap(({ programs }) => programs)
}

/** The programs that these test files need and that the system doesn't have. */
export function missingFor(files: readonly string[]): ReadonlySet<ProgramName> {
  const needed = new Set(files.flatMap(needsOf))
  return new Set([...needed].filter((name) => lookUpProgram(name) === null))
}

/**
 * What `npm test -- NAME` runs: a package, an app, `tools`, `e2e`, `interop`, or any path or glob.
 * `null` when there is no such thing.
 */
export function globFor(name: string): string | null {
  if (/\.ts$|\*/u.test(name)) return name
  const folders = [`packages/${name}`, `apps/${name}`, `e2e/${name}`, name.replace(/\/$/u, '')]
  const folder = folders.find((each) => existsSync(join(ROOT, each)))
  return folder === undefined ? null : `${folder}/**/*.test.ts`
}

/**
 * Who may import whom: the single truth, checked by check-layers.ts and drawn in ARCHITECTURE.md.
 *
 * A layer is a folder; a file belongs to the layer with the longest matching folder. Every layer may
 * import itself. What a layer ships sees `imports`; its tests, fuzzers and mutants see `tests` too.
 */
export interface Layer {
  /** From the repository's root, and the name by which other layers list it. */
  readonly folder: string
  /** Layers that shipped code may import. */
  readonly imports: readonly string[]
  /** Layers that only tests may import besides. */
  readonly tests?: readonly string[]
  /** Where shipped code may import `node:` modules: everywhere, or in these folders of the layer. */
  readonly node: 'everywhere' | readonly string[]
}

const BASE = 'packages/base'
const PROTOCOL = 'packages/protocol'
const MEDIA = 'packages/media'
const RIGHTS = 'packages/rights'
const CATALOGUE = 'packages/catalogue'
const NET = 'packages/net'
const ENGINE = 'packages/engine'
const CAST = 'packages/cast'
const TESTKIT = 'packages/testkit'
const PACKAGES = [BASE, PROTOCOL, MEDIA, RIGHTS, CATALOGUE, NET, CAST, ENGINE]

/** Lowest first: a layer never imports one that stands below it in this list. */
export const LAYERS: readonly Layer[] = [
  { folder: BASE, imports: [], tests: [TESTKIT], node: [] },
  { folder: PROTOCOL, imports: [BASE], tests: [TESTKIT], node: [] },
  { folder: MEDIA, imports: [BASE], tests: [TESTKIT], node: [] },
  { folder: RIGHTS, imports: [BASE], tests: [TESTKIT], node: [] },
  {
    folder: CATALOGUE,
    imports: [BASE, PROTOCOL, RIGHTS],
    tests: [TESTKIT],
    node: ['src/node'],
  },
  { folder: NET, imports: [BASE], tests: [TESTKIT], node: 'everywhere' },
  { folder: CAST, imports: [BASE], tests: [TESTKIT, NET], node: [] },
  {
    folder: ENGINE,
    imports: [BASE, PROTOCOL],
    tests: [TESTKIT, NET],
    node: ['src/create', 'src/node'],
  },
  { folder: TESTKIT, imports: [BASE, PROTOCOL], node: 'everywhere' },
  { folder: 'apps/viewer/api', imports: [BASE], tests: [TESTKIT], node: [] },
  {
    folder: 'apps/viewer/web',
    imports: [BASE, MEDIA, 'apps/viewer/api'],
    tests: [TESTKIT],
    node: [],
  },
  {
    folder: 'apps/viewer/server',
    imports: [...PACKAGES, 'apps/viewer/api'],
    tests: [TESTKIT],
    node: 'everywhere',
  },
  {
    folder: 'apps/viewer',
    imports: ['apps/viewer/api', 'apps/viewer/web', 'apps/viewer/server'],
    tests: [TESTKIT, ...PACKAGES],
    node: 'everywhere',
  },
  {
    folder: 'apps/matinee',
    // Of the pages only how posters are drawn: the door `@matinee/viewer/poster`.
    imports: [...PACKAGES, 'apps/viewer/server', 'apps/viewer/web'],
    tests: [TESTKIT],
    node: 'everywhere',
  },
  // Of the command only what a copy of the program is made of.
  { folder: 'tools', imports: [...PACKAGES, TESTKIT, 'apps/matinee'], node: 'everywhere' },
  {
    folder: 'e2e',
    imports: [...PACKAGES, TESTKIT, 'apps/viewer/server', 'apps/matinee', 'tools'],
    node: 'everywhere',
  },
  {
    folder: 'bench',
    imports: [...PACKAGES, TESTKIT, 'apps/viewer/server', 'e2e'],
    node: 'everywhere',
  },
]

/** The layer of a file (path from the root, with `/`), or `undefined` outside all layers. */
export function layerOf(path: string): Layer | undefined {
  let found: Layer | undefined
  for (const layer of LAYERS) {
    const isInside = path.startsWith(`${layer.folder}/`)
    if (isInside && layer.folder.length > (found?.folder.length ?? 0)) found = layer
  }
  return found
}

/** Whether a file is only for tests: it sees `tests` of its layer and may use `node:` anywhere. */
export function isTestFile(path: string): boolean {
  return /\.test\.ts$|\/(?:test|fuzz)\/|\/mutants(?:-[a-z]+)?\.ts$|\/vite\.config\.ts$/u.test(path)
}

/**
 * `npm run pack -- FOLDER`: makes the packages that other projects can use, as `.tgz` files: JavaScript, type
 * declarations, README and licence. They run on Node 24 and later.
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './root.ts'

/** In the order of what needs what. */
const PUBLISHED = ['base', 'protocol', 'net', 'engine'] as const
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')
/** Doors that are for this project's own tests. */
const OWN_DOORS: readonly string[] = ['./sim']

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly exports: Record<string, string>
  readonly dependencies?: Record<string, string>
}

/** Makes the packages' `.tgz` files in `folder`. Returns their paths. Throws when something doesn't compile. */
export function packLibrary(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true })
  const staging = mkdtempSync(join(tmpdir(), 'matinee-pack-'))
  try {
    return PUBLISHED.map((name) => packOne(name, join(staging, name), folder))
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function packOne(name: (typeof PUBLISHED)[number], staging: string, folder: string): string {
  const source = join(ROOT, 'packages', name)
  mkdirSync(staging, { recursive: true })
  compile(source, staging)
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest
  const published = {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    type: 'module',
    engines: { node: '>=24' },
    exports: Object.fromEntries(
      Object.entries(manifest.exports)
        .filter(([door]) => !OWN_DOORS.includes(door))
        .map(([door, file]) => [door, builtDoor(file)]),
    ),
    dependencies: manifest.dependencies ?? {},
  }
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(published, null, 2)}\n`)
  copyFileSync(join(ROOT, 'LICENSE'), join(staging, 'LICENSE'))
  const readme = join(source, 'README.md')
  if (existsSync(readme)) copyFileSync(readme, join(staging, 'README.md'))
  const args = ['pack', '--silent', '--pack-destination', resolve(folder)]
  const isWindows = process.platform === 'win32'
  const said = execFileSync('npm', args, { cwd: staging, encoding: 'utf8', shell: isWindows })
  return join(resolve(folder), said.trim().split('\n').at(-1) ?? '')
}

/** From `./src/x.ts` to what stands for it in a package. */
function builtDoor(file: string): { readonly types: string; readonly default: string } {
  const path = file.replace(/^\.\/src\//u, './dist/').replace(/\.ts$/u, '')
  return { types: `${path}.d.ts`, default: `${path}.js` }
}

function compile(source: string, staging: string): void {
  const config = join(staging, 'tsconfig.json')
  const outDir = join(staging, 'dist')
  const src = join(source, 'src')
  const files = globSync('**/*.ts', { cwd: src, exclude: ['**/*.test.ts'] })
  const options = {
    extends: join(source, 'tsconfig.json'),
    compilerOptions: {
      rootDir: src,
      outDir,
      typeRoots: [join(ROOT, 'node_modules/@types')],
      composite: false,
      incremental: false,
      tsBuildInfoFile: null,
      emitDeclarationOnly: false,
      rewriteRelativeImportExtensions: true,
    },
    files: files.map((file) => join(src, file)),
    include: [],
    references: [],
  }
  writeFileSync(config, JSON.stringify(options))
  execFileSync(process.execPath, [TSC, '-p', config], { stdio: ['ignore', 'inherit', 'inherit'] })
  rmSync(config)
  // Declarations keep the extension of the source, which isn't in the package.
  for (const file of globSync('**/*.d.ts', { cwd: outDir })) {
    const path = join(outDir, file)
    const text = readFileSync(path, 'utf8')
    const relative = /((?:from|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/gu
    writeFileSync(path, text.replace(relative, '$1.js$2'))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('npm run pack -- FOLDER: where shall the packages be put?')
    process.exitCode = 2
  } else for (const path of packLibrary(folder)) console.log(path)
}

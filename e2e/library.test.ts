import { test } from 'node:test'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { formatMagnet, parseMetainfo } from '@matinee/protocol'
import { build } from 'vite'
import { packLibrary } from '../tools/pack.ts'
import { ROOT } from '../tools/root.ts'

const run = promisify(execFile)
const REEL = join(ROOT, 'feeds/reel')
const isWindows = process.platform === 'win32'

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-library-'))
  try {
    await act(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The example of the engine's README, for a network on which the test's own seed may be dialed. */
async function example(): Promise<string> {
  const readme = await readFile(join(ROOT, 'packages/engine/README.md'), 'utf8')
  const code = /```js\n(?<code>[\s\S]*?)```/u.exec(readme)?.groups?.['code']
  assert.ok(code)
  const opening = 'createNetwork({ clock: system.clock })'
  assert.ok(code.includes(opening))
  return code.replace(opening, 'createNetwork({ clock: system.clock, allowLocal: true })')
}

test('a fresh project installs the packages, and the README’s example streams a film with them', () =>
  inFolder(async (folder) => {
    const packages = packLibrary(join(folder, 'packages'))
    assert.equal(packages.length, 4)
    const project = join(folder, 'project')
    await systemDisk().makeFolder(project)
    await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }')
    const install = ['install', '--offline', '--no-audit', '--no-fund', ...packages]
    await run('npm', install, { cwd: project, shell: isWindows })
    await writeFile(join(project, 'play.js'), await example())

    const system = { clock: systemClock(), random: systemRandom(), disk: systemDisk() }
    const hash = systemHash()
    await using network = createNetwork({ clock: system.clock, allowLocal: true })
    const seeder = { ...system, hash, network, host: '127.0.0.1', folder: join(folder, 'seed') }
    await using engine = await openEngine(seeder)
    const torrent = new Uint8Array(await readFile(join(REEL, 'reel.torrent')))
    const metainfo = parseMetainfo(torrent, hash)
    const filesFrom = metainfo.files.map(({ path }) => join(REEL, path.at(-1) ?? ''))
    await engine.add({ kind: 'metainfo', metainfo }, { filesFrom, trackers: [] }).metainfo()
    const peers = [{ host: '127.0.0.1', port: engine.port ?? 0 }]
    const link = formatMagnet({ infoHashes: metainfo.infoHashes, peers })

    const films = join(project, 'films')
    const options = { cwd: project, encoding: 'buffer', maxBuffer: 64e6, timeout: 60_000 } as const
    const { stdout } = await run(process.execPath, ['play.js', link, films], options)
    assert.ok(stdout.equals(await readFile(join(REEL, 'reel.mp4'))))
  }))

test('the packages’ declarations are whole: a project that checks everything compiles with them', () =>
  inFolder(async (folder) => {
    const packages = packLibrary(join(folder, 'packages'))
    const project = join(folder, 'project')
    await systemDisk().makeFolder(project)
    await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }')
    const install = ['install', '--offline', '--no-audit', '--no-fund', ...packages]
    await run('npm', install, { cwd: project, shell: isWindows })
    const source = `
      import { openEngine, type Engine, type TorrentStatus } from '@matinee/engine'
      import { createTorrent } from '@matinee/engine/create'
      import { systemClock } from '@matinee/engine/system'
      import { createNetwork, type EgressNetwork } from '@matinee/net'
      import { parseMagnet, type Magnet } from '@matinee/protocol'
      import type { Clock } from '@matinee/base'
      const clock: Clock = systemClock()
      const network: EgressNetwork = createNetwork({ clock })
      const magnet: Magnet = parseMagnet('magnet:?xt=urn:btih:' + '0'.repeat(40))
      export function look(engine: Engine): readonly TorrentStatus[] {
        return engine.torrents.map((torrent) => torrent.status())
      }
      export { openEngine, createTorrent, network, magnet }
      // @ts-expect-error: a magnet is no text
      const wrong: Magnet = 'magnet:'
      export { wrong }
    `
    await writeFile(join(project, 'use.ts'), source)
    const compilerOptions = {
      target: 'esnext',
      module: 'nodenext',
      lib: ['esnext'],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: ['node'],
      typeRoots: [join(ROOT, 'node_modules/@types')],
    }
    const config = { compilerOptions, files: ['use.ts'] }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const compiled = await run(process.execPath, [tsc, '-p', project]).catch((error: unknown) => {
      const { stdout } = error as { readonly stdout: string }
      return { stdout }
    })
    assert.equal(compiled.stdout, '')
  }))

test('the protocol and the engine’s policy are bundled for the browser, with nothing of Node in them', () =>
  inFolder(async (folder) => {
    const entry = join(folder, 'entry.ts')
    const policy = ['scheduler', 'pace', 'block-table', 'hedge-budget', 'demand']
    const from = (path: string): string => JSON.stringify(join(ROOT, path))
    await writeFile(
      entry,
      [
        `export * as protocol from ${from('packages/protocol/src/index.ts')}`,
        ...policy.map(
          (name, at) => `export * as p${at} from ${from(`packages/engine/src/pick/${name}.ts`)}`,
        ),
      ].join('\n'),
    )
    const built = await build({
      configFile: false,
      root: folder,
      logLevel: 'error',
      build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'bundle' } },
    })
    const [output] = Array.isArray(built) ? built : [built]
    assert.ok(output && 'output' in output)
    const [chunk] = output.output
    assert.equal(output.output.length, 1)
    assert.deepEqual(chunk.imports, [])
    assert.doesNotMatch(chunk.code, /(?:from|import|require)\s*\(?['"]node:|process\.|Buffer\./u)
  }))

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { packLibrary } from './pack.ts'
import { ROOT } from './root.ts'

/** Parts that know neither Node nor a browser: the protocol, and what the engine decides. */
const ANYWHERE = [
  'protocol/src/index.ts',
  'engine/src/pick/scheduler.ts',
  'engine/src/pick/block-table.ts',
  'engine/src/stream/playback.ts',
  'engine/src/stream/demand.ts',
  'engine/src/stream/wait-reason.ts',
  'engine/src/swarm/candidates.ts',
  'engine/src/swarm/double.ts',
  'engine/src/upload/choke-plan.ts',
  'engine/src/discovery/tracker-tiers.ts',
]

/** What a fresh project does with the packages: types and values of each. */
const STRANGER = `import { createNetwork } from '@matinee/net'
import { openEngine, type Diagnosis } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { parseMagnet } from '@matinee/protocol'

const system = { clock: systemClock(), disk: systemDisk(), hash: systemHash(), random: systemRandom() }
await using network = createNetwork({ clock: system.clock })
await using engine = await openEngine({ ...system, network, folder: 'films', host: '127.0.0.1' })
const magnet = parseMagnet('magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567')
const torrent = engine.add({ kind: 'magnet', magnet }, { dht: false })
const diagnosis: Diagnosis | null = torrent.diagnosis()
console.log(torrent.status().phase.kind, diagnosis)
`

test('packed, the library installs into a fresh project, whose compiler knows its types, and runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-library-'))
  try {
    const packages = packLibrary(join(folder, 'packed'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    writeFileSync(join(folder, 'stranger.ts'), STRANGER)
    const npm = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]
    execFileSync('npm', npm, { cwd: folder, stdio: 'pipe', shell: process.platform === 'win32' })
    const run = (...args: readonly string[]): string =>
      execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    const strict = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'esnext']
    const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')]
    run(join(ROOT, 'node_modules/typescript/bin/tsc'), ...strict, ...types, 'stranger.ts')
    assert.equal(run('stranger.ts').trim(), 'finding-metadata null')
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('bundled for a browser, protocol and policy ask for nothing of Node, and work where there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bundle-'))
  try {
    const entry = join(folder, 'entry.ts')
    const lines = ANYWHERE.map(
      (file) => `export * from ${JSON.stringify(join(ROOT, 'packages', file))}`,
    )
    writeFileSync(entry, lines.join('\n'))
    const vite = (await import(
      pathToFileURL(join(ROOT, 'node_modules/vite/dist/node/index.js')).href
    )) as { readonly build: (options: object) => Promise<unknown> }
    await vite.build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      resolve: { alias: { '@matinee/base': join(ROOT, 'packages/base/src/index.ts') } },
      build: {
        lib: { entry, formats: ['iife'], name: 'matinee', fileName: 'matinee' },
        outDir: join(folder, 'out'),
        minify: false,
      },
    })
    const code = readFileSync(join(folder, 'out/matinee.iife.js'), 'utf8')
    assert.doesNotMatch(code, /node:|__vite-browser-external|require\(|process\./u)
    // What browsers have besides the language.
    const world = { TextEncoder, TextDecoder, URL, URLSearchParams, DOMException, AbortController }
    const link = 'magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567'
    const said = runInNewContext(
      `${code};[matinee.parseMagnet('${link}').infoHashes.v1, matinee.stayingDouble({ olderAgeMs: 9e9 })].join()`,
      world,
    ) as unknown
    assert.equal(said, '0123456789abcdef0123456789abcdef01234567,older')
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

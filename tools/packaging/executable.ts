/**
 * `npm run executable -- FOLDER`: makes `matinee`, one file that runs on a computer of this kind without Node and
 * without a network: Node itself, and in it this copy of Matinee with the packages and the pages that it runs with.
 * Beside it `node.LICENSE`, which has to be passed on with it.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, zstdCompressSync } from 'node:zlib'
import { programParts } from '../../apps/matinee/src/pack/program-parts.ts'
import { ROOT } from '../root.ts'
import { nodeLicence } from './node-licence.ts'

const START = fileURLToPath(new URL('executable-start.ts', import.meta.url))
/** As tools/start.mjs starts Node: V8 would set much memory aside. */
const NODE_OPTIONS = ['--max-semi-space-size=2']
const COMPRESSION_LEVEL = 12

/** Makes the executable in `folder`. Returns its path. Throws PackError, and what the file system and Node throw. */
export async function makeExecutable(folder: string): Promise<string> {
  const output = join(resolve(folder), process.platform === 'win32' ? 'matinee.exe' : 'matinee')
  mkdirSync(resolve(folder), { recursive: true })
  const staging = mkdtempSync(join(tmpdir(), 'matinee-executable-'))
  try {
    const { index, bytes } = await packedProgram()
    const params = { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL }
    writeFileSync(join(staging, 'program.bin'), zstdCompressSync(bytes, { params }))
    writeFileSync(join(staging, 'program.json'), index)
    writeFileSync(join(staging, 'start.mjs'), stripTypeScriptTypes(readFileSync(START, 'utf8')))
    const plan = {
      main: join(staging, 'start.mjs'),
      mainFormat: 'module',
      output,
      disableExperimentalSEAWarning: true,
      execArgv: NODE_OPTIONS,
      // Nothing but its own arguments steers it.
      execArgvExtension: 'none',
      assets: {
        'program.bin': join(staging, 'program.bin'),
        'program.json': join(staging, 'program.json'),
      },
    }
    writeFileSync(join(staging, 'plan.json'), JSON.stringify(plan))
    execFileSync(process.execPath, ['--build-sea', join(staging, 'plan.json')], { stdio: 'ignore' })
    chmodSync(output, 0o755)
    copyFileSync(nodeLicence(), join(resolve(folder), 'node.LICENSE'))
    return output
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/** Every file of the program one after another, and the list that says which is where. */
async function packedProgram(): Promise<{ readonly index: string; readonly bytes: Uint8Array }> {
  const { parts, links } = await programParts(ROOT)
  const paths = parts.flatMap(({ path, kind }) => (kind === 'file' ? [path] : filesIn(path)))
  const files: (readonly [string, number, boolean])[] = []
  const chunks: Uint8Array[] = []
  for (const path of paths.toSorted()) {
    const bytes = readFileSync(join(ROOT, path))
    files.push([path, bytes.length, (lstatSync(join(ROOT, path)).mode & 0o100) !== 0])
    chunks.push(bytes)
  }
  const bytes = Buffer.concat(chunks)
  const list = { files, links: links.map(({ path, target }) => [path, target]) }
  const id = createHash('sha256').update(JSON.stringify(list)).update(bytes).digest('hex')
  return { index: JSON.stringify({ id, ...list }), bytes }
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length).replaceAll('\\', '/'))
    .map((path) => path.replace(/^\//u, ''))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) {
    console.error('Usage: npm run executable -- FOLDER')
    process.exitCode = 2
  } else console.log(await makeExecutable(folder))
}

/**
 * The first code of the single executable: Node runs it out of its own file. It puts the program that comes along where
 * caches are, once for each version, and hands over to it. Only what Node itself has may be imported here.
 */
import * as fs from 'node:fs'
import { createRequire, enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { getAsset } from 'node:sea'
import { zstdDecompressSync } from 'node:zlib'

/** What `executable.ts` writes beside the program's bytes. */
interface ProgramIndex {
  /** SHA-256 of the bytes and of this list, hexadecimal. */
  readonly id: string
  /** Path, length in bytes, whether it's executable: in the order of the bytes. */
  readonly files: readonly (readonly [string, number, boolean])[]
  /** Path and target of links between folders, both from the program's root. */
  readonly links: readonly (readonly [string, string])[]
}

/** Versions that nobody started for so long are removed. */
const UNUSED_MS = 30 * 24 * 60 * 60 * 1000
const PREFIX = 'program-'

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (process.platform === 'win32')
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Matinee', 'Cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Matinee')
  const cache = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : join(homedir(), '.cache')
  return join(cache, 'matinee')
}

/** Writes the program beside its place, and moves it there whole: of two starts at once one wins, and both are right. */
function unpack(index: ProgramIndex, folder: string): void {
  const draft = `${folder}.${process.pid}`
  fs.rmSync(draft, { recursive: true, force: true })
  const bytes = zstdDecompressSync(new Uint8Array(getAsset('program.bin')))
  let at = 0
  for (const [path, length, isExecutable] of index.files) {
    const place = join(draft, path)
    fs.mkdirSync(dirname(place), { recursive: true })
    fs.writeFileSync(place, bytes.subarray(at, at + length), { mode: isExecutable ? 0o755 : 0o644 })
    at += length
  }
  for (const [path, target] of index.links) {
    const place = join(draft, path)
    fs.mkdirSync(dirname(place), { recursive: true })
    // Windows lets everybody make junctions, but not symbolic links.
    const isWindows = process.platform === 'win32'
    const to = isWindows ? join(folder, target) : relative(dirname(place), join(draft, target))
    fs.symlinkSync(to, place, isWindows ? 'junction' : 'dir')
  }
  try {
    fs.renameSync(draft, folder)
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    if (!fs.existsSync(folder)) throw error
  }
}

function removeUnused(cache: string, current: string): void {
  for (const name of fs.readdirSync(cache)) {
    const place = join(cache, name)
    if (!name.startsWith(PREFIX) || place === current) continue
    if (Date.now() - fs.statSync(place).mtimeMs > UNUSED_MS)
      fs.rmSync(place, { recursive: true, force: true })
  }
}

function programFolder(): string {
  const index = JSON.parse(getAsset('program.json', 'utf8')) as ProgramIndex
  const cache = cacheFolder()
  const folder = join(cache, `${PREFIX}${index.id.slice(0, 16)}`)
  fs.mkdirSync(cache, { recursive: true, mode: 0o700 })
  if (!fs.existsSync(folder)) {
    process.stderr.write('matinee: unpacking, for the first start of this version …\n')
    unpack(index, folder)
  }
  const now = new Date()
  fs.utimesSync(folder, now, now)
  removeUnused(cache, folder)
  enableCompileCache(join(folder, '.cache', 'compile'))
  return folder
}

/** A program of its own that the program starts: `matinee FILE`, as it would call Node. */
function calledFile(folder: string): string | null {
  const [, , file] = process.argv
  return file?.startsWith(join(folder, 'apps')) && fs.existsSync(file) ? file : null
}

try {
  const folder = programFolder()
  const file = calledFile(folder)
  if (file !== null) process.argv.splice(1, 2, file)
  const entry = join(folder, 'apps/matinee/src/executable-entry.ts')
  const require = createRequire(entry)
  require(entry).run(file ?? join(folder, 'apps/matinee/src/main.ts'))
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`matinee: it can't be unpacked in ${cacheFolder()}: ${reason}\n`)
  process.exitCode = 1
}

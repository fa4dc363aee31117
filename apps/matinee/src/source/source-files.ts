/** The files that this copy of Matinee was made of: what a source archive holds. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What is installed, built or kept beside them; never a part of the source. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.cache', '.git', 'dist'])
const BUILT = /\.tsbuildinfo$/u
const LIST_BYTES = 16 * 2 ** 20

/**
 * Paths from the root, with `/`, in the order of their bytes: what git tracks, or in a copy without a history everything
 * but what was installed or built there. Throws what the file system and git throw.
 */
export async function sourceFiles(root: string): Promise<readonly string[]> {
  return await filesOf(root, [])
}

/** The same with what somebody who works on it hasn't committed yet: what runs here. */
export async function programFiles(root: string): Promise<readonly string[]> {
  return await filesOf(root, ['--others', '--exclude-standard'])
}

async function filesOf(root: string, more: readonly string[]): Promise<readonly string[]> {
  const names = (await isClone(root)) ? await gitFiles(root, more) : await walk(root, '')
  return names
    .filter((name) => !BUILT.test(name) && !name.split('/').some((part) => SKIPPED.has(part)))
    .toSorted((a, b) => (a < b ? -1 : 1))
}

async function isClone(root: string): Promise<boolean> {
  return await stat(join(root, '.git')).then(
    () => true,
    () => false,
  )
}

async function gitFiles(root: string, more: readonly string[]): Promise<string[]> {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', ...more], {
    cwd: root,
    maxBuffer: LIST_BYTES,
  })
  // A file that was taken away is tracked until that is committed.
  return stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))
}

async function walk(root: string, folder: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) names.push(...(await walk(root, path)))
    else if (entry.isFile()) names.push(path)
  }
  return names
}

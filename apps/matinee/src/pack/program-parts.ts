/** What of this copy of Matinee has to come along so that it starts elsewhere without a network. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type JsonValue } from '@matinee/catalogue'
import { PackError } from './pack-error.ts'
import { programFiles } from '../source/source-files.ts'

/** A file, folder or link of the program. */
export interface ProgramPart {
  /** From the program's root, with `/`. */
  readonly path: string
  readonly kind: 'file' | 'folder'
}

/** A link between folders of the program. */
export interface ProgramLink {
  readonly path: string
  /** From the program's root. */
  readonly target: string
}

/** All of it. */
export interface ProgramParts {
  readonly parts: readonly ProgramPart[]
  readonly links: readonly ProgramLink[]
}

const PAGES = 'apps/viewer/web/dist'

/** Throws {@link PackError} when packages or pages aren't there, and what the file system throws. */
export async function programParts(root: string): Promise<ProgramParts> {
  const files = (await programFiles(root)).map((path): ProgramPart => ({ path, kind: 'file' }))
  if (!(await isThere(join(root, PAGES, 'index.html'))))
    throw new PackError('pages', 'the pages aren’t built yet: start "matinee" once, then pack')
  const { folders, links } = await packages(root)
  const parts = [...files, { path: PAGES, kind: 'folder' } as const]
  for (const path of folders)
    if (await isThere(join(root, path))) parts.push({ path, kind: 'folder' })
  if (folders.length > 0 && parts.length === files.length + 1)
    throw new PackError(
      'packages',
      'the packages aren’t installed: start "matinee" once, then pack',
    )
  return { parts, links }
}

/** Packages that the lockfile names for running, without those that only make and test it. */
async function packages(
  root: string,
): Promise<{ readonly folders: readonly string[]; readonly links: readonly ProgramLink[] }> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as JsonValue
  const named = isJsonObject(lock) ? lock['packages'] : undefined
  const folders: string[] = []
  const links: ProgramLink[] = []
  for (const [path, entry] of Object.entries(
    named !== undefined && isJsonObject(named) ? named : {},
  )) {
    if (!path.includes('node_modules/') || !isJsonObject(entry)) continue
    const { link, resolved, dev, devOptional } = entry
    if (link === true && typeof resolved === 'string') links.push({ path, target: resolved })
    else if (dev !== true && devOptional !== true && !isInside(path, folders)) folders.push(path)
  }
  return { folders, links }
}

/** A package inside of one that is taken comes with it. */
function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`))
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}

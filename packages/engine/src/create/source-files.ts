import { lstat, readdir } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { LIMITS } from '@matinee/base'
import { CreateError } from './create-error.ts'

/** A file that goes into the torrent. */
export interface SourceFile {
  /** Absolute. */
  readonly source: string
  /** In the torrent, below its name; folders first. */
  readonly path: readonly string[]
  readonly length: number
  readonly modifiedMs: number
}

/** What a torrent is made from. */
export interface SourceFiles {
  /** For the torrent. */
  readonly name: string
  /** In the order of their paths' characters. At least one, with at least one byte in all. */
  readonly files: readonly SourceFile[]
}

/**
 * Finds the files of a torrent: one file, several files (then `name` is needed), or all files in one
 * folder and the folders in it. In folders, names that begin with a dot are left out: they are what
 * systems and editors leave behind, not what somebody wants to share. Throws {@link CreateError}.
 */
export async function findSourceFiles(
  paths: readonly string[],
  name: string | undefined,
  signal?: AbortSignal,
): Promise<SourceFiles> {
  const [first, ...others] = paths.map((path) => resolve(path))
  if (first === undefined) throw new CreateError('empty', 'no files to make a torrent from')
  const facts = await factsOf(first)
  const files: SourceFile[] = []
  if (facts.isDirectory() && others.length === 0) await addFolder(first, [], files, signal)
  else
    for (const source of [first, ...others])
      files.push(toSourceFile(source, [basename(source)], await factsOf(source)))
  if (!files.some(({ length }) => length > 0))
    throw new CreateError('empty', `there is nothing to share in ${first}`)
  refuseTwins(files)
  if (others.length > 0 && name === undefined)
    throw new CreateError('name', 'a torrent of several files needs a name')
  return { name: name ?? basename(first), files }
}

/** Throws {@link CreateError} `changed` when a file is no longer as it was found. */
export async function refuseChanged(files: readonly SourceFile[]): Promise<void> {
  for (const file of files) {
    const { size, mtimeMs } = await factsOf(file.source)
    if (size !== file.length || mtimeMs !== file.modifiedMs)
      throw new CreateError('changed', `${file.source} changed while it was read`)
  }
}

async function addFolder(
  folder: string,
  path: readonly string[],
  files: SourceFile[],
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  if (path.length >= LIMITS.pathDepth)
    throw new CreateError('too-large', `${folder} is too many folders deep`)
  const names = await attempt(folder, () => readdir(folder))
  for (const name of names.toSorted(compareUtf8)) {
    if (name.startsWith('.')) continue
    const source = join(folder, name)
    if (name.includes('\uFFFD'))
      throw new CreateError('name', `the name of ${source} is not text in UTF-8`)
    const facts = await factsOf(source)
    if (facts.isDirectory()) await addFolder(source, [...path, name], files, signal)
    else files.push(toSourceFile(source, [...path, name], facts))
    if (files.length > LIMITS.torrentFiles)
      throw new CreateError('too-large', `more than ${LIMITS.torrentFiles} files`)
  }
}

function toSourceFile(source: string, path: readonly string[], facts: Stats): SourceFile {
  if (facts.isDirectory())
    throw new CreateError('not-a-file', `${source} is a folder, and a folder is shared alone`)
  if (!facts.isFile()) throw new CreateError('not-a-file', `${source} is not a file`)
  return { source, path, length: facts.size, modifiedMs: facts.mtimeMs }
}

async function factsOf(path: string): Promise<Stats> {
  const facts = await attempt(path, () => lstat(path))
  if (facts.isSymbolicLink()) throw new CreateError('symlink', `${path} is a symbolic link`)
  return facts
}

function refuseTwins(files: readonly SourceFile[]): void {
  const seen = new Set<string>()
  for (const { path } of files) {
    const key = path.join('/')
    if (seen.has(key)) throw new CreateError('name', `two files are called ${key}`)
    seen.add(key)
  }
}

/** The order of BEP 52's file tree: by the bytes of the names in UTF-8. */
function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

async function attempt<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    if (isMissing) throw new CreateError('not-found', `there is no ${path}`, { cause })
    throw new CreateError('unreadable', `cannot look at ${path}`, { cause })
  }
}

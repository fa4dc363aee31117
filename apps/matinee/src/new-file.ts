import { open, rm, stat } from 'node:fs/promises'
import { UsageError } from './command.ts'
import { refusalWords } from './refusal-words.ts'

/**
 * Writes a whole file or none. Throws {@link UsageError} when there is one already and `mayReplace` is false, and
 * when it can't be written.
 */
export async function writeNewFile(
  path: string,
  content: Uint8Array | string,
  mayReplace: boolean,
): Promise<void> {
  try {
    await using file = await open(path, mayReplace ? 'w' : 'wx', 0o666)
    try {
      await file.writeFile(content)
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
  } catch (error) {
    throw new UsageError(await whyNot(path, error), { cause: error })
  }
}

async function whyNot(path: string, error: unknown): Promise<string> {
  const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  if (!isThere) return `${path} can't be written: ${refusalWords(error)}`
  const isFolder = await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
  return isFolder
    ? `${path} is a folder; name a file in it`
    : `${path} is there already; --force writes over it`
}

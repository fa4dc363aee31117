import { open } from 'node:fs/promises'

/** https://sqlite.org/fileformat.html 1.3: the text that a database begins with, and where its `user_version` stands. */
const MAGIC = 'SQLite format 3\0'
const VERSION_AT = 60

/**
 * The version that the file of a shelf says, with nobody opening it as a database, which may write. 0 = it's no database.
 * Throws what the file system throws.
 */
export async function readShelfVersion(path: string): Promise<number> {
  await using file = await open(path)
  const head = Buffer.alloc(VERSION_AT + 4)
  await file.read(head)
  return head.toString('latin1', 0, MAGIC.length) === MAGIC ? head.readInt32BE(VERSION_AT) : 0
}

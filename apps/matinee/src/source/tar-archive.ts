/**
 * A tar archive (POSIX.1-1988 "ustar") that is the same to the byte wherever it is made of the same files: no owner, no
 * time, files in the order of their names' bytes. Any tar unpacks it.
 */
import { open } from 'node:fs/promises'
import { assert, utf8Bytes } from '@matinee/base'

/** A file of an archive. */
export interface TarEntry {
  /** In the archive, with `/`; ASCII, at most 255 characters. */
  readonly name: string
  readonly isExecutable: boolean
  readonly bytes: Uint8Array
}

const BLOCK = 512
/** Two empty blocks, filled up to a record of twenty, as every tar writes it. */
const RECORD = 20 * BLOCK
const NAME = 100
const PREFIX = 155

/** Writes an archive. Throws what the file system throws. `entries` come in the order of their names. */
export async function writeTar(
  path: string,
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): Promise<void> {
  await using file = await open(path, 'w', 0o600)
  let length = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    await file.write(bytes, 0, bytes.length, length)
    length += bytes.length
  }
  for await (const entry of entries) {
    await put(tarHeader(entry))
    await put(entry.bytes)
    await put(new Uint8Array((BLOCK - (entry.bytes.length % BLOCK)) % BLOCK))
  }
  const end = Math.ceil((length + 2 * BLOCK) / RECORD) * RECORD
  await put(new Uint8Array(end - length))
  await file.sync()
}

/** The header block of a file. */
export function tarHeader({ name, isExecutable, bytes }: TarEntry): Uint8Array {
  const [prefix, rest] = splitName(name)
  const header = new Uint8Array(BLOCK)
  const text = (at: number, value: string): void => header.set(utf8Bytes(value), at)
  const octal = (at: number, digits: number, value: number): void =>
    text(at, value.toString(8).padStart(digits, '0'))
  text(0, rest)
  octal(100, 7, isExecutable ? 0o755 : 0o644)
  octal(108, 7, 0)
  octal(116, 7, 0)
  octal(124, 11, bytes.length)
  octal(136, 11, 0)
  text(148, ' '.repeat(8))
  text(156, '0')
  text(257, 'ustar\u000000')
  text(345, prefix)
  const sum = header.reduce((total, byte) => total + byte, 0)
  text(148, `${sum.toString(8).padStart(6, '0')}\u0000 `)
  return header
}

/** A long name is split at one of its slashes. */
function splitName(name: string): [string, string] {
  assert(/^[\u0020-\u007E]+$/u.test(name), 'names of source files are ASCII')
  if (name.length <= NAME) return ['', name]
  const at = name.indexOf('/', name.length - NAME - 1)
  assert(at > 0 && at <= PREFIX, 'a name of at most 255 characters has a slash to split it at')
  return [name.slice(0, at), name.slice(at + 1)]
}

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What a file has to be; what nobody named is `null`. */
export interface NamedBytes {
  readonly lengthBytes: number | null
  readonly sha1: string | null
  readonly md5: string | null
  readonly sha256: string | null
}

/** What a file is. */
export interface FileDigest {
  readonly lengthBytes: number
  readonly sha1: string
  readonly md5: string
  readonly sha256: string
}

/** What of a file isn't as it was named, in words; `null` = nothing. */
export function differenceFrom(named: NamedBytes, found: FileDigest): string | null {
  if (named.lengthBytes !== null && named.lengthBytes !== found.lengthBytes)
    return `has ${found.lengthBytes} bytes, not ${named.lengthBytes}`
  for (const kind of ['sha256', 'sha1', 'md5'] as const)
    if (named[kind] !== null && named[kind] !== found[kind])
      return `its ${kind} is ${found[kind]}, not ${named[kind]}`
  return null
}

/** Reads a file once, for every hash that anybody names. */
export async function digestFile(path: string, signal: AbortSignal): Promise<FileDigest> {
  const [sha1, md5, sha256] = [createHash('sha1'), createHash('md5'), createHash('sha256')]
  let lengthBytes = 0
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal })) {
    const bytes: Uint8Array = piece
    for (const each of [sha1, md5, sha256]) each.update(bytes)
    lengthBytes += bytes.length
  }
  const hex = 'hex'
  return { lengthBytes, sha1: sha1.digest(hex), md5: md5.digest(hex), sha256: sha256.digest(hex) }
}

/**
 * The source of this copy of Matinee as one archive and its torrent. Whoever has the same version makes the same bytes
 * and the same info-hash out of the files that are installed, so every copy can give them to everybody.
 */
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KIB, assert } from '@matinee/base'
import { parseSha256, type Sha256Text } from '@matinee/catalogue'
import { createTorrent } from '@matinee/engine/create'
import { digestFile } from '../harvest/fetch/file-digest.ts'
import { versionOf } from './own-root.ts'
import { sourceFiles } from './source-files.ts'
import { writeTar, type TarEntry } from './tar-archive.ts'

/** An archive of source, and what names it. */
export interface SourceRelease {
  readonly version: string
  /** The archive's name, such as `matinee-0.1.0.tar`. */
  readonly name: string
  readonly lengthBytes: number
  readonly sha256: Sha256Text
  /** v2, 64 hexadecimal digits. */
  readonly infoHash: Sha256Text
}

/** A part of what makes the info-hash the same for everybody. */
const PIECE_BYTES = 256 * KIB

/**
 * Makes the archive and, beside it under the same name with `.torrent`, its torrent in `folder`. Throws what the file system
 * throws, CreateError, and the signal's reason; then neither is there.
 */
export async function makeSourceRelease(
  root: string,
  folder: string,
  signal: AbortSignal,
): Promise<SourceRelease> {
  const version = await versionOf(root)
  const name = `matinee-${version}.tar`
  const path = join(folder, name)
  try {
    await writeTar(path, entriesOf(root, `matinee-${version}`, signal))
    const { lengthBytes, sha256 } = await digestFile(path, signal)
    const { bytes, metainfo } = await createTorrent({
      paths: [path],
      kind: 'hybrid',
      pieceLength: PIECE_BYTES,
      comment: 'The source of Matinee, Apache License 2.0',
      signal,
    })
    await writeFile(`${path}.torrent`, bytes)
    const [hash, infoHash] = [parseSha256(sha256), parseSha256(metainfo.infoHashes.v2 ?? '')]
    assert(hash !== null && infoHash !== null, 'a hybrid torrent has a v2 info-hash')
    return { version, name, lengthBytes, sha256: hash, infoHash }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

async function* entriesOf(
  root: string,
  prefix: string,
  signal: AbortSignal,
): AsyncGenerator<TarEntry, void> {
  for (const name of await sourceFiles(root)) {
    signal.throwIfAborted()
    const path = join(root, name)
    const { mode } = await stat(path)
    const bytes = new Uint8Array(await readFile(path))
    yield { name: `${prefix}/${name}`, isExecutable: (mode & 0o100) !== 0, bytes }
  }
}

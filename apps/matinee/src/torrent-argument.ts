import { readFile, stat } from 'node:fs/promises'
import { LIMITS, MIB, messageOf } from '@matinee/base'
import { systemHash } from '@matinee/engine/system'
import { MagnetError, MetainfoError, parseMagnet, parseMetainfo } from '@matinee/protocol'
import type { TorrentSource } from '@matinee/engine'
import { UsageError } from './command.ts'

/** Reads what a command was given: a magnet link, or the path of a torrent file. Throws {@link UsageError}. */
export async function readTorrent(text: string): Promise<TorrentSource> {
  if (/^magnet:/iu.test(text)) return { kind: 'magnet', magnet: readMagnet(text) }
  if (/^[a-z][a-z\d+.-]+:\/\//iu.test(text))
    throw new UsageError('a torrent file or a magnet link is needed, not another address')
  return { kind: 'metainfo', metainfo: await readMetainfo(text) }
}

function readMagnet(text: string): ReturnType<typeof parseMagnet> {
  try {
    return parseMagnet(text)
  } catch (error) {
    if (!(error instanceof MagnetError)) throw error
    throw new UsageError(`this magnet link can't be used: ${error.message} (${error.code})`, {
      cause: error,
    })
  }
}

async function readMetainfo(path: string): Promise<ReturnType<typeof parseMetainfo>> {
  const bytes = await readSmallFile(path)
  try {
    return parseMetainfo(bytes, systemHash())
  } catch (error) {
    if (!(error instanceof MetainfoError)) throw error
    throw new UsageError(`${path} is not a usable torrent: ${error.message} (${error.code})`, {
      cause: error,
    })
  }
}

/** Nothing larger than a torrent may be is read, and no device or pipe at all. */
async function readSmallFile(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path)
    if (!facts.isFile()) throw new UsageError(`${path} is not a file`)
    if (facts.size > LIMITS.metainfoBytes)
      throw new UsageError(
        `${path} is larger than ${LIMITS.metainfoBytes / MIB} MiB: not a torrent file`,
      )
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOENT') throw new UsageError(`there is no file ${path}`, { cause: error })
    throw new UsageError(`${path} can't be read (${code || messageOf(error)})`, { cause: error })
  }
}

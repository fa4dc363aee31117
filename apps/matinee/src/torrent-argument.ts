import { readFile, stat } from 'node:fs/promises'
import { LIMITS, MIB } from '@matinee/base'
import { systemHash } from '@matinee/engine/system'
import { MagnetError, MetainfoError, parseMagnet, parseMetainfo } from '@matinee/protocol'
import type { TorrentSource } from '@matinee/engine'
import { UsageError } from './command.ts'
import { refusalWords } from './refusal-words.ts'

const MAGNET_WORDS: Readonly<Record<MagnetError['code'], string>> = {
  'too-large': 'this magnet link is longer than any should be',
  'not-magnet': 'this is not a magnet link: one begins with "magnet:?"',
  'no-hash':
    'this magnet link names no torrent: "xt=urn:btih:" or "xt=urn:btmh:" is missing. Was it copied whole, and quoted?',
  'bad-hash': 'this magnet link names no torrent: its hash is damaged. Was it copied whole?',
  'hash-conflict': 'this magnet link names two torrents at once',
  urls: 'this magnet link names more trackers and web seeds than may be asked',
}

/** Of a file that never was a torrent. */
const IS_SOMETHING_ELSE: readonly MetainfoError['code'][] = ['not-bencode', 'no-info']

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
    throw new UsageError(MAGNET_WORDS[error.code], { cause: error })
  }
}

async function readMetainfo(path: string): Promise<ReturnType<typeof parseMetainfo>> {
  const bytes = await readSmallFile(path)
  try {
    return parseMetainfo(bytes, systemHash())
  } catch (error) {
    if (!(error instanceof MetainfoError)) throw error
    const words = IS_SOMETHING_ELSE.includes(error.code)
      ? `is not a torrent file ("matinee create" makes one)`
      : `is not a usable torrent file: ${error.message}`
    throw new UsageError(`${path} ${words}`, { cause: error })
  }
}

/** Nothing larger than a torrent may be is read, and no device or pipe at all. */
async function readSmallFile(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory())
      throw new UsageError(`${path} is a folder; name the torrent file itself`)
    if (!facts.isFile()) throw new UsageError(`${path} is not a file`)
    if (facts.size > LIMITS.metainfoBytes)
      throw new UsageError(
        `${path} is larger than ${LIMITS.metainfoBytes / MIB} MiB: not a torrent file`,
      )
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing) throw new UsageError(`there is no file ${path}`, { cause: error })
    throw new UsageError(`${path} can't be read: ${refusalWords(error)}`, { cause: error })
  }
}

import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS } from '@matinee/base'
import { systemHash } from '@matinee/engine/system'
import { MetainfoError, parseMetainfo, type Metainfo } from '@matinee/protocol'

/** An archive of source that lies beside its torrent. */
export interface FoundSource {
  readonly metainfo: Metainfo
  /** Absolute: the archive. */
  readonly path: string
}

const TORRENT = '.tar.torrent'

/** The archives in a folder, by their torrents' names; what isn't whole is left out. Throws what the file system throws. */
export async function findSources(folder: string): Promise<readonly FoundSource[]> {
  const found: FoundSource[] = []
  const names = await readdir(folder).catch((): string[] => [])
  for (const name of names.filter((each) => each.endsWith(TORRENT)).toSorted()) {
    const path = join(folder, name.slice(0, -'.torrent'.length))
    const metainfo = await readTorrent(join(folder, name))
    const size = await stat(path).then(
      (facts) => facts.size,
      () => null,
    )
    const [file, ...others] = metainfo?.files ?? []
    if (metainfo !== null && others.length === 0 && file?.length === size)
      found.push({ metainfo, path })
  }
  return found
}

async function readTorrent(path: string): Promise<Metainfo | null> {
  const { size } = await stat(path)
  if (size > LIMITS.metainfoBytes) return null
  try {
    return parseMetainfo(new Uint8Array(await readFile(path)), systemHash())
  } catch (error) {
    if (error instanceof MetainfoError) return null
    throw error
  }
}

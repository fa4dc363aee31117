import type { Release } from '@matinee/catalogue'
import { readHeadPack } from '@matinee/catalogue'
import { v1TwinOf } from '@matinee/engine/create'
import { systemHash } from '@matinee/engine/system'
import { MetainfoError, parseMetainfo, type Metainfo } from '@matinee/protocol'

/** Both torrents of a release, out of its head pack. */
export interface PackedTorrents {
  readonly metainfo: Metainfo
  /** The .torrent file of both kinds. */
  readonly hybrid: Uint8Array
  /** The older kind over the same files, made anew; `null` = it isn't the one that the record names. */
  readonly twin: Uint8Array | null
}

/** Reads the torrents of a release out of its head pack; `null` = there is none in it, or that of another release. */
export function packedTorrents(headPack: Uint8Array, release: Release): PackedTorrents | null {
  const hybrid = readHeadPack(headPack)?.torrent
  if (hybrid === undefined || release.kind !== 'release') return null
  try {
    const metainfo = parseMetainfo(hybrid, systemHash())
    if (metainfo.infoHashes.v2 !== String(release.infoHashes.v2)) return null
    if (metainfo.kind !== 'hybrid') return { metainfo, hybrid, twin: null }
    const made = v1TwinOf({ bytes: hybrid, metainfo, filesFrom: [] })
    const isIt = String(made.metainfo.infoHashes.v1) === release.twin
    return { metainfo, hybrid, twin: isIt ? made.bytes : null }
  } catch (error) {
    if (error instanceof MetainfoError) return null
    throw error
  }
}

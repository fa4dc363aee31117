import { LIMITS, type Disk, type Hash, type Log } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import { loadInfo, saveInfo } from './info-file.ts'
import { LayerFiles } from './layer-file.ts'

/** Where what a torrent needs to begin anew is kept: its folder. */
export interface MetainfoPlace {
  readonly disk: Disk
  readonly hash: Hash
  readonly log: Log
  readonly folder: string
}

/**
 * Makes sure that info dictionary and piece layers (BEP 52) lie in the torrent's folder, so that nobody has to keep
 * them in memory. False = they don't: the disk refused.
 */
export async function keepMetainfo(place: MetainfoPlace, metainfo: Metainfo): Promise<boolean> {
  const { disk, folder } = place
  if (metainfo.infoBytes.length > LIMITS.metainfoBytes) return false
  const known = await loadInfo(disk, folder)
  if (known === null && !(await saveInfo(disk, folder, metainfo.infoBytes))) return false
  return new LayerFiles(place).saveAll(metainfo)
}

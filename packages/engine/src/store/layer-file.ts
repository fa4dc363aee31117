import {
  LIMITS,
  messageOf,
  parentOf,
  pathIn,
  readWholeFile,
  SHA256_BYTES,
  TurnQueue,
  writeWholeFile,
  type Disk,
  type Hash,
  type Log,
} from '@matinee/base'
import { withPieceLayers, type Metainfo } from '@matinee/protocol'

/** What is needed to keep the piece layers of one torrent. */
export interface LayerPlace {
  readonly disk: Disk
  readonly hash: Hash
  readonly log: Log
  /** The torrent's. */
  readonly folder: string
}

/**
 * Keeps piece layers (BEP 52) that peers have told, a file each, so that the next start can compare what
 * is on the disk without them. Dispose it to wait for what is being written.
 */
export class LayerFiles implements AsyncDisposable {
  readonly #place: LayerPlace
  readonly #saves = new TurnQueue()

  constructor(place: LayerPlace) {
    this.#place = place
  }

  /** The metainfo with what an earlier run kept; what is missing or wrong stays away. Throws DiskError. */
  async addTo(metainfo: Metainfo): Promise<Metainfo> {
    const { disk, hash, log, folder } = this.#place
    let known = metainfo
    for (const fileIndex of filesLackingLayers(metainfo)) {
      const path = pathIn(folder, nameOf(fileIndex))
      const layer = await readWholeFile(disk, path, LIMITS.torrentPieces * SHA256_BYTES)
      if (!layer) continue
      try {
        known = withPieceLayers(known, new Map([[fileIndex, layer]]), hash)
      } catch (error) {
        log.warn('stored piece layer is wrong', { fileIndex, reason: messageOf(error) })
      }
    }
    return known
  }

  /** Keeps a whole layer that led to its file's root. A disk that refuses costs only the next start's time. */
  save(fileIndex: number, layer: Uint8Array): void {
    const { disk, log, folder } = this.#place
    void this.#saves
      .run(async () => {
        await disk.makeFolder(folder)
        await writeWholeFile(disk, folder, nameOf(fileIndex), layer)
        await disk.syncFolder(parentOf(folder))
      })
      .catch((error: unknown) => {
        log.warn('piece layer not kept', { fileIndex, reason: messageOf(error) })
      })
  }

  /** Keeps every layer that the metainfo has and the disk lacks. False = the disk refused. */
  async saveAll(metainfo: Metainfo): Promise<boolean> {
    const { disk, log, folder } = this.#place
    try {
      for (const { index, length, piecesRoot } of metainfo.files) {
        if (piecesRoot === null || length <= metainfo.pieceLength) continue
        const layer = metainfo.pieceLayer(index)
        const facts = await disk.facts(pathIn(folder, nameOf(index)))
        if (layer && facts?.size !== layer.length)
          await writeWholeFile(disk, folder, nameOf(index), layer)
      }
      return true
    } catch (error) {
      log.warn('piece layers not kept', { reason: messageOf(error) })
      return false
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#saves.idle()
  }
}

/** The files of a v2 or hybrid torrent, longer than a piece, whose piece layer is unknown. */
export function filesLackingLayers(metainfo: Metainfo): readonly number[] {
  return metainfo.files
    .filter(({ index, length, piecesRoot }) => {
      const needsLayer = piecesRoot !== null && length > metainfo.pieceLength
      return needsLayer && metainfo.pieceLayer(index) === null
    })
    .map(({ index }) => index)
}

function nameOf(fileIndex: number): string {
  return `layer.${fileIndex}`
}

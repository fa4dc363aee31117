import type { Torrent } from '@matinee/engine'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import type { MediaFile } from '@matinee/viewer'

/** A file of a torrent as the local address serves it. */
export function torrentMediaFile(
  torrent: Torrent,
  file: TorrentFile,
  metainfo: Metainfo,
): MediaFile {
  const { v1, v2 } = metainfo.infoHashes
  return {
    name: file.path.at(-1) ?? metainfo.name,
    lengthBytes: file.length,
    identity: `${v2 ?? v1} ${file.index}`,
    async *read(span, signal) {
      await using reader = await torrent.openFile(file.index, span, signal)
      yield* reader
    },
  }
}

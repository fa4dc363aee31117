import type { Release } from '@matinee/catalogue'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import { pinnedFile, type PinnedFile } from '../streams/film-stream.ts'

/** The files of a release that belong to episodes, as its record has them; null = all that it names. */
export function recordFiles(
  { videos, audios, subtitles }: Release,
  episodeIds: readonly string[] | null,
): readonly PinnedFile[] {
  const all: readonly (PinnedFile & { readonly episode?: string | undefined })[] = [
    ...videos,
    ...audios,
    ...subtitles,
  ]
  return all
    .filter(({ episode }) => episodeIds === null || episodeIds.includes(episode ?? ''))
    .map(({ path, length, root }) => ({ path, length, ...(root === undefined ? {} : { root }) }))
}

/** What they take together, in bytes. */
export function bytesOf(release: Release, episodeIds: readonly string[] | null): number {
  return recordFiles(release, episodeIds).reduce((sum, { length }) => sum + length, 0)
}

/**
 * The files of a torrent that are to be kept, films first. Throws OtherFileError when one that the record names isn't as it
 * says.
 */
export function filesToKeep(
  metainfo: Pick<Metainfo, 'files'>,
  release: Release,
  episodeIds: readonly string[] | null,
): readonly TorrentFile[] {
  const named = recordFiles(release, episodeIds).map((file) => pinnedFile(metainfo, file))
  if (episodeIds !== null) return named
  const others = metainfo.files.filter(({ length, index }) => {
    return length > 0 && !named.some((file) => file.index === index)
  })
  return [...named, ...others]
}

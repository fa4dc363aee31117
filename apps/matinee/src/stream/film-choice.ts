import type { FileRange, Metainfo, TorrentFile } from '@matinee/protocol'
import { UsageError } from '../command.ts'

const FILM_NAMES = /\.(?:mp4|m4v|webm|mkv|mov|ogv|avi|mpe?g|ts)$/iu

/**
 * The file to stream: the one with this number (from 1, as `matinee info` counts), or the first that
 * the magnet link picks, or the longest film, or the longest file. Throws {@link UsageError}.
 */
export function chooseFile(
  metainfo: Metainfo,
  number: number | undefined,
  picked: readonly FileRange[],
): TorrentFile {
  const { files } = metainfo
  if (number !== undefined) {
    const file = files[number - 1]
    if (!file) throw new UsageError(`--file ${number}: the torrent has files 1 to ${files.length}`)
    return file
  }
  const first = picked[0] === undefined ? undefined : files[picked[0].start]
  const films = files.filter((file) => FILM_NAMES.test(file.path.at(-1) ?? ''))
  const file = first ?? longest(films) ?? longest(files)
  if (!file) throw new UsageError('the torrent has no files')
  return file
}

function longest(files: readonly TorrentFile[]): TorrentFile | undefined {
  return files.toSorted((a, b) => b.length - a.length)[0]
}

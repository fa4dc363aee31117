import { countCharacters, hasHidden } from './clean-text.ts'

/** feed-format 3.10, in code points. */
const PATH_CHARACTERS = 1024

/**
 * A file's place in its torrent, names joined by `/`, in NFC; `null` when it isn't one (feed-format
 * 3.10). For comparing with the torrent's own names, never a path on a disk.
 */
export function parseTorrentPath(text: string): string | null {
  if (text.includes('\\') || hasHidden(text)) return null
  const path = text.normalize('NFC')
  if (countCharacters(path) > PATH_CHARACTERS) return null
  const names = path.split('/')
  return names.some((name) => name === '' || name === '.' || name === '..') ? null : path
}

/** Longer ones don't fit in every file system, with what stands behind them. */
const MOST_CHARACTERS = 100

/**
 * A text for people as the name of a file or a folder: what no system allows becomes a dash, dots and space at its ends
 * go. May be empty.
 */
export function fileNameOf(text: string): string {
  const name = text
    // oxlint-disable-next-line no-control-regex -- these are what file systems refuse
    .replaceAll(/[\u0000-\u001F\u007F<>:"/\\|?*]/gu, '-')
    .replace(/^[\s.]+/u, '')
  return Array.from(name)
    .slice(0, MOST_CHARACTERS)
    .join('')
    .replace(/[\s.]+$/u, '')
}

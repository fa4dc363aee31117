import type { RawPath } from './file-path.ts'

/**
 * The URL of a file at a web seed (BEP 19). A torrent of one file without a folder is the URL itself, or
 * lies below it when it ends in a slash; files of every other torrent lie below its name.
 *
 * @param path the torrent's name and the path below it; of a single file just its name
 */
export function webSeedUrl(webSeed: string, path: RawPath, isSingleFile: boolean): string {
  const base = webSeed.replace(/#[^]*$/u, '')
  if (isSingleFile && !base.endsWith('/')) return base
  return (base.endsWith('/') ? base : `${base}/`) + path.map(encodeElement).join('/')
}

/** Percent-encodes every byte that isn't unreserved (RFC 3986 2.3), whatever charset the name is in. */
function encodeElement(element: string): string {
  return element.replaceAll(
    /[^\w.~-]/gu,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

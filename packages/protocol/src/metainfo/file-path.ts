import { latin1Bytes, parseUtf8 } from '@matinee/base'
import { cleanName } from './display-text.ts'
import { MetainfoError } from './metainfo-error.ts'

/** A path as the torrent has it: one text per element, one character per byte (latin1). */
export type RawPath = readonly string[]

/**
 * Refuses an element that is a way out of a folder or none at all. Storage never uses names, so this
 * keeps a hostile torrent out of sight rather than a file in its place; everything else that is odd
 * (reserved names, dots at the end, options, streams, directions) is only display text.
 * Throws {@link MetainfoError} `path`.
 */
export function checkPathElement(element: string): void {
  if (element === '' || element === '.' || element === '..')
    throw new MetainfoError('path', `path element "${element}"`)
  if (/[/\\\0]/u.test(element)) throw new MetainfoError('path', 'a path element with a separator')
}

/** Checks every element. Throws {@link MetainfoError} `path`. */
export function checkPath(path: RawPath): void {
  if (path.length === 0) throw new MetainfoError('path', 'an empty path')
  for (const element of path) checkPathElement(element)
}

/** A path as it may be shown. */
export function cleanPath(path: RawPath): readonly string[] {
  // Most are clean as they are, and a torrent may have 100 000.
  return path.every((element) => cleanName(element) === element) ? path : path.map(cleanName)
}

/**
 * Refuses two files that some file system would put in one place: the same path, a file where another
 * has a folder, or paths that differ only in case or in composed letters. Sorts once; with a separator
 * below every character, what a path contains stands right behind it.
 * Throws {@link MetainfoError} `duplicate-path`.
 */
export function refuseTwins(paths: readonly RawPath[]): void {
  const folded = paths.map((path) => path.map(foldElement).join(SEPARATOR)).sort()
  for (let i = 1; i < folded.length; i++) {
    const before = folded[i - 1] ?? ''
    const path = folded[i] ?? ''
    if (path === before || path.startsWith(before + SEPARATOR))
      throw new MetainfoError('duplicate-path', 'two files in one place')
  }
}

// No element contains it: checkPathElement refuses it.
const SEPARATOR = '\0'

/** One text for all names that a file system may take for the same. */
function foldElement(element: string): string {
  if (/^[ -~]*$/u.test(element)) return element.toLowerCase()
  const text = parseUtf8(latin1Bytes(element))
  // Names in other encodings are compared as bytes: decoding would make different ones equal.
  if (text === null) return `\uFFFF${element}`
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

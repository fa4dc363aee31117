import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { ReadableFiles } from '../feed/bundled-feed.ts'
import { MANIFEST_LIMITS } from '../limits.ts'

/** The files of a feed's folder by name, each read when it's asked for; one that no feed may have isn't there. */
export function folderFiles(folder: string): ReadableFiles {
  const names = new Set<string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      names.add(relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  return {
    keys: () => names.keys(),
    get(name) {
      if (!names.has(name)) return undefined
      const path = join(folder, name)
      // The manifest is the largest that there may be.
      return statSync(path).size > MANIFEST_LIMITS.bytes
        ? undefined
        : new Uint8Array(readFileSync(path))
    },
  }
}

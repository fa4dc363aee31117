import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The page that a phone gets: its own, built beside the application's. */
export interface PhonePage {
  readonly shell: PhoneFile
  /** By name, what the shell names, and nothing else of the build. */
  readonly assets: ReadonlyMap<string, PhoneFile>
}

/** The page itself, its script or its style sheet. */
export interface PhoneFile {
  /** Packed with gzip, which every browser of a phone reads. */
  readonly packed: Uint8Array<ArrayBuffer>
  readonly type: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Reads `phone.html` and what it names out of the built pages. Throws what the file system throws. */
export async function readPhonePage(pagesFolder: string): Promise<PhonePage> {
  const shell = await readFile(join(pagesFolder, 'phone.html'))
  const assets = new Map<string, PhoneFile>()
  for (const [, name = ''] of shell.toString('utf8').matchAll(/"\/assets\/([\w.-]+)"/gu)) {
    const type = TYPES[extname(name)]
    if (type === undefined) continue
    assets.set(name, phoneFile(await readFile(join(pagesFolder, 'assets', name)), type))
  }
  return { shell: phoneFile(shell, 'text/html; charset=utf-8'), assets }
}

/** A file of the page. */
export function phoneFile(bytes: Uint8Array, type: string): PhoneFile {
  return { packed: new Uint8Array(gzipSync(bytes)), type }
}

/**
 * The folder of a site. What lies in it is named by a list of ours, and nothing else there is ever touched. A file is whole at
 * every moment, the old one or the new one; what is named by a page is there before the page, and goes after it:
 *
 *     .matinee-site.json   which files are ours; before the first is written it names old and new ones
 */
import { createHash } from 'node:crypto'
import { lstat, mkdir, open, readFile, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isJsonObject, parseSha256, type JsonValue, type Sha256Text } from '@matinee/catalogue'
import { SiteError } from './site-error.ts'
import type { SiteFiles } from './site-files.ts'

/** What writing came to. */
export interface WrittenSite {
  readonly written: number
  readonly kept: number
  readonly removed: number
}

const LIST = '.matinee-site.json'
const LIST_BYTES = 64 * 1024 * 1024
/** A path of ours: no folder above, none that is hidden, nothing that another system reads otherwise. */
const OURS = /^(?:[A-Za-z0-9_][A-Za-z0-9_.=-]*\/)*[A-Za-z0-9_][A-Za-z0-9_.=-]*$/u
/** What may lie in a folder that is empty otherwise. */
const OF_THE_DISK: ReadonlySet<string> = new Set(['lost+found'])

interface SiteList {
  readonly fingerprint: Sha256Text
  /** SHA-256 by path. */
  readonly files: ReadonlyMap<string, string>
}

/** A site's folder, or one that may become it. */
export class SiteFolder {
  readonly #path: string
  readonly #fingerprint: Sha256Text
  readonly #before: ReadonlyMap<string, string>

  private constructor(path: string, fingerprint: Sha256Text, before: ReadonlyMap<string, string>) {
    this.#path = path
    this.#fingerprint = fingerprint
    this.#before = before
  }

  /**
   * Opens a new folder, an empty one, or that of this feed's site. Throws {@link SiteError} for any other, and what the file
   * system throws.
   *
   * @param path absolute
   */
  static async open(path: string, fingerprint: Sha256Text): Promise<SiteFolder> {
    const facts = await lstat(path).catch(() => null)
    if (facts !== null && !facts.isDirectory())
      throw new SiteError('other-folder', `${path} is no folder`)
    const names = facts === null ? [] : await readdir(path)
    if (!names.includes(LIST)) {
      if (names.some((name) => !OF_THE_DISK.has(name)))
        throw new SiteError(
          'other-folder',
          `${path} isn't empty, and no site of ours: name a new folder with --out`,
        )
      return new SiteFolder(path, fingerprint, new Map())
    }
    const list = await readList(join(path, LIST))
    if (list.fingerprint !== fingerprint)
      throw new SiteError(
        'other-feed',
        `${path} holds the site of another feed (${list.fingerprint.slice(0, 16)} …): name another folder with --out`,
      )
    return new SiteFolder(path, fingerprint, list.files)
  }

  /** Makes the folder hold these files and no others of ours. Throws {@link SiteError} and what the file system throws. */
  async write(files: SiteFiles): Promise<WrittenSite> {
    const hashes = new Map([...files].map(([path, bytes]) => [path, hashOf(bytes)]))
    const changed: string[] = []
    for (const [path, hash] of hashes) {
      const facts = await this.#lookAt(path)
      const isOurs = this.#before.has(path)
      if (facts === 'other' || (facts === 'file' && !isOurs))
        throw new SiteError('in-the-way', `${join(this.#path, path)} is in the way, and not ours`)
      // What somebody changed by hand is ours, and written anew.
      const isSame =
        facts === 'file' && hashOf(new Uint8Array(await readFile(join(this.#path, path)))) === hash
      if (!isSame) changed.push(path)
    }
    const gone = [...this.#before.keys()].filter((path) => !hashes.has(path))
    await mkdir(this.#path, { recursive: true, mode: 0o755 })
    if (changed.length + gone.length > 0) {
      // NOTE: before the first file, so that a run that is cut short leaves nothing that nobody knows of.
      await this.#writeList(new Map([...this.#before, ...hashes]))
      for (const path of changed) await this.#put(path, files.get(path) ?? new Uint8Array())
      for (const path of gone) await this.#remove(path)
    }
    await this.#writeList(hashes)
    return { written: changed.length, kept: files.size - changed.length, removed: gone.length }
  }

  /** What is there: through links we neither write nor remove. */
  async #lookAt(path: string): Promise<'nothing' | 'file' | 'other'> {
    const parts = path.split('/')
    for (let depth = 1; depth <= parts.length; depth++) {
      const facts = await lstat(join(this.#path, ...parts.slice(0, depth))).catch(() => null)
      if (facts === null) return 'nothing'
      const isRight = depth === parts.length ? facts.isFile() : facts.isDirectory()
      if (!isRight) return 'other'
    }
    return 'file'
  }

  async #put(path: string, bytes: Uint8Array): Promise<void> {
    const place = join(this.#path, path)
    await mkdir(dirname(place), { recursive: true, mode: 0o755 })
    await writeBeside(place, bytes)
  }

  async #remove(path: string): Promise<void> {
    if ((await this.#lookAt(path)) !== 'file') return
    await rm(join(this.#path, path))
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const isGone = await rmdir(join(this.#path, folder)).then(
        () => true,
        () => false,
      )
      // Something else is in it.
      if (!isGone) return
    }
  }

  async #writeList(files: ReadonlyMap<string, string>): Promise<void> {
    const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
    const list = {
      type: 'matinee-site',
      version: 1,
      fingerprint: this.#fingerprint,
      files: Object.fromEntries(sorted),
    }
    const bytes = new TextEncoder().encode(`${JSON.stringify(list, null, 1)}\n`)
    const place = join(this.#path, LIST)
    const before = await readFile(place).catch(() => null)
    if (before === null || !before.equals(bytes)) await writeBeside(place, bytes)
  }
}

async function readList(path: string): Promise<SiteList> {
  const { size } = await lstat(path)
  const list = size > LIST_BYTES ? null : parseList(await readFile(path, 'utf8'))
  if (list === null)
    throw new SiteError('list', `${path} can't be read: remove the folder, and make the site anew`)
  return list
}

function parseList(text: string): SiteList | null {
  let list: JsonValue
  try {
    list = JSON.parse(text) as JsonValue
  } catch {
    return null
  }
  if (!isJsonObject(list) || list['type'] !== 'matinee-site' || list['version'] !== 1) return null
  const { files } = list
  const fingerprint = parseSha256(
    typeof list['fingerprint'] === 'string' ? list['fingerprint'] : '',
  )
  if (fingerprint === null || files === undefined || !isJsonObject(files)) return null
  const entries = Object.entries(files).map(([path, hash]): [string, string] => [
    path,
    typeof hash === 'string' ? hash : '',
  ])
  const isOurs = entries.every(([path, hash]) => OURS.test(path) && parseSha256(hash) !== null)
  return isOurs ? { fingerprint, files: new Map(entries) } : null
}

/** Whole or not at all: beside its place first, then in it. */
async function writeBeside(place: string, bytes: Uint8Array): Promise<void> {
  const name = place.slice(dirname(place).length + 1)
  const draft = join(dirname(place), `.${name}.new`)
  await rm(draft, { force: true })
  const file = await open(draft, 'wx', 0o644)
  try {
    // Not synced: what a power cut takes away, the next run finds missing and writes again.
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
  await rename(draft, place)
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

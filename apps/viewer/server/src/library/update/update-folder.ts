/** The folder in which archives of newer versions lie: named by us, for their owner alone, and nothing of them is ever run. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, type Log } from '@matinee/base'
import * as z from 'zod/mini'
import {
  openPrivateFolder,
  readPrivateFile,
  writePrivateFile,
} from '../../session/private-folder.ts'

/** An archive that a verified feed names. */
export interface NamedArchive {
  /** Three numbers. */
  readonly version: string
  /** v2, 64 hexadecimal digits. */
  readonly infoHash: string
  readonly length: number
  /** 64 hexadecimal digits. */
  readonly sha256: string
}

/** Whether two feeds' words are of the same bytes under the same name. */
export function isSameArchive(a: NamedArchive, b: NamedArchive): boolean {
  return (
    a.version === b.version &&
    a.infoHash === b.infoHash &&
    a.length === b.length &&
    a.sha256 === b.sha256
  )
}

const hashText = z.string().check(z.regex(/^[0-9a-f]{64}$/u))
/** What this folder makes; whatever else somebody puts here is theirs. */
const OWN_FILE = /^(?:matinee-\d{1,6}\.\d{1,6}\.\d{1,6}\.tar|unproved\.part)$/u

const wishSchema = z.object({
  version: z.literal(1),
  archive: z.object({
    version: z.string().check(z.maxLength(40)),
    infoHash: hashText,
    length: z.number().check(z.int(), z.gte(1)),
    sha256: hashText,
  }),
  isPaused: z.boolean(),
  hereBytes: z.number().check(z.int(), z.gte(0)),
})

/** What somebody asked to be fetched; it outlives a restart. */
export type UpdateWish = Omit<z.output<typeof wishSchema>, 'version'>

const WISH = 'wish.json'

/** Archives of newer versions, and what is wished for. Methods throw what the file system throws, unless they say otherwise. */
export class UpdateFolder {
  readonly #folder: string
  readonly #log: Log

  /** @param dataFolder absolute */
  constructor(dataFolder: string, log: Log) {
    this.#folder = join(dataFolder, 'updates')
    this.#log = log
  }

  /** Where an archive lies when it's here. Of the torrent that brings it, nothing gets into the name. */
  pathOf({ version }: NamedArchive): string {
    return join(this.#folder, `matinee-${version}.tar`)
  }

  /** Null = nothing is wished for. What can't be read wishes for nothing. */
  async wish(): Promise<UpdateWish | null> {
    try {
      const text = await readPrivateFile(join(this.#folder, WISH))
      return text === null ? null : wishSchema.parse(JSON.parse(text))
    } catch (error) {
      this.#log.info('a wish for a newer version was not read', { reason: messageOf(error) })
      return null
    }
  }

  async putWish(wish: UpdateWish): Promise<void> {
    await openPrivateFolder(this.#folder)
    const text = `${JSON.stringify({ version: 1, ...wish })}\n`
    await writePrivateFile(join(this.#folder, WISH), text)
  }

  async dropWish(): Promise<void> {
    await rm(join(this.#folder, WISH), { force: true })
  }

  /**
   * Writes an archive under a name that says nothing, and under its own only when all of its bytes are those that the feed
   * names. Returns whether they are; otherwise nothing of it is left. Throws the signal's reason, and what `chunks` throws.
   */
  async take(
    archive: NamedArchive,
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<boolean> {
    await openPrivateFolder(this.#folder)
    const unproved = join(this.#folder, 'unproved.part')
    try {
      await rm(unproved, { force: true })
      const found = createHash('sha256')
      let length = 0
      const file = await open(unproved, 'wx', 0o600)
      try {
        for await (const bytes of chunks) {
          signal.throwIfAborted()
          length += bytes.length
          if (length > archive.length) return false
          found.update(bytes)
          await file.writeFile(bytes)
        }
        await file.sync()
      } finally {
        await file.close()
      }
      if (length !== archive.length || found.digest('hex') !== archive.sha256) return false
      signal.throwIfAborted()
      await rename(unproved, this.pathOf(archive))
      return true
    } finally {
      await rm(unproved, { force: true })
    }
  }

  /** Whether an archive is here as the feed names it. One that isn't any more is deleted. */
  async has(archive: NamedArchive): Promise<boolean> {
    const path = this.pathOf(archive)
    const facts = await stat(path).catch(() => null)
    if (facts === null) return false
    const isWhole = facts.isFile() && facts.size === archive.length
    if (isWhole && (await digestOf(path)) === archive.sha256) {
      if (process.platform !== 'win32') await chmod(path, 0o600)
      return true
    }
    await this.remove(archive)
    return false
  }

  async remove(archive: NamedArchive): Promise<void> {
    await rm(this.pathOf(archive), { force: true })
  }

  /** Deletes all archives but this one, and what never became one; null = all of them. */
  async keepOnly(archive: NamedArchive | null): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name)
      const isKept = archive !== null && path === this.pathOf(archive)
      if (OWN_FILE.test(name) && !isKept) await rm(path, { force: true })
    }
  }
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const bytes of createReadStream(path)) digest.update(bytes)
  return digest.digest('hex')
}

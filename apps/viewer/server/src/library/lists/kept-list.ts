import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import type { Signatures } from '@matinee/base'
import {
  LIST_FILE_BYTES,
  readFollowedList,
  type FollowedList,
  type Sha256Text,
} from '@matinee/catalogue'
import * as z from 'zod/mini'
import {
  makePrivateFolder,
  readPrivateFile,
  writePrivateFile,
} from '../../session/private-folder.ts'

const keptSchema = z.object({
  version: z.literal(1),
  confirmedMs: z.nullable(z.number()),
  // The file as it came: it's verified again whenever it's read.
  file: z.string().check(z.maxLength(LIST_FILE_BYTES)),
})

/** What is kept of a list. */
export interface KeptList {
  readonly list: FollowedList
  readonly bytes: Uint8Array
  /** Since 1970, when a source last had it; null = it came in a file. */
  readonly confirmedMs: number | null
}

/** Where the newest file of a followed list is kept, so that its serial doesn't go back when Matinee starts again. */
export class ListKeeping {
  readonly #path: string
  readonly #folder: string

  /** @param address the list's own, one path segment */
  constructor(dataFolder: string, address: string) {
    this.#folder = join(dataFolder, 'lists')
    this.#path = join(this.#folder, `${address}.json`)
  }

  /** Null = nothing is kept, or it's not what this key signed. */
  async read(key: Sha256Text, crypto: Signatures): Promise<KeptList | null> {
    const text = await readPrivateFile(this.#path)
    const kept = text === null ? null : parseKept(text)
    if (kept === null) return null
    const bytes = new TextEncoder().encode(kept.file)
    const read = readFollowedList(bytes, key, null, crypto)
    return read.kind === 'list' ? { list: read.list, bytes, confirmedMs: kept.confirmedMs } : null
  }

  /** On the disk when it returns. Throws what the file system throws. */
  async write({ bytes, confirmedMs }: Omit<KeptList, 'list'>): Promise<void> {
    await makePrivateFolder(this.#folder)
    const file = new TextDecoder().decode(bytes)
    await writePrivateFile(this.#path, `${JSON.stringify({ version: 1, confirmedMs, file })}\n`)
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true })
  }
}

function parseKept(text: string): z.output<typeof keptSchema> | null {
  try {
    return keptSchema.parse(JSON.parse(text))
  } catch {
    // Not ours, or damaged: the list comes anew from its sources.
    return null
  }
}

/** The file of a curator's list: one envelope, which readers follow by its key (feed-format 12.9). */
import { resolve } from 'node:path'
import { toHex } from '@matinee/base'
import {
  CatalogueError,
  type FollowedList,
  type JsonObject,
  LIST_FILE_BYTES,
  type Sha256Text,
  parseListDraft,
  readOfferedList,
  signList,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { systemDisk } from '@matinee/engine/system'
import { UsageError } from '../command.ts'
import { readCapped, writeDurably } from '../publisher/durable-file.ts'
import { KeyRing } from '../publisher/key-ring.ts'
import { openPassphrases } from '../publisher/passphrase.ts'
import { PublisherError } from '../publisher/publisher-error.ts'

/** A list that was read, and the key by which it's followed. */
export interface ReadPlaylist {
  readonly list: FollowedList
  readonly key: Sha256Text
  readonly bytes: Uint8Array
}

/** Whose key signs a list. */
export interface PlaylistKey {
  /** Its file. */
  readonly key?: string | undefined
  readonly 'passphrase-fd'?: string | undefined
}

/** Reads a list's file as anybody would. Throws {@link UsageError} when there is none, {@link PublisherError} `refused` when it's none. */
export async function readPlaylist(file: string): Promise<ReadPlaylist> {
  const path = resolve(file)
  const disk = systemDisk()
  const bytes = await readCapped(disk, path, LIST_FILE_BYTES)
  if (bytes === null) throw new UsageError(`there is no list ${path}`)
  const read = readOfferedList(bytes, systemFeedCrypto())
  if (read.kind === 'newer') throw new PublisherError('refused', `${path} needs a newer Matinee`)
  if (read.kind === 'refused')
    throw new PublisherError('refused', `${path} is no list that readers take: ${read.refusal.why}`)
  return { list: read.list, key: read.key, bytes }
}

/**
 * Signs a list and puts it in its file's place, whole or not at all. No passphrase is asked before it's known that readers
 * would take the list.
 *
 * @param before the list whose place it takes, which keeps its key; `null` = it's a new one
 *
 * Throws {@link PublisherError}, and {@link UsageError}.
 */
export async function writePlaylist(
  file: string,
  draft: JsonObject,
  before: ReadPlaylist | null,
  signer: PlaylistKey,
): Promise<ReadPlaylist> {
  const path = resolve(file)
  const disk = systemDisk()
  if (signer.key === undefined)
    throw new UsageError(
      '--key FILE is missing: "matinee feed key --new NAME --out FILE" makes one',
    )
  if (before === null && (await disk.facts(path)) !== null)
    throw new UsageError(`${path} is there already: name another file`)
  const list = readable(draft)
  const ring = await KeyRing.ofFiles(disk, [signer.key], openPassphrases(signer['passphrase-fd']))
  const [key] = ring.keys
  if (key === undefined) throw new UsageError(`there is no key ${signer.key}`)
  if (before !== null && toHex(key.publicKey) !== before.key)
    throw new PublisherError(
      'refused',
      `${path} is signed by the key ${before.key}: by another one it would be another list to whoever follows it`,
    )
  await writeDurably(disk, path, signList(list, [await ring.open(key)]))
  return await readPlaylist(path)
}

function readable(draft: JsonObject): FollowedList {
  try {
    return parseListDraft(draft)
  } catch (error) {
    if (!(error instanceof CatalogueError)) throw error
    const [first] = error.problems
    const what = first === undefined ? error.message : `${first.at} ${first.why}`
    throw new UsageError(`readers would refuse this list: ${what}`, { cause: error })
  }
}

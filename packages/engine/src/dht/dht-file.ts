import { messageOf, type Disk, type Log } from '@matinee/base'
import {
  BencodeDictionary,
  BencodeError,
  NODE_ID_BYTES,
  decodeBencode,
  decodeCompactNodes,
  encodeBencode,
  encodeCompactNodes,
  type AddressFamily,
  type DhtContact,
} from '@matinee/protocol'
import { pathIn, readWholeFile, writeWholeFile } from '../store/whole-file.ts'

/** What is kept of one family over a restart. */
export interface RememberedDht {
  /** 20 bytes; `null` = there was none. */
  readonly ownId: Uint8Array | null
  /** Who answered, the last first. */
  readonly contacts: readonly DhtContact[]
}

const NAME = 'dht'
/** Nodes kept of a family; two hundred of IPv6 are 7.6 kB. */
const MOST_CONTACTS = 200
const MOST_BYTES = 64 * 1024
const KEYS = {
  ipv4: { id: 'id', nodes: 'nodes' },
  ipv6: { id: 'id6', nodes: 'nodes6' },
} as const satisfies Record<AddressFamily, unknown>

/** The bytes of the file: a bencoded dictionary of ids and compact nodes. */
export function encodeDhtFile(families: ReadonlyMap<AddressFamily, RememberedDht>): Uint8Array {
  const entries: [string, Uint8Array][] = []
  for (const [family, { ownId, contacts }] of families) {
    if (ownId) entries.push([KEYS[family].id, ownId])
    entries.push([KEYS[family].nodes, encodeCompactNodes(contacts.slice(0, MOST_CONTACTS))])
  }
  return encodeBencode(BencodeDictionary.from(entries))
}

/** What {@link encodeDhtFile} wrote; whatever isn't that is as if nothing had been kept (threats.md A21). */
export function decodeDhtFile(bytes: Uint8Array, family: AddressFamily): RememberedDht {
  const nothing = { ownId: null, contacts: [] }
  try {
    const value = decodeBencode(bytes)
    if (!(value instanceof BencodeDictionary)) return nothing
    const id = value.bytes(KEYS[family].id)
    const run = value.bytes(KEYS[family].nodes) ?? new Uint8Array(0)
    return {
      ownId: id?.length === NODE_ID_BYTES ? id : null,
      contacts: decodeCompactNodes(run, family, MOST_CONTACTS) ?? [],
    }
  } catch (error) {
    if (error instanceof BencodeError) return nothing
    throw error
  }
}

/** Reads the file of an engine's folder. What can't be read is as if it weren't there. Never throws. */
export async function loadDhtFile(disk: Disk, folder: string, log: Log): Promise<Uint8Array> {
  try {
    return (await readWholeFile(disk, pathIn(folder, NAME), MOST_BYTES)) ?? new Uint8Array(0)
  } catch (error) {
    log.warn('dht nodes not read', { reason: messageOf(error) })
    return new Uint8Array(0)
  }
}

/** Keeps the file. A disk that refuses costs a longer start next time. Never throws. */
export async function saveDhtFile(
  disk: Disk,
  folder: string,
  bytes: Uint8Array,
  log: Log,
): Promise<void> {
  try {
    await disk.makeFolder(folder)
    await writeWholeFile(disk, folder, NAME, bytes)
  } catch (error) {
    log.warn('dht nodes not kept', { reason: messageOf(error) })
  }
}

import { LIMITS } from '@matinee/base'
import type { Disk, Log } from '@matinee/base'
import {
  BencodeDictionary,
  NODE_ID_BYTES,
  decodeCompactNodes,
  encodeCompactNodes,
  type AddressFamily,
  type DhtContact,
} from '@matinee/protocol'
import { loadBencoded, saveBencoded, type BencodedPlace } from '../store/bencoded-file.ts'

/** What is kept of one family over a restart. */
export interface RememberedDht {
  /** 20 bytes; `null` = there was none. */
  readonly ownId: Uint8Array | null
  /** Who answered, the last first. */
  readonly contacts: readonly DhtContact[]
}

const KEYS = {
  ipv4: { id: 'id', nodes: 'nodes' },
  ipv6: { id: 'id6', nodes: 'nodes6' },
} as const satisfies Record<AddressFamily, unknown>

/** The DHT's part of an engine's folder: ids and compact nodes of both families. */
export class DhtFile {
  readonly #place: BencodedPlace

  constructor(parts: { readonly disk: Disk; readonly log: Log; readonly folder: string }) {
    const { disk, log, folder } = parts
    this.#place = { disk, log, folder, name: 'dht', mostBytes: LIMITS.dhtFileBytes }
  }

  /** What {@link save} kept; of a file that isn't whole, nothing. Never throws. */
  async load(): Promise<Record<AddressFamily, RememberedDht>> {
    const dictionary = await loadBencoded(this.#place)
    return { ipv4: decodeFamily(dictionary, 'ipv4'), ipv6: decodeFamily(dictionary, 'ipv6') }
  }

  /** A disk that refuses costs a longer start next time. Never throws. */
  async save(families: ReadonlyMap<AddressFamily, RememberedDht>): Promise<void> {
    const entries: [string, Uint8Array][] = []
    for (const [family, { ownId, contacts }] of families) {
      if (ownId) entries.push([KEYS[family].id, ownId])
      entries.push([KEYS[family].nodes, encodeCompactNodes(contacts.slice(0, LIMITS.dhtContacts))])
    }
    await saveBencoded(this.#place, BencodeDictionary.from(entries))
  }
}

function decodeFamily(dictionary: BencodeDictionary, family: AddressFamily): RememberedDht {
  const id = dictionary.bytes(KEYS[family].id)
  const run = dictionary.bytes(KEYS[family].nodes) ?? new Uint8Array(0)
  return {
    ownId: id?.length === NODE_ID_BYTES ? id : null,
    contacts: decodeCompactNodes(run, family, LIMITS.dhtContacts) ?? [],
  }
}

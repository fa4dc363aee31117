import { formatIp, LIMITS, parseIp, utf8Bytes } from '@matinee/base'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { encodeBencode } from '../bencode/bencode.ts'
import { remoteText } from '../remote-text.ts'
import { decodeExtensionDictionary } from './extension-message.ts'

/** The id of the extension handshake itself (BEP 10). */
export const EXTENSION_HANDSHAKE_ID = 0

/** Names of the extensions we speak, as they stand in `m`. */
export const EXTENSION_NAMES = {
  /** BEP 9. */
  metadata: 'ut_metadata',
  /** BEP 11. */
  peerExchange: 'ut_pex',
  /** BEP 54. */
  dontHave: 'lt_donthave',
} as const

/** What a peer says of itself after the handshake (BEP 10); `null` = it didn't say, or nothing usable. */
export interface ExtensionHandshake {
  /** Name of an extension to the id its messages must carry; 0 = switched off. At most 100, ids are bytes. */
  readonly messages: ReadonlyMap<string, number>
  /** `v`: name and version of the client, cleaned text. */
  readonly client: string | null
  /** `reqq`: requests it keeps waiting, at least 1. */
  readonly requestQueue: number | null
  /** `metadata_size` (BEP 9), 1 to `LIMITS.metainfoBytes`. */
  readonly metadataSize: number | null
  /** `p`: the port it listens on. */
  readonly port: number | null
  /** `yourip`: our address as it sees it, canonical text. Its word only. */
  readonly yourIp: string | null
  /** `upload_only` (BEP 21). */
  readonly uploadOnly: boolean
}

/** The payload of an `extended` message with id 0. */
export function encodeExtensionHandshake(handshake: ExtensionHandshake): Uint8Array {
  const { client, requestQueue, metadataSize, port, yourIp, uploadOnly } = handshake
  return encodeBencode(
    BencodeDictionary.from({
      m: BencodeDictionary.from(handshake.messages),
      v: client === null ? undefined : utf8Bytes(client),
      reqq: requestQueue ?? undefined,
      metadata_size: metadataSize ?? undefined,
      p: port ?? undefined,
      yourip: yourIp === null ? undefined : (parseIp(yourIp) ?? undefined),
      upload_only: uploadOnly ? 1 : undefined,
    }),
  )
}

/**
 * Reads the payload of an `extended` message with id 0. Entries of a wrong type or outside their range
 * count as not there: clients differ, and none of them is needed.
 * Throws {@link WireError} `bad-extension` when it isn't a bencoded dictionary.
 */
export function decodeExtensionHandshake(payload: Uint8Array): ExtensionHandshake {
  const dictionary = decodeExtensionDictionary(payload)
  const client = dictionary.bytes('v')
  const yourIp = dictionary.bytes('yourip')
  return {
    messages: messageIds(dictionary.dictionary('m')),
    client: client === undefined ? null : remoteText(client) || null,
    requestQueue: within(dictionary.integer('reqq'), Number.MAX_SAFE_INTEGER),
    metadataSize: within(dictionary.integer('metadata_size'), LIMITS.metainfoBytes),
    port: within(dictionary.integer('p'), 0xffff),
    yourIp: yourIp?.length === 4 || yourIp?.length === 16 ? formatIp(yourIp) : null,
    uploadOnly: (dictionary.integer('upload_only') ?? 0) !== 0,
  }
}

function messageIds(dictionary: BencodeDictionary | undefined): ReadonlyMap<string, number> {
  const ids = new Map<string, number>()
  for (const [name, id] of dictionary?.entries() ?? []) {
    if (ids.size === LIMITS.extensions) break
    if (typeof id !== 'number' || id < 0 || id > 0xff || name.length > LIMITS.extensionCharacters)
      continue
    ids.set(name, id)
  }
  return ids
}

function within(value: number | undefined, max: number): number | null {
  return value !== undefined && value >= 1 && value <= max ? value : null
}

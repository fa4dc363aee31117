import { LIMITS } from '@matinee/base'
import { BencodeError } from '../bencode/bencode-error.ts'
import { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { decodeBencodePrefix } from '../bencode/bencode.ts'
import { WireError } from './wire-error.ts'

// The largest honest one, an extension handshake, has about sixty values.

/** A dictionary, and a view of the bytes behind it in the payload. */
export interface ExtensionPayload {
  readonly dictionary: BencodeDictionary
  readonly rest: Uint8Array
}

/**
 * Reads the dictionary that extension messages begin with (BEP 9, 10, 11). Keys may be unsorted, as
 * some clients send them. Throws {@link WireError} `bad-extension`, with a BencodeError as its cause
 * when that was the reason.
 */
export function decodeExtensionPayload(payload: Uint8Array): ExtensionPayload {
  const { value, end } = decodePrefix(payload)
  if (!(value instanceof BencodeDictionary))
    throw new WireError('bad-extension', 'an extension message that is not a dictionary')
  return { dictionary: value, rest: payload.subarray(end) }
}

/** Refuses what stands behind a message that is nothing but a dictionary. Throws {@link WireError} `bad-extension`. */
export function decodeExtensionDictionary(payload: Uint8Array): BencodeDictionary {
  const { dictionary, rest } = decodeExtensionPayload(payload)
  if (rest.length > 0)
    throw new WireError('bad-extension', `${rest.length} bytes behind an extension message`)
  return dictionary
}

function decodePrefix(payload: Uint8Array): ReturnType<typeof decodeBencodePrefix> {
  try {
    return decodeBencodePrefix(payload, { canonical: false, maxTokens: LIMITS.extensionTokens })
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error
    throw new WireError('bad-extension', 'an extension message that is not bencoded', {
      cause: error,
    })
  }
}

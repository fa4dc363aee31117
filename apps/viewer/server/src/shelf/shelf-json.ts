import { MIB, utf8Bytes } from '@matinee/base'

/** Most bytes of a shelf, however it comes: one of 200 000 films. */
export const SHELF_BYTES = 64 * MIB

/**
 * A value as JSON (UTF-8). Such bytes are all that the shelf's worker and the main thread hand each other of a shelf: a big
 * one is written and read where no film waits for it.
 */
export function encodeShelfJson(value: object): Uint8Array<ArrayBuffer> {
  return utf8Bytes(JSON.stringify(value))
}

/** What somebody's JSON (UTF-8) says, not checked yet; undefined = it's none, or longer than a shelf, and none of it was read. */
export function decodeShelfJson(bytes: Uint8Array): unknown {
  if (bytes.length > SHELF_BYTES) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

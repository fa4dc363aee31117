import type { BlockFields, HashFields } from './wire-message.ts'

/** A 32-bit number, highest byte first. Bytes that aren't there count as 0. */
export function uint32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) |
      ((bytes[at + 1] ?? 0) << 16) |
      ((bytes[at + 2] ?? 0) << 8) |
      (bytes[at + 3] ?? 0)) >>>
    0
  )
}

/** The three numbers behind the id of the message whose head stands at `at`. */
export function blockFields(head: Uint8Array, at: number): BlockFields {
  return {
    piece: uint32(head, at + 5),
    begin: uint32(head, at + 9),
    length: uint32(head, at + 13),
  }
}

/** The root, a copy, and the four numbers behind the id of the message whose head stands at `at`. */
export function hashFields(head: Uint8Array, at: number): HashFields {
  return {
    piecesRoot: head.slice(at + 5, at + 37),
    baseLayer: uint32(head, at + 37),
    index: uint32(head, at + 41),
    length: uint32(head, at + 45),
    proofLayers: uint32(head, at + 49),
  }
}

import { concatBytes, utf8Bytes } from '@matinee/base'
import { u32 } from './made-mp4.ts'

/** An EBML element whose length takes four bytes; a last number in its parts is a length that lies. */
export function element(id: number, ...parts: readonly (Uint8Array | number)[]): Uint8Array {
  const body = concatBytes(parts.filter((part) => typeof part !== 'number'))
  const lie = parts.find((part) => typeof part === 'number')
  return concatBytes([idBytes(id), u32(((lie ?? body.length) | 0x10000000) >>> 0), body])
}

/** A Matroska file of one segment with these elements. */
export function matroska(...elements: readonly Uint8Array[]): Uint8Array {
  const head = element(0x1a45dfa3, element(0x4282, utf8Bytes('matroska')))
  return concatBytes([head, element(0x18538067, ...elements)])
}

function idBytes(id: number): Uint8Array {
  const bytes = u32(id)
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0))
}

import { latin1 } from '@matinee/base'
import { FieldReader } from './field-reader.ts'
import { Refusal } from './refusal.ts'

/** The start of an EBML element (RFC 8794 4). `bodyBytes` is `null` for one of unknown length. */
export interface EbmlHeader {
  readonly id: number
  readonly headerBytes: number
  readonly bodyBytes: number | null
}

/** An element within bytes at hand; its body is a view. */
export interface EbmlElement {
  readonly id: number
  readonly body: Uint8Array
}

/** Decodes ID and length; anything that isn't an element throws {@link Refusal}. */
export function decodeEbmlHeader(bytes: Uint8Array): EbmlHeader {
  const fields = new FieldReader(bytes)
  const id = variableNumber(fields, 4, true)
  const bodyBytes = variableNumber(fields, 8, false)
  if (id === null) throw new Refusal('broken', 'an element without an id')
  return { id, headerBytes: fields.at, bodyBytes }
}

/** Elements one after another; one that ends behind its parent throws {@link Refusal}. */
export function* elementsIn(bytes: Uint8Array): Generator<EbmlElement> {
  for (let at = 0; at < bytes.length;) {
    const { id, headerBytes, bodyBytes } = decodeEbmlHeader(bytes.subarray(at))
    const start = at + headerBytes
    if (bodyBytes === null || bodyBytes > bytes.length - start)
      throw new Refusal('broken', `element ${id.toString(16)} is cut off`)
    yield { id, body: bytes.subarray(start, start + bodyBytes) }
    at = start + bodyBytes
  }
}

/** The bodies of all children with one ID, one after another. */
export function* bodiesOf(bytes: Uint8Array, id: number): Generator<Uint8Array> {
  for (const element of elementsIn(bytes)) if (element.id === id) yield element.body
}

/** The body of the first child with an ID. */
export function firstBody(bytes: Uint8Array, id: number): Uint8Array | undefined {
  for (const body of bodiesOf(bytes, id)) return body
  return undefined
}

/** A number of up to 8 bytes; more than a number holds exactly throws {@link Refusal}. */
export function ebmlNumber(body: Uint8Array | undefined): number {
  let value = 0
  for (const byte of body ?? []) value = value * 256 + byte
  if (!Number.isSafeInteger(value)) throw new Refusal('broken', 'a number too large')
  return value
}

/** Text of ASCII, without the zeros that may fill it up; at most 100 characters. */
export function ebmlText(body: Uint8Array | undefined): string {
  return latin1((body ?? new Uint8Array(0)).subarray(0, 100)).replace(/\0[^]*$/u, '')
}

/** Text of UTF-8, without the zeros that may fill it up; at most 100 characters. */
export function ebmlWords(body: Uint8Array | undefined): string {
  const text = new TextDecoder().decode((body ?? new Uint8Array(0)).subarray(0, 400))
  return text
    .replace(/\0[^]*$/u, '')
    .trim()
    .slice(0, 100)
}

/**
 * A number whose first byte tells how many bytes it has. All bits set = unknown (`null`), as lengths may
 * be. IDs keep the bits that tell.
 */
function variableNumber(fields: FieldReader, maxBytes: number, isId: boolean): number | null {
  const first = fields.uint8()
  const length = Math.clz32(first) - 23
  if (length > maxBytes) throw new Refusal('broken', `a number of ${length} bytes`)
  const mask = 0xff >> length
  let value = isId ? first : first & mask
  let isUnknown = (first & mask) === mask
  for (let count = 1; count < length; count++) {
    const byte = fields.uint8()
    if (byte !== 0xff) isUnknown = false
    value = value * 256 + byte
  }
  if (isUnknown) return null
  if (!Number.isSafeInteger(value)) throw new Refusal('broken', 'a number too large')
  return value
}

import { concatBytes, utf8Bytes } from '@matinee/base'

/** A number of four bytes in network order. */
export function u32(value: number): Uint8Array {
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

/** A box of ISO 14496-12 with a right length. */
export function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(parts)
  return concatBytes([u32(body.length + 8), utf8Bytes(type), body])
}

/** A box with version 0 and no flags. */
export function full(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return box(type, u32(0), ...parts)
}

/** The sample tables of the one track that {@link mp4} makes; each has a harmless default. */
export interface Mp4Tables {
  readonly stsz?: Uint8Array
  readonly stts?: Uint8Array
  readonly stsc?: Uint8Array
  readonly stco?: Uint8Array
}

/** A whole file of one video track of a thousand ticks a second, without its film. */
export function mp4(tables: Mp4Tables): Uint8Array {
  const stbl = box(
    'stbl',
    full('stsd', u32(1), box('avc1', new Uint8Array(78))),
    tables.stsz ?? full('stsz', u32(1), u32(1)),
    tables.stts ?? full('stts', u32(1), u32(1), u32(1000)),
    tables.stsc ?? full('stsc', u32(1), u32(1), u32(1), u32(1)),
    tables.stco ?? full('stco', u32(1), u32(0)),
  )
  const times = [u32(0), u32(0)]
  const mdia = box(
    'mdia',
    full('mdhd', ...times, u32(1000), u32(5000), u32(0)),
    full('hdlr', u32(0), utf8Bytes('vide'), new Uint8Array(12)),
    box('minf', stbl),
  )
  const trak = box('trak', full('tkhd', ...times, u32(1), new Uint8Array(72)), mdia)
  const mvhd = full('mvhd', ...times, u32(1000), u32(5000), new Uint8Array(80))
  return concatBytes([box('ftyp', utf8Bytes('isom')), box('moov', mvhd, trak)])
}

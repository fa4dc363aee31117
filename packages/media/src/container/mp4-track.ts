import type { ContainerTrack } from './container-index.ts'
import { aacName, av1Name, avcName, hevcName, vp9Name } from './codec-names.ts'
import { FieldReader } from './field-reader.ts'
import { boxesIn, findBox, fullBox } from './mp4-box.ts'
import { Refusal } from './refusal.ts'

/** A `trak` box, as far as it is read. */
export interface Mp4Track extends ContainerTrack {
  readonly id: number
  /** Ticks in a second; at least 1. */
  readonly timescale: number
  /** The box of its sample tables. */
  readonly stbl: Uint8Array
}

const KINDS: Readonly<Record<string, ContainerTrack['kind']>> = {
  vide: 'video',
  soun: 'audio',
  subt: 'subtitle',
  text: 'subtitle',
  sbtl: 'subtitle',
}

/** Reads a `trak` box; one without what every track has throws {@link Refusal}. */
export function decodeTrack(trak: Uint8Array): Mp4Track {
  const [tkhd, mdhd, hdlr] = [['tkhd'], ['mdia', 'mdhd'], ['mdia', 'hdlr']].map((path) =>
    findBox(trak, ...path),
  )
  const stbl = findBox(trak, 'mdia', 'minf', 'stbl')
  if (!tkhd || !mdhd || !hdlr || !stbl) throw new Refusal('broken', 'a track without its header')
  const head = fullBox(tkhd)
  head.fields.skip(head.version === 1 ? 16 : 8)
  const id = head.fields.uint32()
  const media = fullBox(mdhd)
  media.fields.skip(media.version === 1 ? 16 : 8)
  const timescale = media.fields.uint32()
  if (timescale === 0) throw new Refusal('broken', 'a second of no ticks')
  media.fields.skip(media.version === 1 ? 8 : 4)
  const language = languageOf(media.fields.uint16())
  const handler = fullBox(hdlr).fields
  handler.skip(4)
  const kind = KINDS[handler.text(4)] ?? 'other'
  return { id, kind, codec: codecOf(stbl), language, title: '', timescale, stbl }
}

/** Three letters of five bits each (ISO 639-2/T). */
function languageOf(packed: number): string {
  const letters = [packed >> 10, packed >> 5, packed].map((bits) => (bits & 31) + 0x60)
  const text = String.fromCharCode(...letters)
  return /^[a-z]{3}$/u.test(text) ? text : 'und'
}

/** Where the setup boxes begin in a sample entry: behind the fields of pictures and of sound. */
const PICTURE_FIELDS = 78
const SOUND_FIELDS = 28

function codecOf(stbl: Uint8Array): string {
  const stsd = findBox(stbl, 'stsd')
  const [entry] = stsd ? boxesIn(stsd.subarray(8)) : []
  if (!entry) return ''
  const inPicture = (type: string): Uint8Array =>
    findBox(entry.body.subarray(PICTURE_FIELDS), type) ?? new Uint8Array(0)
  switch (entry.type) {
    case 'avc1':
    case 'avc3':
      return avcName(entry.type, inPicture('avcC'))
    case 'hvc1':
    case 'hev1':
      return hevcName(entry.type, inPicture('hvcC'))
    case 'av01':
      return av1Name(inPicture('av1C'))
    case 'vp09':
      return vp9Name(inPicture('vpcC').subarray(4))
    case 'mp4a':
      return soundName(findBox(entry.body.subarray(SOUND_FIELDS), 'esds'))
    case 'Opus':
      return 'opus'
    case 'fLaC':
      return 'flac'
    default:
      return entry.type.trim()
  }
}

/** Descriptors of ISO 14496-1 7.2.6: the object type, and for AAC its own configuration. */
function soundName(esds: Uint8Array | null): string {
  if (!esds) return 'mp4a'
  const fields = fullBox(esds).fields
  let objectType: number | null = null
  while (fields.left > 2) {
    const tag = fields.uint8()
    const length = descriptorLength(fields)
    if (tag === 3) {
      fields.skip(2)
      const flags = fields.uint8()
      fields.skip((flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0))
    } else if (tag === 4) {
      objectType = fields.uint8()
      fields.skip(12)
    } else if (tag === 5 && objectType === 0x40) return aacName(fields.take(length))
    else fields.skip(length)
  }
  if (objectType === 0x6b || objectType === 0x69) return 'mp3'
  return objectType === null ? 'mp4a' : `mp4a.${objectType.toString(16)}`
}

function descriptorLength(fields: FieldReader): number {
  let length = 0
  for (let count = 0; count < 4; count++) {
    const byte = fields.uint8()
    length = (length << 7) | (byte & 0x7f)
    if (byte < 0x80) break
  }
  return length
}

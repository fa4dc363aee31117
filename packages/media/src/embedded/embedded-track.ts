import { bodiesOf, ebmlNumber, ebmlText, ebmlWords, firstBody } from '../container/ebml.ts'
import { MATROSKA_ID } from '../container/matroska-segment.ts'
import { LIMITS } from '@matinee/base'

/** How the cues of a track are packed: not at all, by zlib, or without bytes that they all begin with. */
export type BlockPacking =
  | { readonly kind: 'none' }
  | { readonly kind: 'zlib' }
  | { readonly kind: 'stripped'; readonly head: Uint8Array }

/** A subtitle track of text inside a film. */
export interface EmbeddedTrack {
  /** By which its blocks are known. */
  readonly number: number
  readonly format: 'srt' | 'ass' | 'webvtt'
  /** BCP 47 or ISO 639-2 as the container says it; `und` when it doesn't. */
  readonly language: string
  /** What its maker called it; empty when it has no name. */
  readonly title: string
  readonly isForced: boolean
  readonly packing: BlockPacking
  /** Styles of an ASS track, at most `LIMITS.embeddedHeaderBytes`; else empty. */
  readonly header: Uint8Array
}

/** S4: what is read, by its name; whatever else there is (bitmaps, karaoke machines) is passed over. */
const FORMATS: ReadonlyMap<string, EmbeddedTrack['format']> = new Map([
  ['S_TEXT/UTF8', 'srt'],
  ['S_TEXT/ASCII', 'srt'],
  ['S_TEXT/ASS', 'ass'],
  ['S_TEXT/SSA', 'ass'],
  ['S_ASS', 'ass'],
  ['S_SSA', 'ass'],
  ['S_TEXT/WEBVTT', 'webvtt'],
  ['D_WEBVTT/SUBTITLES', 'webvtt'],
  ['D_WEBVTT/CAPTIONS', 'webvtt'],
])

const SUBTITLE_TYPE = 17

/** The subtitle tracks of text in the body of Tracks (RFC 9559 5.1.4), in its order. */
export function embeddedTracks(tracks: Uint8Array): EmbeddedTrack[] {
  return [...bodiesOf(tracks, MATROSKA_ID.trackEntry).take(LIMITS.containerTracks)].flatMap(
    (entry) => decodeEntry(entry) ?? [],
  )
}

function decodeEntry(entry: Uint8Array): EmbeddedTrack | null {
  const first = (id: number): Uint8Array | undefined => firstBody(entry, id)
  const codec = ebmlText(first(MATROSKA_ID.codecId))
  const format = FORMATS.get(codec)
  const packing = packingOf(first(MATROSKA_ID.contentEncodings))
  if (ebmlNumber(first(MATROSKA_ID.trackType)) !== SUBTITLE_TYPE) return null
  if (format === undefined || packing === null) return null
  const header = first(MATROSKA_ID.codecPrivate) ?? new Uint8Array(0)
  // Without its styles an ASS track is still text.
  const isHeader = format === 'ass' && header.length <= LIMITS.embeddedHeaderBytes
  const language = ebmlText(first(MATROSKA_ID.languageBcp47) ?? first(MATROSKA_ID.language))
  return {
    number: ebmlNumber(first(MATROSKA_ID.trackNumber)),
    format,
    // RFC 9559 5.1.4.1.19: without the element it is English, but writers leave it out for anything.
    language: language === '' ? 'und' : language,
    title: ebmlWords(first(MATROSKA_ID.name)),
    isForced: ebmlNumber(first(MATROSKA_ID.flagForced)) === 1,
    packing,
    header: isHeader ? header.slice() : new Uint8Array(0),
  }
}

/** `null` = packed in a way that isn't read: encrypted, or by something else. */
function packingOf(encodings: Uint8Array | undefined): BlockPacking | null {
  const all = encodings === undefined ? [] : [...bodiesOf(encodings, MATROSKA_ID.contentEncoding)]
  const [encoding] = all
  if (encoding === undefined) return { kind: 'none' }
  const scope = firstBody(encoding, MATROSKA_ID.contentEncodingScope)
  const compression = firstBody(encoding, MATROSKA_ID.contentCompression)
  const isCompressed = ebmlNumber(firstBody(encoding, MATROSKA_ID.contentEncodingType)) === 0
  if (all.length > 1 || !isCompressed || compression === undefined) return null
  if (scope !== undefined && ebmlNumber(scope) !== 1) return null
  const algorithm = ebmlNumber(firstBody(compression, MATROSKA_ID.contentCompAlgo))
  if (algorithm === 0) return { kind: 'zlib' }
  const head = firstBody(compression, MATROSKA_ID.contentCompSettings) ?? new Uint8Array(0)
  return algorithm === 3 && head.length <= 64 ? { kind: 'stripped', head: head.slice() } : null
}

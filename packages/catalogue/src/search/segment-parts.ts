import type { FeedId } from '../name/id.ts'
import type { NumberLists } from './number-lists.ts'
import type { Offers, Segment, SegmentList } from './segment.ts'
import { Vocabulary } from './vocabulary.ts'

/** One array of a segment as bytes, in the machine's byte order: a segment is never moved to another one. */
export interface SegmentPart {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Gives the bytes of a part back; throws when there is none. They may lie anywhere in a buffer. */
export type PartReader = (name: string) => Uint8Array

/** Lists of numbers in a segment. */
const LISTS = [
  'wordTitles',
  'wordPeople',
  'titleWords',
  'personWorks',
  'genres',
  'countries',
  'languages',
  'subtitles',
  'descriptions',
  'identities',
  'infoHashes',
] as const

/** A segment as parts that a store keeps. */
export function partsOf(segment: Segment): SegmentPart[] {
  const { vocabulary, names, lists, kinds, years, durationsSeconds, addedDays } = segment
  return [
    { name: 'words', bytes: textBytes(vocabulary.words) },
    { name: 'names', bytes: textBytes(names) },
    { name: 'lists', bytes: textBytes(lists) },
    ...LISTS.flatMap((name) => [
      { name: `${name}.offsets`, bytes: bytesOf(segment[name].offsets) },
      { name: `${name}.values`, bytes: bytesOf(segment[name].values) },
    ]),
    { name: 'kinds', bytes: kinds },
    { name: 'years', bytes: bytesOf(years) },
    { name: 'durations', bytes: bytesOf(durationsSeconds) },
    { name: 'ages', bytes: segment.ages },
    { name: 'added', bytes: bytesOf(addedDays) },
    { name: 'by-title', bytes: bytesOf(segment.byTitle) },
    { name: 'id-hashes', bytes: bytesOf(segment.idHashes) },
    { name: 'person-hashes', bytes: bytesOf(segment.personHashes) },
    ...offerParts(segment.offers),
  ]
}

/** The parts that change when offers are judged again. */
export function offerParts(offers: Offers): SegmentPart[] {
  return [
    { name: 'offers.classes', bytes: textBytes(offers.classes) },
    { name: 'offers.class-of', bytes: bytesOf(offers.classOf) },
    { name: 'offers.first-days', bytes: bytesOf(offers.firstDays) },
    { name: 'offers.until-days', bytes: bytesOf(offers.untilDays) },
    { name: 'offers.recheck-days', bytes: bytesOf(offers.recheckDays) },
  ]
}

/** The segment of parts that {@link partsOf} made; whoever reads them knows that they are whole. */
export function segmentOf(feedId: FeedId, read: PartReader): Segment {
  const kinds = read('kinds')
  const numbers = (name: string): Uint32Array => new Uint32Array(ownBuffer(read(name)))
  const days = (name: string): Int32Array => new Int32Array(ownBuffer(read(name)))
  const lists = (name: string): NumberLists => ({
    offsets: numbers(`${name}.offsets`),
    values: numbers(`${name}.values`),
  })
  return {
    feed: { id: feedId },
    workCount: kinds.length,
    vocabulary: new Vocabulary(parsed<string[]>(read('words'))),
    names: parsed<string[]>(read('names')),
    lists: parsed<SegmentList[]>(read('lists')),
    wordTitles: lists('wordTitles'),
    wordPeople: lists('wordPeople'),
    titleWords: lists('titleWords'),
    personWorks: lists('personWorks'),
    genres: lists('genres'),
    countries: lists('countries'),
    languages: lists('languages'),
    subtitles: lists('subtitles'),
    descriptions: lists('descriptions'),
    identities: lists('identities'),
    infoHashes: lists('infoHashes'),
    kinds: new Uint8Array(ownBuffer(kinds)),
    years: new Uint16Array(ownBuffer(read('years'))),
    durationsSeconds: numbers('durations'),
    ages: new Uint8Array(ownBuffer(read('ages'))),
    addedDays: days('added'),
    byTitle: numbers('by-title'),
    idHashes: numbers('id-hashes'),
    personHashes: numbers('person-hashes'),
    offers: {
      classes: parsed<Offers['classes']>(read('offers.classes')),
      classOf: numbers('offers.class-of'),
      firstDays: days('offers.first-days'),
      untilDays: days('offers.until-days'),
      recheckDays: days('offers.recheck-days'),
    },
  }
}

/** The bytes as a whole buffer: their own when that's what they are, as copies of an index are never given back. */
function ownBuffer(bytes: Uint8Array): ArrayBufferLike {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength
  return isWhole ? bytes.buffer : bytes.slice().buffer
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function textBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** JSON that this file wrote. */
function parsed<T>(bytes: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T
}

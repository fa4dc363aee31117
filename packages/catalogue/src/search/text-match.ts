/**
 * Which works have all words of a text, and how well. A word may stand in a title or in the name of somebody
 * who made the work; the words of one search may be found in both.
 */
import { type Segment, TITLE_END } from './segment.ts'
import type { NearWord } from './vocabulary.ts'
import { type QueryWord, queryWords, wordsOf } from './words.ts'

/** How well a work has the words: the less the better, 0 = not at all. */
export const MATCH = { none: 0, wholeTitle: 1, titleStart: 2, title: 3, person: 4 } as const

/** A value of {@link MATCH} for each work. */
export type Matches = Uint8Array

/** A text, taken apart. */
export interface TextQuery {
  readonly words: readonly QueryWord[]
  /** Its words as a title would have them. */
  readonly asTitle: readonly string[]
}

/** Takes a text apart; `null` when it's blank. */
export function textQuery(text: string): TextQuery | null {
  const words = queryWords(text)
  return words.length === 0 ? null : { words, asTitle: wordsOf(text) }
}

/** The works that have every word, as it was typed. */
export function matchText(segment: Segment, query: TextQuery): Matches {
  const spans = query.words.map((word) => segment.vocabulary.exactSpan(word))
  const matches = emptyMatches(segment)
  if (spans.some(({ start, end }) => start === end)) return matches
  const { inTitles, inNames } = wordMasks(segment, spans, (span, mark) => {
    for (let place = span.start; place < span.end; place++) mark(place)
  })
  const titles = titleReader(segment, query, spans)
  const all = 2 ** spans.length - 1
  for (let work = 0; work < matches.length; work++) {
    const inTitle = inTitles[work] ?? 0
    if (inTitle === all) matches[work] = titles(work)
    else if ((inTitle | (inNames[work] ?? 0)) === all) matches[work] = MATCH.person
  }
  return matches
}

/** The works that have for each word one of those that may have been meant. */
export function matchNear(segment: Segment, near: readonly (readonly NearWord[])[]): Matches {
  const matches = emptyMatches(segment)
  const { inTitles, inNames } = wordMasks(segment, near, (words, mark) => {
    for (const { place } of words) mark(place)
  })
  const all = 2 ** near.length - 1
  for (let work = 0; work < matches.length; work++) {
    const inTitle = inTitles[work] ?? 0
    if (inTitle === all) matches[work] = MATCH.title
    else if ((inTitle | (inNames[work] ?? 0)) === all) matches[work] = MATCH.person
  }
  return matches
}

function emptyMatches({ workCount }: Segment): Matches {
  return new Uint8Array(workCount)
}

/** For each work, one bit for each of the words: found in a title, found in a name. At most 16 words. */
function wordMasks<T>(
  segment: Segment,
  words: readonly T[],
  eachPlace: (word: T, mark: (place: number) => void) => void,
): { readonly inTitles: Uint16Array; readonly inNames: Uint16Array } {
  const { wordTitles, wordPeople, personWorks, workCount } = segment
  const inTitles = new Uint16Array(workCount)
  const inNames = new Uint16Array(workCount)
  for (const [index, word] of words.entries()) {
    const bit = 1 << index
    eachPlace(word, (place) => {
      markWorks(inTitles, bit, wordTitles.values, wordTitles.offsets, place)
      const end = wordPeople.offsets[place + 1] ?? 0
      for (let at = wordPeople.offsets[place] ?? 0; at < end; at++)
        markWorks(inNames, bit, personWorks.values, personWorks.offsets, wordPeople.values[at] ?? 0)
    })
  }
  return { inTitles, inNames }
}

function markWorks(
  masks: Uint16Array,
  bit: number,
  values: Uint32Array,
  offsets: Uint32Array,
  key: number,
): void {
  const end = offsets[key + 1] ?? 0
  for (let at = offsets[key] ?? 0; at < end; at++) {
    const work = values[at] ?? 0
    masks[work] = (masks[work] ?? 0) | bit
  }
}

type Span = { readonly start: number; readonly end: number }

/** Tells for a work that has all words in titles whether they are a title, begin one, or neither. */
function titleReader(
  segment: Segment,
  { asTitle }: TextQuery,
  spans: readonly Span[],
): (work: number) => number {
  const whole = asTitle.map((word) => segment.vocabulary.placeOf(word))
  const { offsets, values } = segment.titleWords
  // Every match is looked at: no arrays and no functions are made for one.
  return (work) => {
    const last = offsets[work + 1] ?? 0
    let best: number = MATCH.title
    for (let start = offsets[work] ?? 0; start < last;) {
      let end = start
      while (end < last && values[end] !== TITLE_END) end++
      if (isWhole(values, start, end, whole)) return MATCH.wholeTitle
      if (begins(values, start, end, spans)) best = MATCH.titleStart
      start = end + 1
    }
    return best
  }
}

function isWhole(
  words: Uint32Array,
  start: number,
  end: number,
  whole: readonly number[],
): boolean {
  if (end - start !== whole.length) return false
  for (let at = 0; at < whole.length; at++) if (words[start + at] !== whole[at]) return false
  return true
}

function begins(words: Uint32Array, start: number, end: number, spans: readonly Span[]): boolean {
  if (end - start < spans.length) return false
  for (let at = 0; at < spans.length; at++) {
    const word = words[start + at] ?? 0
    const span = spans[at]
    if (span === undefined || word < span.start || word >= span.end) return false
  }
  return true
}

import { editDistance } from './edit-distance.ts'
import type { QueryWord } from './words.ts'

/** A word of a vocabulary that somebody may have meant. */
export interface NearWord {
  /** Its place in the vocabulary. */
  readonly place: number
  /** Edits, from 0. */
  readonly distance: number
}

/** Words longer than this many letters may be misspelt in two places, {@link ONE_EDIT} and longer in one. */
const TWO_EDITS = 8
const ONE_EDIT = 4
/** Enough for every spelling that anybody means. */
const NEAR_WORDS = 300

/** All words of an index, sorted by code units, and what finds misspelt ones without looking at each letter. */
export class Vocabulary {
  readonly words: readonly string[]
  /** Which letters stand in a word, one bit each: a wrong letter changes few bits. */
  #masks: Uint32Array | null = null

  constructor(words: readonly string[]) {
    this.words = words
  }

  /** The place of a word, or `-1`. */
  placeOf(word: string): number {
    const place = this.#lowerBound(word)
    return this.words[place] === word ? place : -1
  }

  /** Places of the words that begin so, half-open. */
  prefixSpan(prefix: string): { readonly start: number; readonly end: number } {
    return { start: this.#lowerBound(prefix), end: this.#lowerBound(`${prefix}\uFFFF`) }
  }

  /** The words that are what was typed, or begin with it when they may. */
  exactSpan({ text, isPrefix }: QueryWord): { readonly start: number; readonly end: number } {
    if (isPrefix) return this.prefixSpan(text)
    const place = this.placeOf(text)
    return place === -1 ? { start: 0, end: 0 } : { start: place, end: place + 1 }
  }

  /** The words that may have been meant, the nearest first; a beginning may be meant by a prefix. */
  near({ text, isPrefix, isSpelt }: QueryWord): NearWord[] {
    const limit = editsOf(text)
    if (limit === 0 || !isSpelt) {
      const { start, end } = this.exactSpan({ text, isPrefix, isSpelt })
      return Array.from({ length: Math.min(end - start, NEAR_WORDS) }, (_, index) => ({
        place: start + index,
        distance: 0,
      }))
    }
    const masks = (this.#masks ??= Uint32Array.from(this.words, maskOf))
    const mask = maskOf(text)
    const found: NearWord[] = []
    for (let place = 0; place < masks.length; place++) {
      const other = masks[place] ?? 0
      if (bitCount(mask & ~other) > limit) continue
      if (!isPrefix && bitCount(other & ~mask) > limit) continue
      const distance = editDistance(text, this.words[place] ?? '', limit, isPrefix)
      if (distance <= limit) found.push({ place, distance })
    }
    return found.sort((a, b) => a.distance - b.distance || a.place - b.place).slice(0, NEAR_WORDS)
  }

  #lowerBound(word: string): number {
    let low = 0
    let high = this.words.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.words[middle] ?? '') < word) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** How many edits a typed word may be wrong: none below 4 letters, one below 8, else two. */
export function editsOf(word: string): number {
  if (word.length < ONE_EDIT) return 0
  return word.length < TWO_EDITS ? 1 : 2
}

function maskOf(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31)
  return mask
}

function bitCount(bits: number): number {
  let rest = bits >>> 0
  let count = 0
  for (; rest !== 0; rest &= rest - 1) count++
  return count
}

import { foldText } from './folding.ts'

/**
 * Words of titles and names. Scripts that write without spaces become pairs of characters, the last of
 * a run also alone: `東京物語` is 東京 京物 物語 語, so any part of it is found.
 */

/** A word that somebody searches for. */
export interface QueryWord {
  /** Folded. */
  readonly text: string
  /** Whether it may be the beginning of a longer word: the last one, while it's being typed. */
  readonly isPrefix: boolean
  /** Whether it may be misspelt; pairs of characters may not. */
  readonly isSpelt: boolean
}

const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\u30FC'
const RUN = new RegExp(`[${UNSPACED}]+|[[\\p{L}\\p{N}\\p{M}]--[${UNSPACED}]]+`, 'gv')
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'v')
/** Written inside of one word by some, left out by others: Spider-Man, Internet's, U.S.A. */
const JOINED = /[\p{L}\p{N}\p{M}]+(?:['’ʼ\-‐‑.·־][\p{L}\p{N}\p{M}]+)+/gu
const JOINERS = /['’ʼ\-‐‑.·־]/gu

/** A longer word is no word. */
const LONGEST_WORD = 64
/** What somebody types into a field for searching. */
const QUERY_WORDS = 10
const QUERY_CHARACTERS = 200

/** The words of a title or name, folded, in their order. Never empty. */
export function wordsOf(text: string): string[] {
  return split(foldText(text)).flatMap(inPairs)
}

/** Every word by which a title or name is found: {@link wordsOf}, and `spiderman` for `Spider-Man`. Distinct. */
export function searchableWords(text: string): Set<string> {
  const folded = foldText(text)
  const words = new Set(split(folded).flatMap(inPairs))
  for (const [joined] of folded.matchAll(JOINED)) {
    const word = joined.replaceAll(JOINERS, '')
    if (!IS_UNSPACED.test(word)) words.add(word.slice(0, LONGEST_WORD))
  }
  return words
}

/** What is searched for by a text: at most 10 words of its first 200 characters; none when it's blank. */
export function queryWords(text: string): QueryWord[] {
  const folded = foldText(text.slice(0, QUERY_CHARACTERS)).trim()
  if (folded === '') return []
  const runs = split(folded)
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(folded)
  const words = runs.flatMap((run, index): QueryWord[] => {
    const isLast = index === runs.length - 1 && isOpen
    if (!IS_UNSPACED.test(run)) return [{ text: run, isPrefix: isLast, isSpelt: true }]
    const characters = Array.from(run)
    if (characters.length === 1) return [{ text: run, isPrefix: true, isSpelt: false }]
    return pairs(characters).map((pair) => ({ text: pair, isPrefix: false, isSpelt: false }))
  })
  return words.slice(0, QUERY_WORDS)
}

function split(folded: string): string[] {
  const runs = folded.match(RUN)?.map((run) => (IS_UNSPACED.test(run) ? run : cut(run)))
  // A title may be `$` or `?`.
  return runs ?? [cut(folded.replaceAll(/\s+/gu, ''))]
}

function cut(word: string): string {
  return word.slice(0, LONGEST_WORD).toWellFormed()
}

function inPairs(run: string): string[] {
  if (!IS_UNSPACED.test(run)) return [run]
  const characters = Array.from(run)
  return [...pairs(characters), characters.at(-1) ?? '']
}

function pairs(characters: readonly string[]): string[] {
  return characters.slice(1).map((each, index) => (characters[index] ?? '') + each)
}

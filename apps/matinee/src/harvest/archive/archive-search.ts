/** Lists of items, in both shapes in which the Internet Archive answers a search. */
import { messageOf } from '@matinee/base'
import { parseStrictJson } from '@matinee/catalogue'
import { fieldOf, lineOf, listOf, wholeOf } from '../loose-field.ts'
import { isArchiveIdentifier } from './archive-item.ts'

/** An answer of 1000 identifiers has some 40 kB; of 10 000 with fields nobody asked for, some megabytes. */
export const SEARCH_LIMITS = { bytes: 8 * 2 ** 20, depth: 16, values: 500_000 } as const
const ITEMS = 10_000
const CURSOR_CHARACTERS = 4096
const ANY_KEY = /^[^]{0,256}$/u

/** One page of what was found. */
export type SearchAnswer =
  | {
      readonly kind: 'found'
      /** In the answer's order, none twice. */
      readonly identifiers: readonly string[]
      /** What asks for the next page; `null` = this was the last one. */
      readonly cursor: string | null
      /** How many there are on all pages, if it says so. */
      readonly total: number | null
    }
  | { readonly kind: 'refused'; readonly why: string }

/** Reads an answer of `/services/search/v1/scrape` or of `advancedsearch.php`. Never throws for what is in it. */
export function parseSearchAnswer(bytes: Uint8Array): SearchAnswer {
  let answer: unknown
  try {
    answer = parseStrictJson(bytes, SEARCH_LIMITS, ANY_KEY)
  } catch (error) {
    return { kind: 'refused', why: `the answer can't be read: ${messageOf(error)}` }
  }
  const error = lineOf(fieldOf(answer, 'error'))
  if (error !== null) return { kind: 'refused', why: `the archive says: ${error.slice(0, 200)}` }
  const response = fieldOf(answer, 'response')
  const rows = fieldOf(answer, 'items') ?? fieldOf(response, 'docs')
  if (!Array.isArray(rows)) return { kind: 'refused', why: 'the answer holds no list of items' }
  const identifiers = listOf(rows, ITEMS).flatMap((row) => {
    const identifier = lineOf(fieldOf(row, 'identifier'))
    return identifier !== null && isArchiveIdentifier(identifier) ? [identifier] : []
  })
  const cursor = fieldOf(answer, 'cursor')
  const isCursor = typeof cursor === 'string' && cursor !== '' && cursor.length <= CURSOR_CHARACTERS
  return {
    kind: 'found',
    identifiers: [...new Set(identifiers)],
    cursor: isCursor ? cursor : null,
    total: wholeOf(fieldOf(answer, 'total')) ?? wholeOf(fieldOf(response, 'numFound')),
  }
}

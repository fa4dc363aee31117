/**
 * Fields as strangers type them into somebody else's database. Any of them may be missing, a text, a number, or a list
 * of both; a number may be written as text, a rights statement as HTML. Nothing here throws.
 */
import { cleanLine } from '@matinee/catalogue'

/** How much of a field is read; the rest is left. */
export interface LooseCap {
  readonly items: number
  /** UTF-16 code units of each. */
  readonly characters: number
}

/** One line each: titles, names, tokens, addresses. */
export const LINE_CAP: LooseCap = { items: 50, characters: 2000 }
/** Texts of paragraphs, which may be HTML. */
export const PROSE_CAP: LooseCap = { items: 20, characters: 60_000 }

/** The field of an object; `undefined` when it isn't there or this is no object. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

/** The list that a value is; one thing alone is a list of it; nothing is an empty one. At most `items`. */
export function listOf(value: unknown, items: number): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as readonly unknown[]).slice(0, items) : [value]
}

/** Every text of a field as it was written; numbers as they are read aloud. */
export function rawTextsOf(value: unknown, cap: LooseCap): string[] {
  return listOf(value, cap.items).flatMap((each) => {
    const text = typeof each === 'number' && Number.isFinite(each) ? String(each) : each
    return typeof text === 'string' && text.length <= cap.characters ? [text] : []
  })
}

/** Every text of a field on one cleaned line, none empty and none twice. */
export function linesOf(value: unknown, cap: LooseCap = LINE_CAP): string[] {
  const lines = rawTextsOf(value, cap).map((text) => cleanLine(text.toWellFormed()))
  return [...new Set(lines.filter((line) => line !== ''))]
}

/** The first of {@link linesOf}, or `null`. */
export function lineOf(value: unknown): string | null {
  return linesOf(value)[0] ?? null
}

/** A whole number from 0 up, also one that is written as text; `null` for anything else. */
export function wholeOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !/^\d{1,16}$/u.test(text)) return null
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : null
}

/** Seconds: `734.21`, `12:14` or `0:12:14`; `null` for anything else, and for nothing. */
export function secondsOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return null
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,5}):)?(\d{1,7}(?:\.\d{1,9})?)$/u.exec(text.trim())
  if (match === null) return null
  const [, hours = '0', minutes = '0', rest = '0'] = match
  const seconds = Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)
  return seconds > 0 && seconds <= 604_800 ? seconds : null
}

/** The year that a date begins with: `2010`, `2010-09-27`, `2010-09-27T…`; `null` for anything else. */
export function yearOfText(text: string | null): number | null {
  const year = Number(/^(\d{4})(?:$|-|T)/u.exec(text ?? '')?.[1] ?? Number.NaN)
  return year >= 1870 && year <= 2200 ? year : null
}

/** Lower-case hexadecimal digits, exactly so many; `null` for anything else. */
export function hexOf(value: unknown, digits: number): string | null {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  return text.length === digits && /^[0-9a-f]+$/u.test(text) ? text : null
}

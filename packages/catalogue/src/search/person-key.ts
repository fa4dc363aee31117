import type { Person } from '../record/person.ts'
import { foldText } from './folding.ts'

declare const personKeyBrand: unique symbol

/**
 * A person among all feeds: by an id of another catalogue where the record gives one, else by the folded
 * name. Stable, and one path segment when it's encoded. Two people of one name without ids are one.
 */
export type PersonKey = string & { readonly [personKeyBrand]: true }

const LONGEST_KEY = 300

/** The key of somebody in a record. */
export function personKeyOf({ name, ids }: Pick<Person, 'name' | 'ids'>): PersonKey {
  if (ids?.wikidata !== undefined) return `wikidata:${ids.wikidata}` as PersonKey
  if (ids?.imdb !== undefined) return `imdb:${ids.imdb}` as PersonKey
  if (ids?.isni !== undefined) return `isni:${ids.isni}` as PersonKey
  const words = foldText(name).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [foldText(name)]
  return `name:${words.join('-')}` as PersonKey
}

/** The key that a text is, or `null` when no person can have it. */
export function parsePersonKey(text: string): PersonKey | null {
  const isKey = /^(?:wikidata|imdb|isni|name):./su.test(text) && text.length <= LONGEST_KEY * 2
  return isKey ? (text as PersonKey) : null
}

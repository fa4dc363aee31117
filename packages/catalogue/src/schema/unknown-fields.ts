import { type JsonValue, isJsonList, isJsonObject, pointerOf } from '../json/json-pointer.ts'

/**
 * Pointers of the fields of a file that its schema left out, without those that begin with `x-`
 * (feed-format 2.3, 2.4). `kept` is what the schema made of `given`: it leaves fields out, changes texts
 * and adds empty lists, but moves nothing.
 */
export function unknownFields(given: JsonValue, kept: unknown): string[] {
  const found: string[] = []
  compare(given, kept, [], found)
  return found
}

function compare(given: JsonValue, kept: unknown, path: PropertyKey[], found: string[]): void {
  if (isJsonList(given)) {
    if (!Array.isArray(kept)) return
    for (const [index, item] of given.entries()) compare(item, kept[index], [...path, index], found)
  } else if (isJsonObject(given) && typeof kept === 'object' && kept !== null) {
    for (const [key, value] of Object.entries(given)) {
      if (key.startsWith('x-')) continue
      const member = Object.getOwnPropertyDescriptor(kept, key)
      if (member === undefined) found.push(pointerOf([...path, key]))
      else compare(value, member.value, [...path, key], found)
    }
  }
}

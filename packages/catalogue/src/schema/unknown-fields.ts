import { type JsonValue, isJsonList, pointerOf } from '../json/json-pointer.ts'

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

/** `path` is where `given` stands; it's the same list all along, as most fields are known. */
function compare(given: JsonValue, kept: unknown, path: PropertyKey[], found: string[]): void {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null)
    return
  if (isJsonList(given)) {
    if (!Array.isArray(kept)) return
    for (let index = 0; index < given.length; index++) {
      const item = given[index]
      if (typeof item !== 'object') continue
      path.push(index)
      compare(item, kept[index], path, found)
      path.pop()
    }
    return
  }
  for (const key of Object.keys(given)) {
    if (key.startsWith('x-')) continue
    if (!Object.hasOwn(kept, key)) {
      found.push(pointerOf([...path, key]))
      continue
    }
    const value = given[key]
    if (typeof value !== 'object') continue
    path.push(key)
    compare(value, Reflect.get(kept, key), path, found)
    path.pop()
  }
}

import { type JsonValue, MANIFEST_LIMITS, isJsonObject } from '@matinee/catalogue'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

const FILE = 'lists.json'

/** What lists.json says, `{"lists": […]}` (feed-format 7.5); nothing when there is no such file. Throws {@link PublisherError}. */
export async function readLists(folder: PublisherFolder): Promise<JsonValue> {
  const bytes = await folder.read(FILE, MANIFEST_LIMITS.bytes)
  if (bytes === null) return []
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    if (isJsonObject(value) && Array.isArray(value.lists)) return value.lists
  } catch {
    // No JSON: said like any other mistake.
  }
  throw new PublisherError('damaged', `${FILE} isn't {"lists": […]}: mend it`)
}

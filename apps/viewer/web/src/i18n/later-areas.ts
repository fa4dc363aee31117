/**
 * Areas of the catalogue, the part of a key before its dot, that no page needs which is loaded with the first one or
 * may follow it at once: they are fetched with the pages that speak of them.
 */
export const LATER_AREAS: ReadonlySet<string> = new Set([
  'diagnosis',
  'elsewhere',
  'feeds',
  'keep',
  'kept',
  'keys',
  'links',
  'phone',
  'postcard',
  'remote',
  'screens',
  'sealed',
  'settings',
  'sleep',
  'sound',
  'statistics',
  'subtitles',
  'transcript',
  'update',
  'waiting',
  'welcome',
])

/** Whether a string comes later. */
export function isLater(key: string): boolean {
  return LATER_AREAS.has(key.slice(0, key.indexOf('.')))
}

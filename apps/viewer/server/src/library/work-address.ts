import {
  parseFeedId,
  parseListId,
  parseWorkId,
  type ListKey,
  type WorkKey,
} from '@matinee/catalogue'

/** The id by which pages and the shelf know a work or a list: one path segment, `starter.sintel`. */
export function addressOf(key: WorkKey | ListKey): string {
  return `${key.feedId}.${key.id}`
}

/** The work that a page's id names, or null when it can name none. */
export function parseWorkAddress(text: string): WorkKey | null {
  const [feed, work] = halves(text)
  const feedId = parseFeedId(feed)
  const id = parseWorkId(work)
  return feedId === null || id === null ? null : { feedId, id }
}

/** The list that a page's id names, or null when it can name none. */
export function parseListAddress(text: string): ListKey | null {
  const [feed, list] = halves(text)
  const feedId = parseFeedId(feed)
  const id = parseListId(list)
  return feedId === null || id === null ? null : { feedId, id }
}

/** Ids hold no full stop (feed-format 3.5), so the first one parts them. */
function halves(text: string): readonly [string, string] {
  const at = text.indexOf('.')
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)]
}

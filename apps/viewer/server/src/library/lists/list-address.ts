import { assert } from '@matinee/base'
import { parseFeedId, type FeedId, type ListKey, type Sha256Text } from '@matinee/catalogue'
import { isAbsolute, join, normalize } from 'node:path'
import { parseSourceLink, pathOfLink, type FeedAddress } from '../following/feed-address.ts'
import { addressOf } from '../work-address.ts'

/** A place where the file of a list may lie. */
export type ListPlace = Extract<FeedAddress, { kind: 'https' | 'folder' }>

/** What a list is called in a folder (feed-format 12.10). */
const FILE_NAME = 'list.json'

/** The half of a list's address that stands for its key: no feed that is followed is called so. */
export function listFeedId(key: Sha256Text): FeedId {
  const id = parseFeedId(`list-${key.slice(0, 32)}`)
  assert(id !== null, 'hexadecimal digits make an id')
  return id
}

/** The id by which pages know a followed list: one path segment. */
export function listAddress({
  key,
  id,
}: { readonly key: Sha256Text } & Pick<ListKey, 'id'>): string {
  return addressOf({ feedId: listFeedId(key), id })
}

/** Where a list may lie of which somebody typed this: the very file, or the folder that it's in. Empty = nowhere. */
export function listPlaces(typed: string): readonly ListPlace[] {
  const text = typed.trim()
  const path = isAbsolute(text) ? text : pathOfLink(text)
  if (path !== null) return path.includes('\0') ? [] : [fileAt(path), fileAt(join(path, FILE_NAME))]
  const url = parseSourceLink(text)
  if (url === null) return []
  const isFolder = url.pathname.endsWith('/')
  const inside = new URL(url)
  inside.search = ''
  inside.pathname += isFolder ? FILE_NAME : `/${FILE_NAME}`
  return [...(isFolder ? [] : [url]), inside].map(({ href }) => ({
    kind: 'https',
    text: href,
    url: href,
  }))
}

/** The very place that is kept, as {@link listPlaces} found it; null = it's none. */
export function parseListPlace(text: string): ListPlace | null {
  return listPlaces(text)[0] ?? null
}

function fileAt(path: string): ListPlace {
  const file = normalize(path)
  return { kind: 'folder', text: file, folder: file }
}

import type { FeedId } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import { bestLanguage } from './language-choice.ts'
import type { RecordSigner } from './thanks.ts'
import type { Viewer } from './viewer.ts'

/** Who stands behind the records of a feed, by its name in the viewer's language. */
export async function signerOf(
  store: Pick<CatalogueStore, 'feeds'>,
  feedId: FeedId,
  { languages }: Pick<Viewer, 'languages'>,
): Promise<RecordSigner> {
  const feed = (await store.feeds()).find(({ id }) => id === feedId)
  if (feed?.trust !== 'signed') return { kind: 'bundled' }
  const tags = Object.keys(feed.names)
  const name = feed.names[bestLanguage(tags, languages) ?? tags[0] ?? '']
  return { kind: 'signed', name: name ?? feedId }
}

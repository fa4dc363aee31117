import type { WorkDetails } from '#api'
import { identitiesOf, type FeedId, type WorkRecord } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'
import { bestLanguage } from './language-choice.ts'
import type { Viewer } from './viewer.ts'
import { addressOf } from './work-address.ts'

/** Works of like titles that are compared; the record of each is read. */
const MOST_COMPARED = 24

/**
 * The same work in other feeds, in the viewer's order of them: what carries a file root or an id of the record's own (feed-format
 * 15.1), among the works that a search for its title finds.
 */
export async function alsoIn(
  store: Pick<CatalogueStore, 'feeds' | 'search' | 'work'>,
  { feedId, record }: { readonly feedId: FeedId; readonly record: WorkRecord },
  { territory, languages }: Viewer,
): Promise<WorkDetails['alsoIn']> {
  const feeds = await store.feeds()
  if (feeds.length < 2) return []
  const own = new Set(identitiesOf(record))
  const { works } = await store.search({
    territory,
    text: record.title.text,
    filters: {},
    offset: 0,
    limit: MOST_COMPARED,
    withFacets: false,
  })
  const same = new Map<FeedId, string>()
  for (const { feedId: other, id } of works) {
    if (other === feedId || same.has(other)) continue
    const found = await store.work({ feedId: other, id, territory })
    if (found.kind === 'offered' && identitiesOf(found.record).some((each) => own.has(each)))
      same.set(other, addressOf({ feedId: other, id }))
  }
  return feeds.flatMap(({ id, names }) => {
    const workId = same.get(id)
    const tags = Object.keys(names)
    const feed = names[bestLanguage(tags, languages) ?? tags[0] ?? ''] ?? id
    return workId === undefined ? [] : [{ workId, feed }]
  })
}

import type { WorkDetails } from '#api'
import { identitiesOf, type FeedId, type SameWork, type WorkRecord } from '@matinee/catalogue'
import type { AskedCatalogue } from './limited-catalogue.ts'
import { bestLanguage } from './language-choice.ts'
import type { Viewer } from './viewer.ts'
import { addressOf } from './work-address.ts'

/** Every record of a work, offered or not, the one that is shown first, then in the viewer's order of feeds. */
export async function recordsOf(
  store: Pick<AskedCatalogue, 'sameWorks'>,
  { feedId, record }: { readonly feedId: FeedId; readonly record: WorkRecord },
  { territory }: Pick<Viewer, 'territory'>,
): Promise<readonly SameWork[]> {
  const work = { feedId, id: record.id, identities: identitiesOf(record) }
  return (await store.sameWorks({ works: [work], territory }))[0] ?? []
}

/** The same work in other feeds, as far as they offer it, by the names of those (feed-format 15). */
export async function alsoIn(
  store: Pick<AskedCatalogue, 'feeds'>,
  feedId: FeedId,
  records: readonly SameWork[],
  { languages }: Pick<Viewer, 'languages'>,
): Promise<WorkDetails['alsoIn']> {
  const others = records.filter((each) => each.isOffered && each.feedId !== feedId)
  if (others.length === 0) return []
  const feeds = await store.feeds()
  return feeds.flatMap(({ id, names }) => {
    const other = others.find((each) => each.feedId === id)
    const tags = Object.keys(names)
    const feed = names[bestLanguage(tags, languages) ?? tags[0] ?? ''] ?? id
    return other === undefined ? [] : [{ workId: addressOf(other), feed }]
  })
}

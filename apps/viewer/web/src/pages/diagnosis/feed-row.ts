import type { FollowedFeed } from '#api'
import type { Sentence } from '../../i18n/text-key.ts'
import { confirmedSentence, reasonKey, sourceSentence } from '../catalogues/feed-words.ts'
import { rowOf, type DiagnosisRow } from './diagnosis-row.ts'

/** A followed catalogue or list: when it was last confirmed, and which of its sources failed, by name. */
export function feedRow(feed: FollowedFeed, now: Date, language: string): DiagnosisRow {
  const id = `feed:${feed.id}`
  const name: Sentence = { key: 'diagnosis.catalogue', values: { name: feed.name || feed.id } }
  const says = [confirmedSentence(feed, now, language)]
  if (feed.kind === 'bundled') return rowOf(id, name, 'fine', says)
  const failed = feed.sources.filter(({ state }) => state === 'failed' || state === 'demoted')
  const isAnyOk = feed.sources.some(({ state }) => state === 'ok')
  const more = {
    named: failed.map((source) => ({
      what: source.address,
      says: sourceSentence(source, now, language).sentence,
    })),
    act: {
      kind: 'refresh',
      feedId: feed.id,
      isBusy: feed.progress.kind === 'refreshing',
    },
  } as const
  if (feed.state.kind === 'refused')
    return rowOf(id, name, 'broken', [...says, { key: reasonKey(feed.state.code) }], more)
  if (failed.length > 0 && !isAnyOk)
    return rowOf(id, name, 'broken', [...says, { key: 'diagnosis.mirrors-all' }], more)
  if (failed.length > 0)
    return rowOf(id, name, 'better', [...says, { key: 'diagnosis.mirrors-some' }], more)
  if (feed.state.kind === 'expired')
    return rowOf(id, name, 'better', [...says, { key: 'diagnosis.catalogue-old' }], more)
  return rowOf(id, name, feed.state.kind === 'waiting' ? 'unknown' : 'fine', says, more)
}

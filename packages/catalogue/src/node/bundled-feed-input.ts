import type { BundledFeed } from '../feed/bundled-feed.ts'
import type { FeedInput } from './catalogue-store.ts'

/** A bundled feed as it's loaded. `version` is the SHA-256 of its manifest. */
export function bundledFeedInput(feed: BundledFeed, version: string): FeedInput {
  const { id, trust, translations, lists } = feed.manifest
  const names = Object.entries(translations).map(([language, { name }]) => [language, name])
  return {
    id,
    version,
    trust,
    names: Object.fromEntries(names) as Readonly<Record<string, string>>,
    works: feed.offered,
    lists,
  }
}

import {
  feedOfferSchema,
  followedFeedsSchema,
  paths,
  type FeedOffer,
  type FollowedFeeds,
} from '#api'
import type { Ask } from './request.ts'

/**
 * What the server does about followed feeds, for the page that shows them. `language` (BCP 47) is that of names. Every
 * method throws `ClientError`, or the signal's reason when it was given up.
 */
export interface FeedClient {
  feeds(language: string, signal?: AbortSignal): Promise<FollowedFeeds>
  /** What is at an address: nothing is followed by it. May take half a minute. */
  look(language: string, address: string, signal?: AbortSignal): Promise<FeedOffer>
  /** What is in a list's file. A newer one of a list that is followed is taken by it. */
  openFile(language: string, file: string, signal?: AbortSignal): Promise<FeedOffer>
  /** @param fingerprint the one that was shown and accepted */
  follow(offer: string, fingerprint: string): Promise<void>
  refresh(feedId: string): Promise<void>
  drop(feedId: string): Promise<void>
  /** @param feedIds every followed feed, the first one's records before all */
  order(feedIds: readonly string[]): Promise<void>
  decideSafety(feedId: string, decidesSafety: boolean): Promise<void>
  addSource(feedId: string, address: string): Promise<void>
}

/** @param ask as the page's client asks */
export function createFeedClient(ask: Ask): FeedClient {
  const change = async (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown = {},
  ): Promise<void> => void (await ask(path, followedFeedsSchema, { method, body }))
  return {
    feeds: (language, signal) =>
      ask(paths.feeds, followedFeedsSchema, {
        search: new URLSearchParams({ language }),
        signal,
      }),
    look: (language, address, signal) =>
      ask(paths.feedLook, feedOfferSchema, {
        method: 'POST',
        search: new URLSearchParams({ language }),
        body: { address },
        signal,
      }),
    openFile: (language, file, signal) =>
      ask(paths.feedFile, feedOfferSchema, {
        method: 'POST',
        search: new URLSearchParams({ language }),
        body: { file },
        signal,
      }),
    follow: (offer, fingerprint) => change('POST', paths.feedFollow, { offer, fingerprint }),
    refresh: (feedId) => change('POST', paths.feedRefresh(feedId)),
    drop: (feedId) => change('DELETE', paths.feed(feedId)),
    order: (ids) => change('PUT', paths.feedOrder, { ids }),
    decideSafety: (feedId, decidesSafety) => change('PUT', paths.feed(feedId), { decidesSafety }),
    addSource: (feedId, address) => change('POST', paths.feedSources(feedId), { address }),
  }
}

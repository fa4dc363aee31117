import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { FollowedFeed, FollowedFeeds } from '#api'
import { useText } from '../i18n/text.tsx'
import { useClient } from './client-context.tsx'
import { createFeedClient, type FeedClient } from './feed-client.ts'

/** How often the page asks while something is being done for a feed, and while one has nothing yet. */
const WORKING_EVERY_MS = 700
const WAITING_EVERY_MS = 3000

/** What the server does about followed feeds. */
export function useFeedClient(): FeedClient {
  const { ask } = useClient()
  return useMemo(() => createFeedClient(ask), [ask])
}

/** The followed feeds. While one is being refreshed they're asked for again and again; when it's done, so is the rest. */
export function useFeeds(): UseQueryResult<FollowedFeeds> {
  const client = useFeedClient()
  const queries = useQueryClient()
  const { language } = useText()
  const feeds = useQuery({
    queryKey: ['feeds', language],
    queryFn: ({ signal }) => client.feeds(language, signal),
    refetchInterval: ({ state }) => pauseMs(state.data?.feeds ?? []),
  })
  const isWorking = feeds.data?.feeds.some(isRefreshing) ?? false
  const wasWorking = useRef(isWorking)
  useEffect(() => {
    if (wasWorking.current && !isWorking)
      void queries.invalidateQueries({ predicate: ({ queryKey: [area] }) => area !== 'feeds' })
    wasWorking.current = isWorking
  }, [isWorking, queries])
  return feeds
}

/** Changes something about the feeds, then asks anew for all that is shown: the programme comes from them. */
export function useFeedAct<Input>(
  act: (client: FeedClient, input: Input) => Promise<void>,
): UseMutationResult<void, Error, Input> {
  const client = useFeedClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSettled: () => queries.invalidateQueries(),
  })
}

/** Whether something is being done for a feed. */
export function isRefreshing({ progress }: FollowedFeed): boolean {
  return progress.kind === 'refreshing'
}

function pauseMs(feeds: readonly FollowedFeed[]): number | false {
  if (feeds.some(isRefreshing)) return WORKING_EVERY_MS
  return feeds.some(({ state }) => state.kind === 'waiting') ? WAITING_EVERY_MS : false
}

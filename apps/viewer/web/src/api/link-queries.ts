import { linkAnswerSchema, linksSchema, paths, type LinkAnswer, type Links } from '#api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { useClient } from './client-context.tsx'
import type { RequestOptions } from './request.ts'

const LINKS_KEY = ['links'] as const
/** While the other computer may act at any moment. */
const SOON_MS = 1000
const NOW_AND_THEN_MS = 10_000

/** Computers of one's own, and how they do. */
export function useLinks(): UseQueryResult<Links> {
  const { ask } = useClient()
  return useQuery({
    queryKey: LINKS_KEY,
    queryFn: ({ signal }) => ask(paths.links, linksSchema, { signal }),
    refetchInterval: ({ state }) => {
      const { data } = state
      if (data === undefined || (data.code === null && data.links.length === 0)) return false
      const isSoon = data.code !== null || data.links.some(({ isBusy }) => isBusy)
      return isSoon ? SOON_MS : NOW_AND_THEN_MS
    },
  })
}

/** What a page asks about links: where, and how. */
export interface LinkAct extends Pick<RequestOptions, 'body'> {
  readonly path: string
  /** Default: `POST`. */
  readonly method?: 'POST' | 'DELETE'
}

/** Does something about links. */
export function useLinkAct(): UseMutationResult<LinkAnswer, Error, LinkAct> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ path, method = 'POST', body }: LinkAct) =>
      ask(path, linkAnswerSchema, { method, ...(body === undefined ? {} : { body }) }),
    onSuccess: ({ links }) => queries.setQueryData(LINKS_KEY, links),
    onError: () => queries.invalidateQueries({ queryKey: LINKS_KEY }),
  })
}

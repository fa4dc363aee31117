import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { KeepPrice, KeepWish, KeptOfWork, KeptPage, KeptRoom, KeptState } from '#api'
import { useText } from '../i18n/text.tsx'
import { useClient } from './client-context.tsx'
import { createKeptClient, type KeptClient } from './kept-client.ts'

/** How often the page asks: rates are of the last seconds. */
const PAGE_EVERY_MS = 2000
/** How often a work's page asks while something of it comes. */
const COMING_EVERY_MS = 1500

/** What the server does about what is kept. */
export function useKeptClient(): KeptClient {
  const { ask } = useClient()
  return useMemo(() => createKeptClient(ask), [ask])
}

/** Everything that is kept, asked for again and again. */
export function useKept(): UseQueryResult<KeptPage> {
  const client = useKeptClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['kept', language],
    queryFn: ({ signal }) => client.page(language, signal),
    refetchInterval: PAGE_EVERY_MS,
    placeholderData: keepPreviousData,
  })
}

/** What of a work is kept; asked for again while it comes. */
export function useKeptOfWork(workId: string): UseQueryResult<KeptOfWork> {
  const client = useKeptClient()
  return useQuery({
    queryKey: ['kept-of-work', workId],
    queryFn: ({ signal }) => client.ofWork(workId, signal),
    refetchInterval: ({ state }) =>
      state.data?.releases.some(({ state: { kind } }) => isComing(kind)) === true
        ? COMING_EVERY_MS
        : false,
  })
}

/** What keeping something would take. */
export function useKeepPrice(workId: string, wish: KeepWish): UseQueryResult<KeepPrice> {
  const client = useKeptClient()
  return useQuery({
    queryKey: ['keep-price', workId, wish],
    queryFn: ({ signal }) => client.price(workId, wish, signal),
    placeholderData: keepPreviousData,
  })
}

/** What another budget would do. */
export function useKeptRoom(budgetBytes: number): UseQueryResult<KeptRoom> {
  const client = useKeptClient()
  return useQuery({
    queryKey: ['kept-room', budgetBytes],
    queryFn: ({ signal }) => client.room(budgetBytes, signal),
    placeholderData: keepPreviousData,
  })
}

/** Does something about what is kept, then asks anew for all that shows it. */
export function useKeptAct<Input, Output = void>(
  act: (client: KeptClient, input: Input) => Promise<Output>,
): UseMutationResult<Output, Error, Input> {
  const client = useKeptClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [area] }) => typeof area === 'string' && area.startsWith('kept'),
      }),
  })
}

/** Whether something is still missing of it. */
function isComing(kind: KeptState['kind']): boolean {
  return kind === 'fetching'
}

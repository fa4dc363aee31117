import {
  diagnosisSchema,
  dhtTestSchema,
  doneSchema,
  followedFeedsSchema,
  paths,
  updateSchema,
  type Diagnosis,
  type DhtTest,
  type Update,
  type UpdateRequest,
} from '#api'
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useText } from '../i18n/text.tsx'
import { useClient } from './client-context.tsx'

/** What is looked at changes while somebody looks. */
const EVERY_MS = 4000
const UPDATE_KEY = ['update']

/** How everything stands, asked for again and again; nobody else is asked for it. */
export function useDiagnosis(): UseQueryResult<Diagnosis> {
  const { ask } = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['diagnosis', language],
    queryFn: ({ signal }) =>
      ask(paths.diagnosis, diagnosisSchema, { search: new URLSearchParams({ language }), signal }),
    refetchInterval: EVERY_MS,
  })
}

/** What is fetched changes faster. */
const FETCH_MS = 1000

/** Whether there is a newer version, and how it stands with it. */
export function useUpdate(): UseQueryResult<Update> {
  const { ask } = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: [...UPDATE_KEY, language],
    queryFn: ({ signal }) =>
      ask(paths.update, updateSchema, { search: new URLSearchParams({ language }), signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data?.kind !== 'newer') return false
      const { kind } = data.announced.fetch
      return kind === 'fetching' || kind === 'checking' ? FETCH_MS : EVERY_MS
    },
  })
}

/** Fetches a version or goes on (POST), pauses (PUT), or deletes what is here of it (DELETE). */
export function useUpdateFetch(): UseMutationResult<void, Error, UpdateAct> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ method, version }: UpdateAct) => {
      await ask(paths.updateFetch, doneSchema, { method, body: { version } })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: UPDATE_KEY }),
  })
}

/** What is done about the archive of a newer version. */
export interface UpdateAct extends UpdateRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE'
}

/** Tries the DHT: other computers are asked, for a name that nobody has. */
export function useDhtTest(): UseMutationResult<DhtTest, Error, void> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => ask(paths.diagnosisDht, dhtTestSchema, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['diagnosis'] }),
  })
}

/** Has a catalogue's sources asked. */
export function useFeedTest(): UseMutationResult<void, Error, string> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (feedId: string) => {
      await ask(paths.feedRefresh(feedId), followedFeedsSchema, { method: 'POST' })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['diagnosis'] }),
  })
}

/** Says "not now" to a version. */
export function usePutOff(): UseMutationResult<void, Error, UpdateRequest> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (body: UpdateRequest) => {
      await ask(paths.updatePutOff, doneSchema, { method: 'POST', body })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: UPDATE_KEY }),
  })
}

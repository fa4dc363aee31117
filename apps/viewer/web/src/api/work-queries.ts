import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { WorkDetails, WorkHealth } from '#api'
import { useText } from '../i18n/text.tsx'
import { useClient } from './client-context.tsx'

/** How often an open page asks how its work would play. */
const HEALTH_EVERY_MS = 2000

/** Everything about a work. */
export function useWork(workId: string): UseQueryResult<WorkDetails> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['work', language, workId],
    queryFn: ({ signal }) => client.work(language, workId, signal),
  })
}

/** How a work would play now, asked again and again while its page is open. */
export function useWorkHealth(workId: string, isAsked: boolean): UseQueryResult<WorkHealth> {
  const client = useClient()
  return useQuery({
    queryKey: ['work-health', workId],
    queryFn: ({ signal }) => client.workHealth(workId, signal),
    refetchInterval: HEALTH_EVERY_MS,
    enabled: isAsked,
    gcTime: 0,
  })
}

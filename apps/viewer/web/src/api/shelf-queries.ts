import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback } from 'react'
import type { History, Settings, SettingsPage, Shelf } from '#api'
import { useText } from '../i18n/text.tsx'
import type { Client } from './client.ts'
import { useClient } from './client-context.tsx'

/** Answers that say where the viewer is in a work, by the first word of their keys. */
const SHOWING_THE_SHELF = ['shelf', 'history', 'programme', 'browse', 'work', 'list', 'person']

/** Under which key the settings are kept. */
export const SETTINGS_KEY = ['settings'] as const
/** Who gets in has just asked for them: the first page needn't ask again. */
const SETTINGS_FRESH_MS = 2000

/** The viewer's shelf. */
export function useShelf(): UseQueryResult<Shelf> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['shelf', language],
    queryFn: ({ signal }) => client.shelf(language, signal),
  })
}

/** What was watched, newest first, a page of it. */
export function useHistory(offset: number, limit: number): UseQueryResult<History> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['history', language, offset, limit],
    queryFn: ({ signal }) => client.history(language, { offset, limit }, signal),
    placeholderData: keepPreviousData,
  })
}

/** Does something to the shelf, then asks anew for all that shows it. */
export function useShelfAct<Input>(
  act: (client: Client, input: Input) => Promise<unknown>,
): UseMutationResult<unknown, Error, Input> {
  const client = useClient()
  const refresh = useShelfRefresh()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSettled: () => refresh('now'),
  })
}

/**
 * Asks anew for all that shows the shelf: `now`, or `later`, when a page is next opened (while a film hides the
 * pages).
 */
export function useShelfRefresh(): (when: 'now' | 'later') => Promise<void> {
  const queries = useQueryClient()
  return useCallback(
    (when) =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [area] }) => SHOWING_THE_SHELF.some((name) => name === area),
        refetchType: when === 'now' ? 'active' : 'none',
      }),
    [queries],
  )
}

/** What the viewer decided. */
export function useSettings(): UseQueryResult<SettingsPage> {
  const client = useClient()
  return useQuery({
    queryKey: SETTINGS_KEY,
    queryFn: ({ signal }) => client.settings(signal),
    staleTime: SETTINGS_FRESH_MS,
  })
}

/** Saves settings; whatever is shown may change by them, so all of it is asked for anew. */
export function useSaveSettings(): UseMutationResult<SettingsPage, Error, Settings> {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (settings: Settings) => client.saveSettings(settings),
    onSuccess: async (page) => {
      queries.setQueryData(SETTINGS_KEY, page)
      await queries.invalidateQueries()
    },
  })
}

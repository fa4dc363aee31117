import {
  keepPreviousData,
  queryOptions,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type {
  BrowsePage,
  BrowseQuery,
  ListPage,
  PersonPage,
  Programme,
  Suggestions,
  Tonight,
} from '#api'
import { useText } from '../i18n/text.tsx'
import { searchOfQuery } from './browse-search.ts'
import type { Client } from './client.ts'
import { useClient } from './client-context.tsx'

/** How long what was found stays good: a catalogue changes by the day. */
const FRESH_MS = 5 * 60_000
/** What was asked for ahead of its page isn't asked for again by it. */
const AHEAD_MS = 2000
/** A pause in typing that asks. Shorter than a reader notices, longer than between two keys. */
const TYPING_PAUSE_MS = 120

/** How the programme is asked for, and kept under which key. */
export function programmeOptions(client: Client, language: string) {
  return queryOptions<Programme>({
    queryKey: ['programme', language],
    queryFn: ({ signal }) => client.programme(language, signal),
    staleTime: AHEAD_MS,
  })
}

/** Tonight's programme without its feature. */
export function useProgramme(): UseQueryResult<Programme> {
  const client = useClient()
  const { language } = useText()
  return useQuery(programmeOptions(client, language))
}

/** How tonight's feature is asked for, and kept under which key. */
export function tonightOptions(client: Client, language: string, skip: readonly string[]) {
  return queryOptions<Tonight>({
    queryKey: ['tonight', language, skip],
    queryFn: ({ signal }) => client.tonight(language, skip, signal),
    staleTime: FRESH_MS,
  })
}

/** The feature of tonight, and after `skip` another one. The one before stays until the next is there. */
export function useTonight(skip: readonly string[]): UseQueryResult<Tonight> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    ...tonightOptions(client, language, skip),
    placeholderData: keepPreviousData,
  })
}

/** How one page of what a query finds is asked for, and kept under which key. */
export function browseOptions(client: Client, language: string, query: BrowseQuery) {
  return queryOptions<BrowsePage>({
    queryKey: ['browse', language, searchOfQuery(query, { withPage: true }).toString()],
    queryFn: ({ signal }) => client.browse(language, query, signal),
    staleTime: FRESH_MS,
  })
}

/**
 * What a half-typed search may mean. Asks when typing pauses, gives up what was asked before, and shows what
 * it had until the next answer is there.
 */
export function useSuggestions(typed: string): UseQueryResult<Suggestions> {
  const client = useClient()
  const { language } = useText()
  const text = usePaused(typed.trim(), TYPING_PAUSE_MS)
  return useQuery({
    queryKey: ['suggest', language, text],
    queryFn: ({ signal }) => client.suggest(language, text, signal),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  })
}

/** A person and what they made. */
export function usePerson(personId: string): UseQueryResult<PersonPage> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['person', language, personId],
    queryFn: ({ signal }) => client.person(language, personId, signal),
    staleTime: FRESH_MS,
  })
}

/** A curated list. */
export function useCuratedList(listId: string): UseQueryResult<ListPage> {
  const client = useClient()
  const { language } = useText()
  return useQuery({
    queryKey: ['list', language, listId],
    queryFn: ({ signal }) => client.list(language, listId, signal),
    staleTime: FRESH_MS,
  })
}

/** A value that follows when it has been still for a while; emptied at once. */
export function usePaused(value: string, pauseMs: number): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    if (value === '') {
      setPaused('')
      return undefined
    }
    const timer = setTimeout(() => setPaused(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return paused
}

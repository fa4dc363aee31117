import type { QueryClient } from '@tanstack/react-query'
import type { Client } from '../../api/client.ts'
import { programmeOptions, tonightOptions } from '../../api/programme-queries.ts'
import { openDrawings } from '../../poster/drawings.ts'
import { addresses } from '../../routing/addresses.ts'

/**
 * Has what the page Tonight will ask for fetched, when that is the page: in the time in which it's found out whether it
 * may be shown. What fails fails again where it's needed, and is said there.
 */
export function fetchTonightAhead(queries: QueryClient, client: Client, language: string): void {
  if (location.pathname !== addresses.tonight) return
  void queries.prefetchQuery(programmeOptions(client, language))
  void queries.prefetchQuery(tonightOptions(client, language, []))
  openDrawings()
}

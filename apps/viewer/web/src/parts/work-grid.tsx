import { useQueryClient } from '@tanstack/react-query'
import { useCallback, type ReactNode } from 'react'
import type { BrowseQuery, WorkCard } from '#api'
import { useClient } from '../api/client-context.tsx'
import { browseOptions } from '../api/programme-queries.ts'
import { PosterGrid } from '../design/poster-grid.tsx'
import { useText } from '../i18n/text.tsx'
import { WorkPoster } from './work-poster.tsx'

/** What a query finds, as a wall of posters: pages of it are fetched as they come near the view. */
export function WorkGrid({
  label,
  query,
  total,
  posterWidthPx,
}: {
  readonly label: string
  readonly query: BrowseQuery
  readonly total: number
  readonly posterWidthPx: number
}): ReactNode {
  const client = useClient()
  const queries = useQueryClient()
  const { language } = useText()
  const load = useCallback(
    async (offset: number, limit: number, signal: AbortSignal) => {
      const options = browseOptions(client, language, { ...query, offset, limit })
      // What was scrolled past isn't waited for. The first page is the page's own.
      if (offset > 0)
        signal.addEventListener(
          'abort',
          () => void queries.cancelQueries({ queryKey: options.queryKey, exact: true }),
        )
      return (await queries.fetchQuery(options)).works
    },
    [client, queries, language, query],
  )
  return (
    <PosterGrid
      label={label}
      total={total}
      load={load}
      card={(work: WorkCard) => <WorkPoster work={work} />}
      posterWidth={posterWidthPx}
    />
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { BrowseQuery, WorkKind } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { browseOptions } from '../../api/programme-queries.ts'
import { EmptyState } from '../../design/empty-state.tsx'
import { Button } from '../../design/button.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { Fault } from '../../parts/fault.tsx'
import { Loading } from '../../parts/loading.tsx'
import { useMedia } from '../../parts/media.ts'
import { WorkGrid } from '../../parts/work-grid.tsx'
import { Page } from '../../routing/page.tsx'
import { addressOfQuery, queryOfPage, withoutFilters } from './browse-choice.ts'
import { BrowseFilters } from './browse-filters.tsx'
import { BrowseTools } from './browse-tools.tsx'
import { ChosenFilters } from './chosen-filters.tsx'
import { filterChips } from './filter-chips.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { usePosterSize } from './poster-size.ts'
import './browse-page.css'

const HEADINGS: Readonly<Record<WorkKind | 'all', TextKey>> = {
  feature: 'design.films',
  short: 'design.shorts',
  series: 'design.series',
  all: 'browse.everything',
}

/** A tab: its works as a wall of posters, and what narrows them down. All of it stands in the address. */
export function BrowsePage({ kind }: { readonly kind: WorkKind | null }): ReactNode {
  const words = useText()
  const { say, language } = words
  const client = useClient()
  const [path, go] = useLocation()
  const search = useSearch()
  const size = usePosterSize()
  const hasColumn = useMedia('(min-width: 960px)')
  const [isSheetOpen, setSheetOpen] = useState(false)
  const query = useMemo(() => queryOfPage(kind, search), [kind, search])
  const base = useMemo(() => withoutFilters(kind, query), [kind, query])
  const everything = useQuery(browseOptions(client, language, base))
  const page = useQuery({
    ...browseOptions(client, language, query),
    placeholderData: keepPreviousData,
  })
  // What was found before stays until the next is there.
  const [shown, setShown] = useState<BrowseQuery | null>(null)
  if (page.data !== undefined && !page.isPlaceholderData && shown !== query) setShown(query)
  const choose = (next: BrowseQuery): void => go(path + addressOfQuery(kind, next))
  const heading = say(HEADINGS[kind ?? 'all'])
  const chips = filterChips(query, kind, words)
  const { data } = page
  const all = everything.data?.facets ?? null
  const now = data?.facets ?? all
  const isReady = data !== undefined && all !== null && now !== null
  return (
    <Page title={heading} className={hasColumn ? 'browse with-column' : 'browse'}>
      {hasColumn ? (
        <aside className="browse-column" aria-label={say('browse.filters')}>
          {isReady && (data.total > 0 || chips.length > 0) ? (
            <BrowseFilters kind={kind} query={query} onChange={choose} all={all} now={now} />
          ) : null}
        </aside>
      ) : null}
      <div className="browse-main">
        <header className="browse-head">
          <h1>{heading}</h1>
          <p className="browse-count" role="status">
            {data === undefined || everything.data === undefined
              ? ''
              : say('browse.count', { count: data.total, total: everything.data.total })}
          </p>
          <BrowseTools
            query={query}
            total={data?.total ?? 0}
            onChange={choose}
            size={size}
            filterCount={chips.length}
            {...(hasColumn ? {} : { onFilters: () => setSheetOpen(true) })}
          />
        </header>
        <ChosenFilters
          chips={chips}
          onChange={choose}
          onClear={() => choose(withoutFilters(kind, { ...query, text: '', list: null }))}
        />
        {data === undefined ? (
          page.isError ? (
            <Fault error={page.error} onAgain={() => void page.refetch()} />
          ) : (
            <Loading words={say('home.loading')} longWords={say('home.loading-long')} />
          )
        ) : data.total === 0 ? (
          <EmptyState
            picture="screen"
            heading={say(chips.length === 0 ? 'browse.none-yet' : 'browse.nothing')}
            note={say(chips.length === 0 ? 'browse.none-yet-note' : 'browse.nothing-note')}
            act={
              data.correction === null ? undefined : (
                <Button onClick={() => choose({ ...query, text: data.correction ?? '' })}>
                  {say('search.did-you-mean', { text: data.correction })}
                </Button>
              )
            }
          />
        ) : (
          <WorkGrid
            label={heading}
            query={shown ?? query}
            total={data.total}
            posterWidthPx={size.widthPx}
          />
        )}
      </div>
      {isSheetOpen && all !== null ? (
        <FilterSheet
          kind={kind}
          query={query}
          all={all}
          onClose={() => setSheetOpen(false)}
          onChoose={(chosen) => {
            setSheetOpen(false)
            choose(chosen)
          }}
        />
      ) : null}
    </Page>
  )
}

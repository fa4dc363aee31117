import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { BrowseQuery, Facets, WorkKind } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { browseOptions } from '../../api/programme-queries.ts'
import { Button } from '../../design/button.tsx'
import { Sheet } from '../../design/sheet.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { BrowseFilters } from './browse-filters.tsx'

const SHOW_KEYS: Readonly<Record<WorkKind | 'all', TextKey>> = {
  feature: 'browse.show-feature',
  short: 'browse.show-short',
  series: 'browse.show-series',
  all: 'browse.show-all',
}

/** The filters on a narrow screen: they're tried here, and hold when one shows what they found. */
export function FilterSheet({
  kind,
  query,
  all,
  onClose,
  onChoose,
}: {
  readonly kind: WorkKind | null
  readonly query: BrowseQuery
  readonly all: Facets
  readonly onClose: () => void
  readonly onChoose: (query: BrowseQuery) => void
}): ReactNode {
  const { say, language } = useText()
  const client = useClient()
  const [tried, setTried] = useState(query)
  const { data } = useQuery({
    ...browseOptions(client, language, tried),
    placeholderData: keepPreviousData,
  })
  return (
    <Sheet
      heading={say('browse.filters')}
      place="side"
      onClose={onClose}
      foot={
        <Button variant="primary" onClick={() => onChoose(tried)}>
          {say(SHOW_KEYS[kind ?? 'all'], { count: data?.total ?? 0 })}
        </Button>
      }
    >
      <BrowseFilters
        kind={kind}
        query={tried}
        onChange={setTried}
        all={all}
        now={data?.facets ?? all}
      />
    </Sheet>
  )
}

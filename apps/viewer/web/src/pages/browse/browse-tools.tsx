import { Image, Shuffle, SlidersHorizontal } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { SORTS, type BrowseQuery, type Sort } from '#api'
import { useClient } from '../../api/client-context.tsx'
import { Button } from '../../design/button.tsx'
import { IconButton } from '../../design/icon-button.tsx'
import { Select } from '../../design/select.tsx'
import { Slider } from '../../design/slider.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import { useMedia } from '../../parts/media.ts'
import { addresses } from '../../routing/addresses.ts'
import { POSTER_SIZES, type PosterSize } from './poster-size.ts'

const SORT_KEYS: Readonly<Record<Sort, TextKey>> = {
  match: 'browse.sort-match',
  title: 'browse.sort-title',
  year: 'browse.sort-year',
  'year-down': 'browse.sort-year-down',
  length: 'browse.sort-length',
  added: 'browse.sort-added',
}

/** Beside the heading: how big, which one, in which order, and on narrow screens the filters. */
export function BrowseTools({
  query,
  total,
  onChange,
  size,
  filterCount,
  onFilters,
}: {
  readonly query: BrowseQuery
  /** Works that the query finds. */
  readonly total: number
  readonly onChange: (query: BrowseQuery) => void
  readonly size: PosterSize
  readonly filterCount: number
  /** Absent where the filters stand beside the wall. */
  readonly onFilters?: () => void
}): ReactNode {
  const { say, language } = useText()
  const client = useClient()
  const [, go] = useLocation()
  const isWide = useMedia('(min-width: 600px)')
  const [isPicking, setPicking] = useState(false)
  const pick = (): void => {
    setPicking(true)
    const offset = Math.floor(Math.random() * total)
    client.browse(language, { ...query, offset, limit: 1 }).then(
      ({ works: [work] }) => {
        if (work === undefined) setPicking(false)
        else go(addresses.work(work.id))
      },
      () => setPicking(false),
    )
  }
  const standard: Sort = query.text === '' ? 'title' : 'match'
  return (
    <div className="browse-tools">
      {onFilters === undefined ? null : (
        <Button icon={SlidersHorizontal} size="small" onClick={onFilters}>
          {filterCount === 0
            ? say('browse.filters')
            : say('browse.filters-on', { count: filterCount })}
        </Button>
      )}
      <span className="browse-size">
        <Image size={20} strokeWidth={1.75} aria-hidden="true" />
        <Slider
          label={say('browse.size')}
          isLabelHidden
          min={0}
          max={POSTER_SIZES.length - 1}
          value={size.step}
          onChange={size.choose}
        />
      </span>
      {total < 2 ? null : isWide ? (
        <Button icon={Shuffle} size="small" isBusy={isPicking} onClick={pick}>
          {say('browse.pick')}
        </Button>
      ) : (
        <IconButton
          icon={Shuffle}
          isOutlined
          label={say('browse.pick')}
          aria-disabled={isPicking}
          onClick={isPicking ? undefined : pick}
        />
      )}
      <Select
        label={say('browse.sort')}
        isLabelHidden
        options={SORTS.filter((sort) => sort !== 'match' || query.text !== '').map((sort) => ({
          id: sort,
          name: say(SORT_KEYS[sort]),
        }))}
        value={query.sort ?? standard}
        onChange={(id) => {
          const sort = SORTS.find((known) => known === id) ?? null
          onChange({ ...query, sort: sort === standard ? null : sort })
        }}
      />
    </div>
  )
}

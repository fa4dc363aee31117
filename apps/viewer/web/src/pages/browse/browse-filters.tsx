import { useState, type ReactNode } from 'react'
import type { BrowseQuery, Facets, WorkKind } from '#api'
import { Chip } from '../../design/chip.tsx'
import { CheckboxRow } from '../../design/checkbox-row.tsx'
import { DecadeRange } from '../../design/decade-range.tsx'
import { useText } from '../../i18n/text.tsx'
import type { TextKey } from '../../i18n/text-key.ts'
import {
  LENGTHS,
  decadeBars,
  lengthOf,
  optionsOf,
  toggled,
  type ListFilter,
} from './browse-choice.ts'
import { lengthText, optionText } from './filter-chips.ts'
import './browse-filters.css'

/** So many values of a filter are shown before one asks for more. */
const FIRST_OPTIONS = 6

const HEADINGS: Readonly<Record<ListFilter, TextKey>> = {
  uses: 'browse.uses',
  kinds: 'browse.kinds',
  genres: 'browse.genres',
  countries: 'browse.countries',
  languages: 'browse.languages',
  subtitles: 'browse.subtitles',
  descriptions: 'browse.descriptions',
  licences: 'browse.licences',
}

/** Properties of {@link BrowseFilters}. */
export interface BrowseFiltersProps {
  /** Of a tab: its kind can't be chosen. */
  readonly kind: WorkKind | null
  readonly query: BrowseQuery
  readonly onChange: (query: BrowseQuery) => void
  /** Of the page without filters: the values there are. */
  readonly all: Facets
  /** Of the query: how many each would leave. */
  readonly now: Facets
}

/** Every filter of a page. */
export function BrowseFilters(props: BrowseFiltersProps): ReactNode {
  const words = useText()
  const { kind, query, onChange, all, now } = props
  const bars = decadeBars(all.decades, now.decades)
  const chosenLength = lengthOf(query)
  return (
    <div className="filters">
      <FilterGroup filter="uses" {...props} />
      {bars === null ? null : (
        <div className="filter-group">
          <DecadeRange
            label={words.say('browse.decades')}
            firstDecade={bars.firstDecade}
            counts={bars.counts}
            value={yearsOf(query, bars)}
            onChange={(years) =>
              onChange({ ...query, yearFrom: years?.from ?? null, yearTo: years?.to ?? null })
            }
          />
        </div>
      )}
      {kind === 'series' ? null : (
        <fieldset className="filter-group">
          <legend>{words.say('browse.length')}</legend>
          <div className="filter-lengths">
            {LENGTHS.map(({ id, from, to }) => (
              <Chip
                key={id}
                isOn={id === chosenLength}
                onToggle={(isOn) =>
                  onChange({
                    ...query,
                    minutesFrom: isOn ? from : null,
                    minutesTo: isOn ? to : null,
                  })
                }
              >
                {lengthText(id, words)}
              </Chip>
            ))}
          </div>
        </fieldset>
      )}
      {kind === null ? <FilterGroup filter="kinds" {...props} /> : null}
      <FilterGroup filter="genres" {...props} />
      <FilterGroup filter="subtitles" {...props} />
      <FilterGroup filter="descriptions" {...props} />
      <FilterGroup filter="languages" {...props} />
      <FilterGroup filter="countries" {...props} />
      <FilterGroup filter="licences" {...props} />
    </div>
  )
}

function FilterGroup({
  filter,
  query,
  onChange,
  all,
  now,
}: BrowseFiltersProps & { readonly filter: ListFilter }): ReactNode {
  const words = useText()
  const [isOpen, setOpen] = useState(false)
  const options = optionsOf(all[filter], now[filter], query[filter])
  // One value that every work has leaves nothing to choose; audio description hardly any work has.
  const fewest = filter === 'descriptions' ? 1 : 2
  if (options.length < fewest && !options.some(({ isOn }) => isOn)) return null
  const hidden = options.length - FIRST_OPTIONS
  // One more isn't worth a press; a chosen one is never hidden.
  const shown =
    isOpen || hidden <= 1
      ? options
      : options.filter(({ isOn }, index) => index < FIRST_OPTIONS || isOn)
  return (
    <fieldset className="filter-group">
      <legend>{words.say(HEADINGS[filter])}</legend>
      {shown.map(({ value, count, isOn }) => (
        <CheckboxRow
          key={value}
          label={optionText(filter, value, words)}
          count={count}
          isOn={isOn}
          onChange={(chosen) => onChange(toggled(query, filter, value, chosen))}
        />
      ))}
      {shown.length < options.length || isOpen ? (
        <button
          type="button"
          className="filter-more"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen
            ? words.say('browse.fewer')
            : words.say('browse.more', { count: options.length - shown.length })}
        </button>
      ) : null}
    </fieldset>
  )
}

/** The chosen years as the range shows them; open ends reach its own. */
function yearsOf(
  { yearFrom, yearTo }: BrowseQuery,
  { firstDecade, counts }: { readonly firstDecade: number; readonly counts: readonly number[] },
): { from: number; to: number } | null {
  if (yearFrom === null && yearTo === null) return null
  return { from: yearFrom ?? firstDecade, to: yearTo ?? firstDecade + counts.length * 10 - 1 }
}

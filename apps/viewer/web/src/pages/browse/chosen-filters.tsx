import type { ReactNode } from 'react'
import type { BrowseQuery } from '#api'
import { RemovableChip } from '../../design/chip.tsx'
import { useText } from '../../i18n/text.tsx'
import type { FilterChip } from './filter-chips.ts'

/** What was chosen, over the wall; each can be taken away, and all at once. */
export function ChosenFilters({
  chips,
  onChange,
  onClear,
}: {
  readonly chips: readonly FilterChip[]
  readonly onChange: (query: BrowseQuery) => void
  readonly onClear: () => void
}): ReactNode {
  const { say } = useText()
  if (chips.length === 0) return null
  return (
    <div className="browse-chips" role="group" aria-label={say('browse.chosen')}>
      {chips.map(({ id, text, without }) => (
        <RemovableChip key={id} name={text} onRemove={() => onChange(without)} />
      ))}
      {chips.length > 1 ? (
        <button type="button" className="browse-clear" onClick={onClear}>
          {say('browse.clear')}
        </button>
      ) : null}
    </div>
  )
}

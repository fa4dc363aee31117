import { useMemo, type ReactNode } from 'react'
import type { Settings } from '#api'
import { Select } from '../../design/select.tsx'
import { useText } from '../../i18n/text.tsx'

/** Where the viewer is: what is free there may be offered. */
export function PlaceChoice({
  countries,
  value,
  onChange,
}: {
  /** ISO 3166-1, of every country. */
  readonly countries: readonly string[]
  readonly value: string | null
  readonly onChange: (patch: Pick<Settings, 'country'>) => void
}): ReactNode {
  const { say, language } = useText()
  const options = useMemo(() => {
    const names = new Intl.DisplayNames(language, { type: 'region' })
    return countries
      .map((id) => ({ id, name: names.of(id) ?? id }))
      .toSorted((a, b) => a.name.localeCompare(b.name, language))
  }, [countries, language])
  return (
    <Select
      label={say('settings.country')}
      note={say('settings.country-note')}
      options={[{ id: '', name: say('settings.no-country') }, ...options]}
      value={value ?? ''}
      onChange={(id) => onChange({ country: id === '' ? null : id })}
    />
  )
}

import type { ReactNode } from 'react'
import type { Settings } from '#api'
import { Select } from '../../design/select.tsx'
import { useText } from '../../i18n/text.tsx'
import { rateWords } from './byte-words.ts'

/** Bytes a second to choose from: a slow line's tenth up to more than a film needs. */
const RATES = [50e3, 100e3, 250e3, 500e3, 1e6, 2e6, 5e6]

const WORDS = {
  uploadBytesPerSecond: {
    label: 'settings.upload',
    note: 'settings.upload-note',
    none: 'settings.no-upload-limit',
  },
  keepBytesPerSecond: {
    label: 'settings.keep-rate',
    note: 'settings.keep-rate-note',
    none: 'settings.no-keep-limit',
  },
} as const

/** How fast films may be passed on, or those that are kept fetched, all together. */
export function RateChoice({
  of,
  settings,
  onChange,
}: {
  readonly of: keyof typeof WORDS
  readonly settings: Settings
  readonly onChange: (patch: Partial<Settings>) => void
}): ReactNode {
  const { say, language } = useText()
  const { label, note, none } = WORDS[of]
  const value = settings[of]
  // What was chosen elsewhere stays to be seen.
  const rates = value === null || RATES.includes(value) ? RATES : [...RATES, value].sort(ascending)
  return (
    <Select
      label={say(label)}
      note={say(note)}
      options={[
        { id: '', name: say(none) },
        ...rates.map((rate) => ({ id: String(rate), name: rateWords(rate, language) })),
      ]}
      value={value === null ? '' : String(value)}
      onChange={(id) => onChange({ [of]: id === '' ? null : Number(id) })}
    />
  )
}

function ascending(a: number, b: number): number {
  return a - b
}

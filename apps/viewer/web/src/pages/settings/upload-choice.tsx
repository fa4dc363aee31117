import type { ReactNode } from 'react'
import type { Settings } from '#api'
import { Select } from '../../design/select.tsx'
import { useText } from '../../i18n/text.tsx'
import { rateWords } from './byte-words.ts'

/** Bytes a second to choose from: a slow line's tenth up to more than a film needs. */
const RATES = [50e3, 100e3, 250e3, 500e3, 1e6, 2e6, 5e6]

/** How fast films may be passed on, all together. */
export function UploadChoice({
  value,
  onChange,
}: {
  readonly value: number | null
  readonly onChange: (patch: Pick<Settings, 'uploadBytesPerSecond'>) => void
}): ReactNode {
  const { say, language } = useText()
  // What was chosen elsewhere stays to be seen.
  const rates = value === null || RATES.includes(value) ? RATES : [...RATES, value].sort(ascending)
  return (
    <Select
      label={say('settings.upload')}
      note={say('settings.upload-note')}
      options={[
        { id: '', name: say('settings.no-upload-limit') },
        ...rates.map((rate) => ({ id: String(rate), name: rateWords(rate, language) })),
      ]}
      value={value === null ? '' : String(value)}
      onChange={(id) => onChange({ uploadBytesPerSecond: id === '' ? null : Number(id) })}
    />
  )
}

function ascending(a: number, b: number): number {
  return a - b
}

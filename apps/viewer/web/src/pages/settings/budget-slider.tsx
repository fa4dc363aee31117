import type { ReactNode } from 'react'
import { Slider } from '../../design/slider.tsx'
import { useText } from '../../i18n/text.tsx'
import { GIGABYTE, sizeWords } from './byte-words.ts'

/** The slider goes so far when the system doesn't say how much is free. */
const MOST_BUDGET_BYTES = 500 * GIGABYTE

/** How much room films may take, in whole gigabytes. */
export function BudgetSlider({
  budgetBytes,
  freeBytes,
  usedBytes,
  onChange,
}: {
  readonly budgetBytes: number
  readonly freeBytes: number | null
  readonly usedBytes: number
  readonly onChange: (budgetBytes: number) => void
}): ReactNode {
  const { say, language } = useText()
  const roomBytes = freeBytes === null ? MOST_BUDGET_BYTES : freeBytes + usedBytes
  const mostBytes = Math.max(budgetBytes, roomBytes)
  return (
    <Slider
      label={say('settings.budget')}
      value={Math.round(budgetBytes / GIGABYTE)}
      min={1}
      max={Math.max(2, Math.floor(mostBytes / GIGABYTE))}
      onChange={(gigabytes) => onChange(gigabytes * GIGABYTE)}
      valueText={sizeWords(budgetBytes, language)}
    />
  )
}

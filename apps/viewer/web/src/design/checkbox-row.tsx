import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import './checkbox-row.css'

/** Properties of {@link CheckboxRow}. */
export interface CheckboxRowProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** Works that it would leave; a row that leaves none stays where it is and can't be chosen. */
  readonly count?: number
}

/** A filter: a box, its name, how many it leaves. */
export function CheckboxRow({ label, isOn, onChange, count }: CheckboxRowProps): ReactNode {
  return (
    <label className="check-row">
      <input
        className="unseen-control"
        type="checkbox"
        checked={isOn}
        disabled={count === 0 && !isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="check-box" aria-hidden="true">
        <Check size={16} strokeWidth={3} />
      </span>
      <span className="check-label">{label}</span>{' '}
      {count === undefined ? null : <span className="check-count">{count}</span>}
    </label>
  )
}

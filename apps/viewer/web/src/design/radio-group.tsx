import { useId, type ReactNode } from 'react'
import './radio-group.css'

/** One of several choices. */
export interface RadioOption {
  readonly id: string
  readonly label: string
  /** What it means, under the label. */
  readonly note?: string
  /** At the right end: where a subtitle track is from. */
  readonly origin?: string
}

/** Properties of {@link RadioGroup}. */
export interface RadioGroupProps {
  /** The question; shown unless `isLabelHidden`. */
  readonly label: string
  readonly isLabelHidden?: boolean
  readonly options: readonly RadioOption[]
  readonly value: string
  readonly onChange: (id: string) => void
  /** `panels`: each choice in a frame, for the few that matter. Default: `lines`. */
  readonly look?: 'lines' | 'panels'
}

/** One choice of several. Arrow keys go along. */
export function RadioGroup({
  label,
  isLabelHidden = false,
  options,
  value,
  onChange,
  look = 'lines',
}: RadioGroupProps): ReactNode {
  const name = useId()
  return (
    <fieldset className={`radios ${look}`}>
      <legend className={isLabelHidden ? 'for-readers' : 'radios-label'}>{label}</legend>
      {options.map((option) => (
        <label key={option.id} className="radio">
          <input
            className="unseen-control"
            type="radio"
            name={name}
            value={option.id}
            checked={option.id === value}
            onChange={() => onChange(option.id)}
          />
          <span className="radio-ring" aria-hidden="true" />
          <span className="radio-words">
            <strong>{option.label}</strong>{' '}
            {option.note === undefined ? null : <span className="radio-note">{option.note}</span>}
          </span>{' '}
          {option.origin === undefined ? null : (
            <span className="radio-origin">{option.origin}</span>
          )}
        </label>
      ))}
    </fieldset>
  )
}

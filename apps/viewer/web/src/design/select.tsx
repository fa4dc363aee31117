import { ChevronDown } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { FieldNote } from './field.tsx'
import './field.css'

/** Properties of {@link Select}. */
export interface SelectProps {
  readonly label: string
  /** The label is only read aloud: beside a heading that says it. */
  readonly isLabelHidden?: boolean
  readonly options: readonly { readonly id: string; readonly name: string }[]
  readonly value: string
  readonly onChange: (id: string) => void
  readonly note?: string
}

/** One of many, from the system's own list. */
export function Select({
  label,
  isLabelHidden = false,
  options,
  value,
  onChange,
  note,
}: SelectProps): ReactNode {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'for-readers' : undefined}>
        {label}
      </label>
      <span className="select">
        <select
          id={id}
          value={value}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.name}
            </option>
          ))}
        </select>
        <ChevronDown size={20} strokeWidth={1.75} aria-hidden="true" />
      </span>
      {note === undefined ? null : <FieldNote id={`${id}-note`} note={note} problem={undefined} />}
    </div>
  )
}

import { useId, type ComponentProps, type ReactNode } from 'react'
import './field.css'

interface FieldLook {
  readonly label: string
  /** What to write, or what follows from it. */
  readonly note?: string
  /** Why it can't stay so, in words. */
  readonly problem?: string
}

/** Properties of {@link Field}. */
export interface FieldProps extends FieldLook, Omit<ComponentProps<'input'>, 'onChange'> {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A line to write on. */
export function Field({ label, note, problem, onChange, id, ...rest }: FieldProps): ReactNode {
  const ownId = useId()
  const inputId = id ?? ownId
  return (
    <div className="field">
      <label htmlFor={inputId}>{label}</label>
      <input
        type="text"
        {...rest}
        id={inputId}
        className="field-input"
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={`${inputId}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <FieldNote id={`${inputId}-note`} note={note} problem={problem} />
    </div>
  )
}

/** What stands under a field; empty, it's still there for `aria-describedby`. */
export function FieldNote({
  id,
  note,
  problem,
}: {
  readonly id: string
  readonly note: string | undefined
  readonly problem: string | undefined
}): ReactNode {
  return (
    <p id={id} className={problem === undefined ? 'field-note' : 'field-note problem'}>
      {problem ?? note}
    </p>
  )
}

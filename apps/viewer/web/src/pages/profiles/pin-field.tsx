import type { ReactNode } from 'react'
import { Field } from '../../design/field.tsx'

/** Where a PIN is typed: digits alone, and not to be read over a shoulder. */
export function PinField({
  label,
  note,
  problem,
  value,
  onChange,
  isFirst = false,
}: {
  readonly label: string
  readonly note?: string
  readonly problem?: string
  readonly value: string
  readonly onChange: (digits: string) => void
  /** Takes the focus when it appears. */
  readonly isFirst?: boolean
}): ReactNode {
  return (
    <Field
      label={label}
      {...(note === undefined ? {} : { note })}
      {...(problem === undefined ? {} : { problem })}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      autoFocus={isFirst}
      value={value}
      onChange={(text) => onChange(text.replaceAll(/\D/gu, ''))}
    />
  )
}

/** Whether it's long enough to be one. */
export function isPin(digits: string): boolean {
  return /^\d{4,8}$/u.test(digits)
}

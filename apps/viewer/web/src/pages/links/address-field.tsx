import type { ReactNode } from 'react'
import { Field, type FieldProps } from '../../design/field.tsx'

/** Where the other computer is: `host` or `host:port`. */
export function AddressField(
  look: Pick<FieldProps, 'label' | 'note' | 'problem' | 'value' | 'onChange'>,
): ReactNode {
  return <Field {...look} dir="ltr" autoComplete="off" inputMode="decimal" maxLength={60} />
}

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.tsx'
import './chip.css'

/** A choice that is on or off. */
export function Chip({
  isOn,
  onToggle,
  children,
}: {
  readonly isOn: boolean
  readonly onToggle: (isOn: boolean) => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <button type="button" className="chip" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      {children}
    </button>
  )
}

/** Something that was chosen, with a cross that takes it away. */
export function RemovableChip({
  name,
  onRemove,
}: {
  readonly name: string
  readonly onRemove: () => void
}): ReactNode {
  const { say } = useText()
  return (
    <button type="button" className="chip is-on" onClick={onRemove}>
      <span className="for-readers">{say('design.remove')} </span>
      {name}
      <X size={16} strokeWidth={2} aria-hidden="true" />
    </button>
  )
}
